"""Every page of the project leader and of the administrator can be used by everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from tests.factories import make_programme, make_user
from tests.journeys.accessibility import assert_accessible, assert_fits
from tests.journeys.conftest import Live
from tests.journeys.pages import LogIn, Screen
from tests.site.world import World, pages

# A programme without a page or a logo of its own answers 404 (tests/website, tests/publishing).
OWN = {"website.own", "publishing.logo"}
LOOKS = {
    "nl-light-desk": ("nl", "light", {"width": 1280, "height": 800}),
    "en-dark-phone": ("en", "dark", {"width": 390, "height": 844}),
}


def paths_of_everything(live: Live) -> tuple[User, list[str]]:
    """Somebody who may see everything, and the address of every page."""

    def write(session: Session) -> tuple[User, list[str]]:
        programme = make_programme(session, slug="overijssel", name="Slimmer Werken Overijssel")
        leader = make_user(session, Role.PROJECT_LEADER, programme, is_administrator=True)
        world = World(session, programme, leader)
        every = pages(live.app, world, "GET")
        return leader, sorted({one.path for one in every if one.rule.endpoint not in OWN})

    return live.write(write)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(
    live: Live, new_page: Callable[..., Page], look: str
) -> None:
    language, scheme, viewport = LOOKS[look]
    leader, paths = paths_of_everything(live)
    page = new_page(color_scheme=scheme, viewport=viewport, locale=language)
    LogIn.open(page).as_user(leader, then=Screen)
    _speak(page, language)
    complaints = []
    for path in paths:
        if _is_page(page.request.get(path, max_redirects=0)):
            try:
                _look_at(page, path, language)
            except AssertionError as complaint:
                complaints.append(str(complaint))
    assert not complaints, "\n\n".join(complaints)


def _look_at(page: Page, path: str, language: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    # 403 is the page that tells somebody that an invitation is not theirs.
    assert answer.status in {200, 403}, f"{path}: {answer.status}"
    if not path.endswith("/voorbeeld"):  # a preview speaks the language of its text
        assert page.locator("html").get_attribute("lang") == language, path
    assert_accessible(page)
    assert_fits(page)


def _is_page(answer: APIResponse) -> bool:
    """Whether it is a whole page; the others are files and fragments."""
    kind = answer.headers.get("content-type", "")
    return kind.startswith("text/html") and answer.text().lstrip()[:9].lower() == "<!doctype"


def _speak(page: Page, language: str) -> None:
    """Choose the language by its button in the footer."""
    page.goto("/account")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"footer button[value={language}]").click()
        page.wait_for_load_state()
