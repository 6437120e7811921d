"""An administrator makes a programme, and its project leader begins."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from tests.factories import make_user
from tests.journeys.accessibility import assert_accessible_in_both_schemes
from tests.journeys.conftest import Live
from tests.journeys.pages import Dashboard, LogIn, NewTarget, Programmes, Screen

PASSWORD = "vier paarden bij de brug"


def test_a_leader_is_invited_accepts_and_sets_targets(
    live: Live, new_page: Callable[..., Page]
) -> None:
    def write(session: Session) -> User:
        return make_user(session, is_administrator=True, name="Bea Sleutel")

    page = new_page()
    LogIn.open(page).as_user(live.write(write), then=Screen)
    programmes = Programmes.open(page).fill(
        name="Slimmer Werken Drenthe",
        slug="drenthe",
        starts_on="2026-01-01",
        ends_on="2029-12-31",
        leader="nieuwe.leider@drenthe.example",
    )
    link = programmes.press("Programma aanmaken", then=Screen).main.locator(".code").inner_text()
    assert_accessible_in_both_schemes(page)

    leader = new_page()
    leader.goto(link)
    invited = Screen(leader).is_titled("U bent uitgenodigd").says("Projectleider")
    assert_accessible_in_both_schemes(leader)
    invited.fill(name="Nynke Bakker", password=PASSWORD).press("Account maken", then=Screen)
    begin = Dashboard.open(leader, slug="drenthe").says("Er is nog niets geteld.")
    begin.follow("Stel de doelen", then=Screen)
    for label, value in (("Bewust gemaakt", "450"), ("In actie gekomen", "100")):
        target = NewTarget.open(leader, slug="drenthe").choose(label).choose("Einddoel")
        target.fill(value=value, due_on="2029-12-31").press("Doel vastleggen", then=Screen)
    expect(leader.locator("main")).to_contain_text(re.compile(r"In actie gekomen: 100 bedrijven"))
    page.goto(link)
    Screen(page).is_titled("Deze uitnodiging werkt niet meer")
