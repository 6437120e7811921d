"""A viewer sees figures and nobody's name."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys.conftest import Live
from tests.journeys.pages import Dashboard, Event, LogIn
from tests.journeys.story import EVENING, EVENING_CSV, SLUG, begin

NAMES = [name for name, *_ in EVENING] + ["Wiersma Timmerwerk", "Oosterhof Metaal"]


def test_a_viewer_meets_figures_and_no_names(live: Live, new_page: Callable[..., Page]) -> None:
    story = begin(live)
    leader = new_page()
    LogIn.open(leader).as_user(story.leader, then=Dashboard)
    opened = Event.open(leader, slug=SLUG, event_id=story.event.id)
    opened.add_list("lijst.csv", EVENING_CSV).add("4 mensen toevoegen")
    leader.goto(f"/p/{SLUG}/cijfers/achter/personen")
    assert "Anke Terpstra" in leader.content()

    viewer = new_page()
    LogIn.open(viewer).as_user(story.viewer, then=Dashboard)
    assert Dashboard.open(viewer, slug=SLUG).figure("Bewust gemaakt") == 4
    seen = follow_every_link(viewer, f"/p/{SLUG}/")
    assert len(seen) > 20
    told = {path: name for path, text in seen.items() for name in NAMES if name in text}
    assert not told


def follow_every_link(page: Page, start: str) -> dict[str, str]:
    """What stands on every page of the programme that links lead to, filters left out."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = page.request.get(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        seen[path] = ""
        if not answer.headers["content-type"].startswith("text/html"):
            seen[path] = answer.body().decode("latin-1")
            continue
        page.set_content(answer.text())
        seen[path] = page.locator("main").inner_text()
        links = page.locator("a[href^='/p/']").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        waiting += [urlsplit(link).path for link in links]
    return seen
