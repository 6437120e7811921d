"""When an event can be, and what a count of heads must be."""

from datetime import date, time

import pytest

from pioneers.events.models import EventStatus
from pioneers.events.rules import (
    EventDraft,
    agreed,
    check_draft,
    check_headcount,
    end_day,
)
from pioneers.events.seats import check_capacity
from pioneers.events.themes import known_themes
from pioneers.programmes.rules import Evidence, Refused

DAY = date(2017, 5, 11)
TODAY = date(2018, 1, 1)


def test_an_event_ends_on_the_same_day_or_the_next_morning() -> None:
    assert end_day(DAY, time(20), time(22)) == DAY
    assert end_day(DAY, time(20), time(1)) == date(2017, 5, 12)
    assert end_day(date(2017, 12, 31), time(20), time(2)) == date(2018, 1, 1)


@pytest.mark.parametrize("ends", [time(20), time(19), time(7)])
def test_an_event_cannot_end_before_it_starts(ends: time) -> None:
    with pytest.raises(Refused) as refused:
        end_day(DAY, time(20), ends)
    assert (refused.value.code, refused.value.field) == ("ends_before_start", "ends")


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EventDraft(" ", DAY), "title_missing"),
        (EventDraft("x" * 201, DAY), "title_long"),
        (EventDraft("Avond", date(2015, 12, 31)), "before_programme"),
        (EventDraft("Avond", date(2020, 1, 1)), "after_programme"),
        (EventDraft("Avond", date(2018, 1, 2)), "not_yet_held"),
        (EventDraft("Avond", DAY, status=EventStatus.PLANNED, headcount=5), "headcount_not_held"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(draft: EventDraft, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_draft(draft, today=TODAY, starts_on=date(2016, 1, 1), ends_on=date(2019, 12, 31))
    assert refused.value.code == code


def test_a_planned_event_may_lie_ahead() -> None:
    draft = EventDraft("Avond", date(2018, 5, 1), status=EventStatus.PLANNED)
    check_draft(draft, today=TODAY, starts_on=None, ends_on=None)


def test_a_count_of_heads_is_never_below_those_who_are_named() -> None:
    check_headcount(None, named=5)
    check_headcount(5, named=5)
    with pytest.raises(Refused) as refused:
        check_headcount(4, named=5)
    assert refused.value.params == {"named": 5}


def test_a_second_list_confirms_nothing_but_another_kind_of_evidence_does() -> None:
    assert not agreed(Evidence.LISTED, Evidence.LISTED)
    assert agreed(Evidence.LISTED, Evidence.CHECKED_IN)
    assert not agreed(Evidence.CONFIRMED, Evidence.LISTED)


@pytest.mark.parametrize(
    ("capacity", "taken", "code"),
    [(0, 0, "capacity_range"), (-1, 0, "capacity_range"), (9, 10, "capacity_below_taken")],
)
def test_a_room_has_a_seat_for_everybody_who_registered(
    capacity: int, taken: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check_capacity(capacity, seats_taken=taken)
    assert (refusal.value.code, refusal.value.field) == (code, "capacity")


def test_a_room_without_limit_or_just_full_is_fine() -> None:
    check_capacity(None, seats_taken=500)
    check_capacity(10, seats_taken=10)


def test_a_proposal_lies_ahead() -> None:
    draft = EventDraft("Avond", date(2017, 5, 1), status=EventStatus.PROPOSED)
    limits = {"starts_on": None, "ends_on": None}
    check_draft(draft, today=date(2017, 5, 1), **limits)
    with pytest.raises(Refused) as refusal:
        check_draft(draft, today=date(2017, 5, 2), **limits)
    assert (refusal.value.code, refusal.value.field) == ("day_passed", "day")


def test_themes_are_read_in_one_order_and_unknown_ones_left_out() -> None:
    assert known_themes("co_creation,nothing,flexible_organising") == (
        "flexible_organising",
        "co_creation",
    )
    assert known_themes("") == ()
