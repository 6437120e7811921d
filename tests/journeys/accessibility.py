"""What a page keeps to so that everybody can use it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
NARROWEST = 320


def assert_accessible(page: Page) -> None:
    """WCAG 2.2 A and AA as far as axe sees it, on the page as it stands now."""
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def assert_accessible_in_both_schemes(page: Page) -> None:
    """The same, light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert_accessible(page)


def assert_fits(page: Page, width: int = NARROWEST) -> None:
    """At `width` pixels, and in the window as it is, nothing sticks out of the page (tables scroll
    within themselves)."""
    before = page.viewport_size or {"width": 1280, "height": 800}
    for at in (before["width"], width):
        page.set_viewport_size({"width": at, "height": before["height"]})
        sticks_out = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert sticks_out <= 0, f"{page.url} is {sticks_out} px too wide at {at} px"
    page.set_viewport_size(before)
