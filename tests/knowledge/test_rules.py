"""What may be said in the knowledge base, and whether a consent holds."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.knowledge.models import ItemKind
from pioneers.knowledge.rules import (
    Classed,
    ItemWords,
    check_classed,
    checked_words,
    free_slug,
    has_consent,
    slug_of,
)
from pioneers.programmes.rules import Refused

DAY = date(2026, 3, 4)


@given(st.text(max_size=300))
def test_every_title_gives_an_address(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(title))
    assert len(slug_of(title)) <= 72


@given(st.lists(st.sampled_from(["kaas", "kaas-2", "kaas-3", "brood"])))
def test_an_address_is_never_given_twice(taken: list[str]) -> None:
    assert free_slug("kaas", taken) not in taken


def test_accents_fall_off_an_address() -> None:
    assert slug_of("Coöperatie: één voor allen!") == "cooperatie-een-voor-allen"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//elders.example",
        "https://a b",
        "ftp://a.example",
    ],
)
def test_a_link_leads_to_a_page_of_the_web(link: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_words(ItemWords("Titel", link=link))
    assert refused.value.code == "link_shape"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (ItemWords("  "), "title_missing"),
        (ItemWords("x" * 161), "title_long"),
        (ItemWords("x", summary="y" * 401), "summary_long"),
        (ItemWords("x", body="y" * 60_001), "body_long"),
    ],
)
def test_words_have_their_limits(words: ItemWords, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_words(words)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"level": 4}, "level"),
        ({"sector": "Z"}, "sector"),
        ({"consent_until": DAY}, "consent_missing"),
        ({"consent_on": DAY}, "consent_by"),
        ({"consent_on": DAY, "consent_until": DAY - timedelta(days=1)}, "consent_period"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_classed(Classed(ItemKind.STORY, **facts))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_consent_holds_on_its_last_day_and_not_on_the_next() -> None:
    given_on = DAY - timedelta(days=100)
    assert has_consent(on=given_on, until=DAY, is_withdrawn=False, today=DAY)
    assert not has_consent(
        on=given_on, until=DAY, is_withdrawn=False, today=DAY + timedelta(days=1)
    )
    assert not has_consent(on=given_on, until=None, is_withdrawn=True, today=DAY)
    assert not has_consent(on=None, until=None, is_withdrawn=False, today=DAY)
