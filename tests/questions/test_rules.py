"""Terms in working days, and where a question can go."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.programmes.rules import Refused
from pioneers.questions.models import QuestionStatus
from pioneers.questions.rules import MOVES, check_move, checked_link, checked_text, is_late
from pioneers.questions.working_days import (
    due_day,
    is_working_day,
    public_holidays,
    working_days_between,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),  # Monday to Monday
        (date(2026, 3, 6), date(2026, 3, 13)),  # Friday
        (date(2026, 3, 7), date(2026, 3, 13)),  # Saturday: counting begins on Monday
        (date(2026, 4, 24), date(2026, 5, 4)),  # King's Day, 27 April, lies between
        (date(2026, 4, 28), date(2026, 5, 6)),  # 5 May
        (date(2025, 4, 25), date(2025, 5, 2)),  # King's Day 2025 was a Saturday
        (date(2026, 4, 1), date(2026, 4, 9)),  # Easter Monday; Good Friday is a working day
        (date(2026, 5, 13), date(2026, 5, 21)),  # Ascension Day; the Friday after it is worked
        (date(2026, 5, 22), date(2026, 6, 1)),  # Whit Monday
        (date(2026, 12, 24), date(2027, 1, 4)),  # Christmas Day is a Friday, then New Year's Day
    ],
)
def test_a_term_of_five_working_days_skips_weekends_and_public_holidays(
    asked_on: date, due: date
) -> None:
    assert due_day(asked_on, 5) == due


def test_good_friday_and_carnival_are_worked() -> None:
    assert is_working_day(date(2026, 4, 3))
    assert all(is_working_day(date(2026, 2, day)) for day in (16, 17, 18))


def test_the_fifth_of_may_is_a_public_holiday_every_year() -> None:
    assert all(date(year, 5, 5) in public_holidays(year) for year in range(2016, 2031))


def test_kings_day_is_on_saturday_when_it_would_be_on_sunday() -> None:
    assert date(2031, 4, 26) in public_holidays(2031)
    assert date(2031, 4, 27) not in public_holidays(2031)


@given(DAYS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_has_as_many_as_were_promised(
    asked_on: date, days: int
) -> None:
    due = due_day(asked_on, days)
    assert is_working_day(due)
    assert working_days_between(asked_on, due) == days


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_working_days_add_up(first: date, one: int, other: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other)
    parts = working_days_between(first, middle) + working_days_between(middle, last)
    assert working_days_between(first, last) == parts


def test_nothing_has_passed_on_the_day_itself_or_before() -> None:
    assert working_days_between(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert working_days_between(date(2026, 3, 4), date(2026, 3, 2)) == 0


def test_only_what_waits_for_us_is_late() -> None:
    due, today = date(2026, 3, 2), date(2026, 3, 3)
    late = {status for status in QuestionStatus if is_late(status, due, today)}
    assert late == {QuestionStatus.NEW, QuestionStatus.TAKEN}
    assert not is_late(QuestionStatus.NEW, due, due)


def test_a_closed_question_can_only_open_again() -> None:
    assert MOVES[QuestionStatus.CLOSED] == {QuestionStatus.TAKEN}
    with pytest.raises(Refused, match="question_closed"):
        check_move(QuestionStatus.CLOSED, QuestionStatus.ANSWERED)
    with pytest.raises(Refused, match="not_from_here"):
        check_move(QuestionStatus.WAITING, QuestionStatus.NEW)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
def test_a_question_has_words_and_not_too_many(text: str) -> None:
    with pytest.raises(Refused):
        checked_text(text)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "www.pioniers.example", "https://a b", 'https://a"b', "ftp://x"]
)
def test_a_link_is_an_address_of_a_page(link: str) -> None:
    with pytest.raises(Refused, match="link_shape"):
        checked_link(link)
