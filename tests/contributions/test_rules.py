"""When two reports agree, which numbers are offered, which days can be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.contributions.models import ContributionKind
from pioneers.contributions.rules import (
    Count,
    Draft,
    Meeting,
    Named,
    Proof,
    Terms,
    check_day,
    check_draft,
    meeting,
    offered,
    proof,
)
from pioneers.programmes.rules import Refused

heads = st.integers(0, 1000)


def count(number: int | None, noted_by: int | None = None) -> Count | None:
    """A number of people, noted by somebody."""
    return None if number is None else Count(number, noted_by)


@pytest.mark.parametrize(
    ("host", "pioneer", "settled", "named", "found"),
    [
        (None, None, None, 0, Meeting.NONE),
        (40, None, None, 0, Meeting.HOST),
        (None, 40, None, 31, Meeting.PIONEER),
        (None, 30, None, 31, Meeting.PIONEER),
        (None, 10, None, 31, Meeting.DIFFER),
        (40, 40, None, 0, Meeting.AGREE),
        (48, 40, None, 0, Meeting.AGREE),
        (51, 40, None, 0, Meeting.DIFFER),
        (80, 40, 80, 0, Meeting.SETTLED),
        (81, 40, 80, 0, Meeting.DIFFER),
    ],
)
def test_two_reports_of_a_room_meet(
    host: int | None, pioneer: int | None, settled: int | None, named: int, found: Meeting
) -> None:
    told = meeting(count(host), count(pioneer), tolerance=20, settled=settled, named=named)
    assert told == found


@pytest.mark.parametrize(
    ("host", "others", "found"),
    [
        (None, (), Meeting.PIONEER),
        (None, (44,), Meeting.AGREE),
        (None, (80,), Meeting.DIFFER),
        (None, (44, 80), Meeting.DIFFER),
        (42, (80,), Meeting.AGREE),  # the host's number is what each is held against
        (80, (40,), Meeting.DIFFER),  # two who agree do not outvote the host
    ],
)
def test_without_a_hosts_number_pioneers_are_held_against_each_other(
    host: int | None, others: tuple[int, ...], found: Meeting
) -> None:
    told = meeting(count(host), Count(40), tolerance=20, others=[Count(one) for one in others])
    assert told == found


def test_one_person_who_notes_two_numbers_is_one_source() -> None:
    assert meeting(Count(40, 7), Count(40, 7), tolerance=20) == Meeting.ALIKE
    assert meeting(Count(40, 7), Count(40, 8), tolerance=20) == Meeting.AGREE
    assert meeting(Count(40, 7), Count(40), tolerance=20) == Meeting.AGREE
    assert meeting(None, Count(40, 7), tolerance=20, others=[Count(40, 7)]) == Meeting.ALIKE


@pytest.mark.parametrize(
    ("host", "meetings", "found"),
    [
        (None, [], Proof.NONE),
        (None, [Meeting.NONE], Proof.NONE),
        (40, [], Proof.REPORTED),
        (None, [Meeting.PIONEER], Proof.REPORTED),
        (40, [Meeting.ALIKE], Proof.REPORTED),
        (40, [Meeting.AGREE, Meeting.NONE], Proof.CONFIRMED),
        (40, [Meeting.AGREE, Meeting.DIFFER], Proof.DISPUTED),
        (40, [Meeting.AGREE, Meeting.OFF], Proof.DISPUTED),
        (40, [Meeting.SETTLED], Proof.SETTLED),
    ],
)
def test_a_room_is_confirmed_by_a_second_source_and_by_nothing_else(
    host: int | None, meetings: list[Meeting], found: Proof
) -> None:
    assert proof(count(host), meetings) == found


@given(heads, heads, st.integers(0, 100))
def test_it_does_not_matter_who_of_two_gave_which_number(
    one: int, other: int, tolerance: int
) -> None:
    there, back = (Count(one), Count(other)), (Count(other), Count(one))
    assert meeting(*there, tolerance=tolerance) == meeting(*back, tolerance=tolerance)


@given(heads)
def test_the_same_number_always_agrees(number: int) -> None:
    assert meeting(Count(number), Count(number), tolerance=0) == Meeting.AGREE


def test_numbers_are_offered_around_those_who_are_known() -> None:
    assert offered(31) == (20, 30, 40, 60, 80)
    assert offered(0) == (20, 30, 40, 60, 80)
    assert offered(3) == (5, 10, 15, 20, 30)
    assert offered(10_000)[-1] == 1000


@given(st.integers(0, 100_000))
def test_five_numbers_are_offered_in_order(known: int) -> None:
    found = offered(known)
    assert len(found) == 5
    assert list(found) == sorted(set(found))


TERMS = Terms(
    today=date(2026, 3, 13),
    appointed_on=date(2025, 2, 1),
    ended_on=date(2026, 3, 12),
    starts_on=date(2025, 1, 1),
    ends_on=date(2026, 3, 10),
)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 14), "day_ahead"),
        (date(2024, 12, 31), "before_programme"),
        (date(2026, 3, 11), "after_programme"),
        (date(2025, 1, 31), "before_appointed"),
    ],
)
def test_a_day_lies_within_programme_and_appointment(day: date, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_day(day, TERMS)
    assert refusal.value.code == code
    check_day(date(2026, 3, 10), TERMS)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(heads=100_001), "heads_range"),
        (Draft(heads=-1), "heads_range"),
        (Draft(title="x" * 201), "words_long"),
        (Draft(link="javascript:alert(1)"), "link_shape"),
        (Draft(kind=ContributionKind.CONVERSATION, named=Named("Anne", "")), "named_missing"),
    ],
)
def test_what_cannot_be_is_refused(draft: Draft, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_draft(draft)
    assert refusal.value.code == code
