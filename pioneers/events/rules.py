"""Events: what is filled in, when it can be, and who was there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from pioneers.events.models import EventKind, EventStatus
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.rules import Channel

MORNING = time(6)  # an evening that ends before this hour ended the next day
MORE_HEADS_THAN = 100_000
LONGEST = {"title": 200, "place": 120, "address": 200, "audience": 300, "description": 5000}


@dataclass(frozen=True)
class EventDraft:
    """What is filled in on an event; hours are on the clock of Amsterdam."""

    title: str
    day: date
    kind: EventKind = EventKind.TALK
    fan_id: int | None = None
    pioneer_ids: tuple[int, ...] = ()
    starts: time = time(20)
    ends: time = time(22)
    place: str = ""
    municipality_code: str | None = None
    status: EventStatus = EventStatus.HELD
    headcount: int | None = None
    description: str = ""
    audience: str = ""
    theme: str = ""
    address: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class Present:
    """Somebody who was there."""

    person_id: int
    company_id: int | None
    evidence: Evidence = Evidence.LISTED


@dataclass(frozen=True)
class Absent:
    """Somebody on the list who was not there."""

    person_id: int
    company_id: int | None


@dataclass(frozen=True)
class AttendanceResult:
    """What recording a list did; every id is a person's, `contacts` goes from person to contact."""

    contacts: Mapping[int, int]  # newly present, and those whose evidence rose
    already_listed: frozenset[int] = frozenset()  # was present already, nothing changed
    confirmed: frozenset[int] = frozenset()  # was present already, a second source agrees now
    absent: frozenset[int] = frozenset()  # newly noted as absent
    turned_present: frozenset[int] = frozenset()  # was noted absent, turns out to have been there


@dataclass(frozen=True)
class UndoResult:
    """What undoing a list took back."""

    contacts: int
    absences: int


def channel_of(kind: EventKind) -> Channel:
    """A performance in the media is another channel than a meeting in a room."""
    return Channel.MEDIA if kind == EventKind.MEDIA else Channel.EVENT


def end_day(day: date, starts: time, ends: time) -> date:
    """The day on which an event ends: the same, or the next morning.

    Raises Refused(ends_before_start) when it would end before it starts.
    """
    if ends > starts:
        return day
    if ends < starts and ends <= MORNING:
        return day + timedelta(days=1)
    raise Refused("ends_before_start", "ends")


def check_period(day: date, *, starts_on: date | None, ends_on: date | None) -> None:
    """A day within the programme. Raises Refused: before_programme, after_programme."""
    if starts_on is not None and day < starts_on:
        raise Refused("before_programme", "day", day=starts_on)
    if ends_on is not None and day > ends_on:
        raise Refused("after_programme", "day", day=ends_on)


def check_draft(
    draft: EventDraft, *, today: date, starts_on: date | None, ends_on: date | None
) -> None:
    """A title, a day within the programme, and a status that the day allows."""
    if not draft.title.strip():
        raise Refused("title_missing", "title")
    for name, limit in LONGEST.items():
        if len(getattr(draft, name)) > limit:
            raise Refused("title_long", name, limit=limit)
    check_period(draft.day, starts_on=starts_on, ends_on=ends_on)
    end_day(draft.day, draft.starts, draft.ends)
    if draft.status == EventStatus.PROPOSED and draft.day < today:
        raise Refused("day_passed", "day")
    if draft.status == EventStatus.HELD and draft.day > today:
        raise Refused("not_yet_held", "status", day=draft.day)
    if draft.headcount is not None and draft.status != EventStatus.HELD:
        raise Refused("headcount_not_held", "headcount")


def check_headcount(heads: int | None, *, named: int) -> None:
    """Everybody in the room is at least everybody in the room who is named."""
    if heads is None:
        return
    if not 0 <= heads <= MORE_HEADS_THAN:
        raise Refused("headcount_range", "headcount", limit=MORE_HEADS_THAN)
    if heads < named:
        raise Refused("headcount_below_named", "headcount", named=named)


def agreed(standing: Evidence, given: Evidence) -> bool:
    """Whether `given` is a second source that confirms what was recorded as `standing`.

    A second list is no second source, since lists are copied: another kind of evidence is.
    """
    return Evidence.CONFIRMED != standing != given
