"""Colours that everybody can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.programmes.rules import Refused
from pioneers.publishing.colours import (
    DARK_PAPER,
    GROUND,
    SHAPE,
    TEXT,
    WHITE,
    check,
    clean,
    contrast,
    deepened,
    tokens,
)
from pioneers.publishing.theme import stylesheet

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#0B5A5E", "#0b5a5e"), ("0b5a5e", "#0b5a5e"), ("#fa0", "#ffaa00"), ("  ", "")],
)
def test_a_colour_can_be_written_in_several_ways(typed: str, kept: str) -> None:
    assert clean(typed, "brand") == kept


@pytest.mark.parametrize("typed", ["red", "#12", "#12345g", "#0b5a5e;}body{", "url(x)"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        clean(typed, "brand")
    assert refusal.value.code == "colour_shape"


def test_a_colour_without_contrast_is_refused_with_one_that_has_it() -> None:
    with pytest.raises(Refused) as refusal:
        check("#ffd400", "")
    assert refusal.value.code == "colour_contrast"
    check(str(refusal.value.params["proposal"]), "")


@given(COLOURS)
def test_the_proposal_has_enough_contrast(colour: str) -> None:
    check(deepened(colour, TEXT), deepened(colour, SHAPE))


@given(COLOURS, COLOURS)
def test_every_tone_that_follows_can_be_read_in_light_and_in_dark(brand: str, warm: str) -> None:
    found = tokens(deepened(brand, TEXT), deepened(warm, SHAPE))
    for values, papers in ((found.light, (WHITE, GROUND)), (found.dark, (DARK_PAPER,))):
        for paper in papers:
            assert contrast(values["brand"], paper) >= TEXT
            assert contrast(values["warm"], paper) >= SHAPE
        assert contrast(values["on-brand"], values["brand"]) >= TEXT
        assert contrast(values["on-brand"], values["brand-strong"]) >= TEXT
        assert contrast(values["brand"], values["brand-soft"]) >= TEXT
        assert contrast(values["warm-ink"], values["warm-soft"]) >= TEXT
        for number in range(1, 6):
            assert contrast(values[f"on-shade-{number}"], values[f"shade-{number}"]) >= TEXT


def test_the_stylesheet_holds_nothing_without_colours() -> None:
    assert "--" not in stylesheet("", "")
    assert "--pioneers-brand:#0b5a5e;" in stylesheet("#0b5a5e", "")
