"""The main job: last night's attendance list becomes a figure that can be opened."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import Live
from tests.journeys.pages import Dashboard, Event, LogIn, Screen
from tests.journeys.story import EVENING_CSV, MORNING_XLSX, SLUG, Story, begin


@pytest.fixture
def story(live: Live) -> Story:
    return begin(live)


def opened_event(page: Page, story: Story) -> Event:
    """Log in as the project leader and open the event."""
    LogIn.open(page).as_user(story.leader, then=Dashboard).is_titled("Waar staan we?")
    assert Dashboard(page).figure("Bewust gemaakt") == 1
    return Event.open(page, slug=SLUG, event_id=story.event.id).is_titled(story.event.title)


def tell(page: Page, story: Story, *, looks: bool) -> None:
    """From the list to the person behind the figure; `looks` examines the pages on the way."""
    check = opened_event(page, story).add_list("lijst.csv", EVENING_CSV)
    check.is_titled("Presentielijst controleren").says("Er is nog niets opgeslagen.")
    check.happens("Anke Terpstra", "nieuw").happens("Fenna Kolk", "bekend")
    check.happens("Joris Mous", "twijfel").happens("Dirk Smeenk", "niet verschenen")
    check.happens("Cora Wissink", "‘cora@wissink’ is niet compleet")
    if looks:
        assert_accessible_in_both_schemes(page)
        assert_fits(page)
    check.answer("Joris Mous", "Zelfde").says("Bewust gemaakt gaat van 1 naar 4.")
    check.add("4 mensen toevoegen").says("Er waren 4 mensen.")
    dashboard = Dashboard.open(page, slug=SLUG)
    assert dashboard.figure("Bewust gemaakt") == 4
    records = dashboard.open_figure("Bewust gemaakt").says("4 van 4.")
    records.follow("Joris Mous", then=Screen).is_titled("Joris Mous").says("Hulshof Bouw")


def test_a_list_becomes_a_figure_that_opens_into_people(page: Page, story: Story) -> None:
    tell(page, story, looks=True)
    workbook = Event.open(page, slug=SLUG, event_id=story.event.id).add_list("b.xlsx", MORNING_XLSX)
    workbook.happens("Esra Kaya", "nieuw").happens("Anke Terpstra", "staat al op de lijst")
    workbook.says("Bewust gemaakt gaat van 4 naar 5.").add("1 persoon toevoegen")
    assert Dashboard.open(page, slug=SLUG).figure("Bewust gemaakt") == 5


def test_the_whole_story_on_a_phone(phone: Page, story: Story) -> None:
    tell(phone, story, looks=True)


def test_the_whole_story_without_scripts(new_page: Callable[..., Page], story: Story) -> None:
    tell(new_page(java_script_enabled=False), story, looks=False)


def test_a_list_that_is_taken_back_leaves_the_figure_as_it_was(page: Page, story: Story) -> None:
    check = opened_event(page, story).add_list("lijst.csv", EVENING_CSV)
    written = check.add("4 mensen toevoegen")
    address = page.url
    assert Dashboard.open(page, slug=SLUG).figure("Bewust gemaakt") == 4
    page.goto(address)
    written.take_back().says("Deze lijst is teruggedraaid. 4 deelnames tellen niet meer mee.")
    assert Dashboard.open(page, slug=SLUG).figure("Bewust gemaakt") == 1
