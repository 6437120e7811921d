"""The colours of the stylesheet can be read, in light and in dark."""

import re
from functools import cache

import pytest

from pioneers.config import ROOT

SHEET = ROOT / "static" / "site.css"
TEXT = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink-soft", "paper"),
    ("ink-soft", "ground"),
    ("ink-soft", "quiet-soft"),
    ("ink", "brand-soft"),
    ("ink-soft", "brand-soft"),
    ("ink", "good-soft"),
    ("ink", "warm-soft"),
    ("ink", "wrong-soft"),
    ("brand", "paper"),
    ("brand", "ground"),
    ("brand", "brand-soft"),
    ("brand", "warm-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("warm-ink", "warm-soft"),
    ("good-ink", "good-soft"),
    ("wrong", "wrong-soft"),
    ("wrong", "paper"),
    ("wrong", "ground"),
    *((f"on-shade-{number}", f"shade-{number}") for number in range(1, 6)),
]
CONTROLS = [
    ("control", "paper"),
    ("control", "ground"),
    ("warm", "paper"),
    ("warm", "ground"),
    ("brand", "track"),
    ("good", "good-soft"),
    ("warm", "warm-soft"),
    ("wrong", "wrong-soft"),
]


@cache
def tokens(mode: str) -> dict[str, str]:
    """The colours of a mode: dark has its own values over those of light."""
    light, dark = SHEET.read_text().split("@media (prefers-color-scheme: dark)", 1)
    pattern = re.compile(r"--pioneers-([\w-]+): (#[0-9a-f]{6});")
    found = dict(pattern.findall(light))
    return found if mode == "light" else found | dict(pattern.findall(dark))


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out_by_four_and_a_half(mode: str, front: str, back: str) -> None:
    assert contrast(tokens(mode)[front], tokens(mode)[back]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), CONTROLS)
def test_controls_stand_out_by_three(mode: str, front: str, back: str) -> None:
    assert contrast(tokens(mode)[front], tokens(mode)[back]) >= 3


def test_dark_has_a_value_of_its_own_for_every_colour() -> None:
    _light, dark = SHEET.read_text().split("@media (prefers-color-scheme: dark)", 1)
    own = set(re.findall(r"--pioneers-([\w-]+): #", dark))
    assert own == set(tokens("light"))


def test_the_stylesheet_stays_small() -> None:
    assert 15_000 <= SHEET.stat().st_size <= 25 * 1024
