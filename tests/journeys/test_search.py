"""Search while one types, with the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import Live
from tests.journeys.pages import Company, Dashboard, LogIn
from tests.journeys.story import begin


def test_a_typing_error_still_finds_the_company_from_the_keyboard(live: Live, page: Page) -> None:
    story = begin(live)
    LogIn.open(page).as_user(story.leader, then=Dashboard).is_titled("Waar staan we?")
    box = page.get_by_role("combobox", name="Zoek iedereen en alles")
    while not box.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Wierzma Timerwerk")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text(story.company.name)
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.type("k")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    Company(page).is_titled(story.company.name)
