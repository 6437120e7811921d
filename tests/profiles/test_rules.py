"""When a consent ends, what is a website, when one is away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.profiles.rules import (
    Offer,
    Period,
    ProfileDraft,
    check_away,
    check_draft,
    check_words,
    ends_on,
    is_over,
    is_past_keeping,
    is_website,
    known_levels,
    known_offers,
    paragraphs,
)
from pioneers.programmes.rules import Refused

TODAY = date(2026, 11, 12)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("today", "months", "last"),
    [
        (date(2026, 11, 12), 12, date(2027, 11, 11)),
        (date(2026, 11, 12), 24, date(2028, 11, 11)),
        (date(2027, 1, 1), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 12, 31), 24, date(2028, 12, 30)),
    ],
)
def test_a_consent_holds_for_whole_years(today: date, months: int, last: date) -> None:
    assert ends_on(today, months) == last


@given(DAYS, st.sampled_from([12, 24]))
def test_a_consent_holds_no_longer_than_was_chosen(today: date, months: int) -> None:
    last = ends_on(today, months)
    assert timedelta(0) < last - today <= timedelta(days=366 * months // 12)
    assert not is_over(last, last)
    assert is_over(last, last + timedelta(days=1))
    assert not is_past_keeping(last, last + timedelta(days=30))
    assert is_past_keeping(last, last + timedelta(days=31))


@pytest.mark.parametrize("months", [0, 1, 36, -12])
def test_other_terms_are_refused(months: int) -> None:
    with pytest.raises(Refused, match="term_unknown"):
        ends_on(TODAY, months)


@pytest.mark.parametrize(
    "text",
    ["https://drost.example", "http://www.drost.example/over?x=1#y", "https://a.b:8080/"],
)
def test_an_address_of_a_page_is_a_website(text: str) -> None:
    assert is_website(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,hoi",
        "drost.example",
        "https://",
        "https://localhost",
        "https://wie@drost.example",
        "https://drost.example/ a",
        'https://drost.example/"onmouseover="alert(1)',
        "https://drost.example:poort/",
        "//drost.example",
        "https://[",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_website(text)
    with pytest.raises(Refused, match="website_shape"):
        check_draft(ProfileDraft(website=text))


def test_texts_have_a_length() -> None:
    check_draft(ProfileDraft(headline="x" * 160, story="x" * 5000))
    for field, size in (("headline", 161), ("story", 5001), ("region", 161)):
        with pytest.raises(Refused, match="words_long"):
            check_draft(ProfileDraft(**{field: "x" * size}))
    with pytest.raises(Refused, match="words_missing"):
        check_words("")
    with pytest.raises(Refused, match="words_long"):
        check_words("x" * 401)


def test_an_empty_line_begins_a_paragraph() -> None:
    assert paragraphs("een\ntwee\n\n \n drie  vier\n") == ("een twee", "drie vier")
    assert paragraphs(" \n ") == ()


def test_only_what_is_known_is_read() -> None:
    assert known_levels("3,1,9,x") == (1, 3)
    assert known_offers("media,talk,spam") == (Offer.TALK, Offer.MEDIA)


def test_days_away_are_ahead_and_do_not_overlap() -> None:
    period = Period(TODAY, TODAY + timedelta(days=7))
    check_away(period, TODAY, [])
    assert period.holds(TODAY)
    assert period.holds(TODAY + timedelta(days=7))
    assert not period.holds(TODAY + timedelta(days=8))
    wrong = {
        "away_reversed": (TODAY + timedelta(days=1), TODAY),
        "away_passed": (TODAY - timedelta(days=9), TODAY - timedelta(days=1)),
        "away_long": (TODAY, TODAY + timedelta(days=731)),
        "away_overlaps": (TODAY + timedelta(days=7), TODAY + timedelta(days=9)),
    }
    for code, (first, last) in wrong.items():
        with pytest.raises(Refused, match=code):
            check_away(Period(first, last), TODAY, [period])
    many = [Period(TODAY + timedelta(days=9 + n), TODAY + timedelta(days=9 + n)) for n in range(40)]
    with pytest.raises(Refused, match="away_most"):
        check_away(period, TODAY, many)
