"""When an event can be, and what a count of heads must be."""

from datetime import date, time

import pytest

from pioneers.events.models import EventStatus
from pioneers.events.rules import EventDraft, agreed, check_draft, check_headcount, end_day
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
