"""Somebody logs in, and out again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from tests.factories import make_programme, make_user
from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import Live
from tests.journeys.pages import Account, LogIn


@pytest.fixture
def leader(live: Live) -> User:
    """A project leader."""

    def write(session: Session) -> User:
        programme = make_programme(session, slug="overijssel", name="Slimmer Werken Overijssel")
        return make_user(session, Role.PROJECT_LEADER, programme, name="Hanneke Smit")

    return live.write(write)


def test_a_project_leader_logs_in_and_out(page: Page, leader: User) -> None:
    screen = LogIn.open(page).is_titled("Inloggen")
    assert_accessible_in_both_schemes(page)
    assert_fits(page)
    screen.as_user(leader, then=Account)
    account = Account.open(page).says(leader.email)
    account.log_out().is_titled("Inloggen")
    Account.open(page)
    LogIn(page).is_titled("Inloggen")


def test_a_wrong_password_says_so_and_keeps_the_address(page: Page, leader: User) -> None:
    LogIn.open(page).as_user(leader, then=LogIn, password="iets-heel-anders")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("[name=email]").input_value() == leader.email
    assert_accessible_in_both_schemes(page)


def test_logging_in_works_on_a_phone_without_scripts(
    new_page: Callable[..., Page], leader: User
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    LogIn.open(page).as_user(leader, then=Account)
    Account.open(page).says(leader.email)
