"""Where an event stands by the clock, and what is wrong with a moment. Pure."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.events.models import EventStatus
from pioneers.events.rules import Course, EventDraft, course, moment_faults, standing_status
from pioneers.programmes.rules import Refused

STARTS = datetime(2026, 3, 12, 19, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
TODAY = STARTS.date()


@pytest.mark.parametrize(
    ("status", "hours", "expected"),
    [
        (EventStatus.HELD, -2, Course.PLANNED),
        (EventStatus.HELD, 1, Course.UNDER_WAY),
        (EventStatus.HELD, 2, Course.HELD),
        (EventStatus.PLANNED, -2, Course.PLANNED),
        (EventStatus.PLANNED, 0, Course.UNDER_WAY),
        (EventStatus.PLANNED, 3, Course.PLANNED),
        (EventStatus.PROPOSED, 1, Course.PROPOSED),
        (EventStatus.CANCELLED, 1, Course.CANCELLED),
    ],
)
def test_the_clock_says_where_an_event_stands(
    status: EventStatus, hours: int, expected: Course
) -> None:
    now = STARTS + timedelta(hours=hours)
    assert course(status, starts_at=STARTS, ends_at=ENDS, now=now) == expected


@given(status=st.sampled_from(EventStatus), minutes=st.integers(-10_000, 10_000))
def test_nothing_was_held_before_it_ended(status: EventStatus, minutes: int) -> None:
    now = STARTS + timedelta(minutes=minutes)
    found = course(status, starts_at=STARTS, ends_at=ENDS, now=now)
    assert (found == Course.HELD) == (status == EventStatus.HELD and now >= ENDS)


@pytest.mark.parametrize(
    ("status", "day", "over", "code"),
    [
        (EventStatus.PLANNED, TODAY + timedelta(days=1), False, "checked_in"),
        (EventStatus.HELD, TODAY + timedelta(days=1), False, "checked_in"),
        (EventStatus.PROPOSED, TODAY, False, "has_attendance"),
        (EventStatus.PLANNED, TODAY, True, "has_attendance"),
    ],
)
def test_who_is_in_keeps_an_event_on_its_day(
    status: EventStatus, day: date, over: bool, code: str
) -> None:
    draft = EventDraft(title="Avond", day=day, status=status)
    now = ENDS if over else STARTS
    given = {"ends_at": ENDS, "now": now, "today": TODAY}
    with pytest.raises(Refused, match=code):
        standing_status(draft, present=1, **given)
    assert standing_status(draft, present=0, **given) == status


def test_who_is_in_stays_in_while_the_hours_change() -> None:
    draft = EventDraft(title="Avond", day=TODAY, status=EventStatus.PLANNED)
    kept = standing_status(draft, present=2, ends_at=ENDS, now=STARTS, today=TODAY)
    assert kept == EventStatus.HELD


def test_every_fault_of_a_moment_is_found_at_once() -> None:
    def codes(day: date | None, starts: time | None, ends: time | None) -> list[str]:
        found = moment_faults(
            *(day, starts, ends),
            starts_on=date(2025, 1, 1),
            ends_on=date(2027, 1, 1),
            not_before=TODAY,
        )
        return [fault.code for fault in found]

    assert codes(date(2026, 3, 1), time(20), time(19)) == ["day_passed", "ends_before_start"]
    assert codes(date(2030, 1, 1), time(20), None) == ["after_programme"]
    assert codes(None, time(20), time(20)) == ["ends_before_start"]
    assert codes(TODAY, time(20), time(0, 30)) == []
