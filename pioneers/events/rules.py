"""Events: what is filled in, when it can be, and who was there. Pure."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.rules import Channel

MORNING = time(6)  # an evening that ends before this hour ended the next day
MORE_HEADS_THAN = 100_000
LONGEST = {"title": 200, "place": 120, "address": 200, "audience": 300, "description": 5000}


class Course(enum.StrEnum):
    """Where an event stands by the clock."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    HELD = "held"
    CANCELLED = "cancelled"


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


def course(status: EventStatus, *, starts_at: datetime, ends_at: datetime, now: datetime) -> Course:
    """What the clock makes of a status.

    HELD says that somebody was there. Who is in early does not make an event over: until it ends it
    is planned or under way, and only then it was held.
    """
    if status in (EventStatus.PROPOSED, EventStatus.CANCELLED) or ends_at <= now:
        return Course(status.value)
    return Course.PLANNED if now < starts_at else Course.UNDER_WAY


def course_of(event: Event, now: datetime) -> Course:
    """See `course`."""
    return course(event.status, starts_at=event.starts_at, ends_at=event.ends_at, now=now)


class Counted(Protocol):
    """What says whether the room of an event was counted."""

    @property
    def kind(self) -> EventKind:
        """Media have no room."""

    @property
    def status(self) -> EventStatus:
        """As it was recorded."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""

    @property
    def headcount(self) -> int | None:
        """None as long as nobody counted."""


def is_uncounted(event: Counted, now: datetime) -> bool:
    """Whether it is over, in a room, and nobody said how many people there were."""
    took_place = event.status in (EventStatus.PLANNED, EventStatus.HELD) and event.ends_at <= now
    return took_place and event.headcount is None and event.kind != EventKind.MEDIA


def can_change(event: Event, now: datetime) -> bool:
    """Whether its host can still change or cancel it: until it starts, whoever is in early."""
    return event.status != EventStatus.CANCELLED and event.starts_at > now


def status_to_edit(event: Event, now: datetime) -> EventStatus:
    """As what an event is changed: while it lies ahead, as planned, whoever is in already."""
    if event.status == EventStatus.HELD and event.ends_at > now and event.headcount is None:
        return EventStatus.PLANNED
    return event.status


def standing_status(
    draft: EventDraft, *, present: int, ends_at: datetime, now: datetime, today: date
) -> EventStatus:
    """The status to keep: people who are in already stay in while a planned event is changed.

    Raises Refused: checked_in when it would move to a day to come, has_attendance when an event
    with people on its list would not have been held.
    """
    if not present:
        return draft.status
    if draft.day > today:
        raise Refused("checked_in", "day", named=present)
    if draft.status == EventStatus.HELD:
        return draft.status
    if ends_at <= now or draft.status == EventStatus.PROPOSED:
        raise Refused("has_attendance", "status", named=present)
    return EventStatus.HELD


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


def moment_faults(
    day: date | None,
    starts: time | None,
    ends: time | None,
    *,
    starts_on: date | None,
    ends_on: date | None,
    not_before: date | None = None,
) -> Iterator[Refused]:
    """Everything that is wrong with a moment, as far as it was filled in, so that a form can say
    it all at once: before_programme, after_programme, day_passed, ends_before_start."""
    if day is not None:
        try:
            check_period(day, starts_on=starts_on, ends_on=ends_on)
        except Refused as fault:
            yield fault
        else:
            if not_before is not None and day < not_before:
                yield Refused("day_passed", "day")
    if starts is not None and ends is not None:
        try:
            end_day(day or date.min, starts, ends)
        except Refused as fault:
            yield fault


def check_draft(
    draft: EventDraft, *, today: date, starts_on: date | None, ends_on: date | None
) -> None:
    """A title, a day within the programme, and a status that the day allows."""
    if not draft.title.strip():
        raise Refused("title_missing", "title")
    for name, limit in LONGEST.items():
        if len(getattr(draft, name)) > limit:
            raise Refused("title_long", name, limit=limit)
    moment = moment_faults(
        *(draft.day, draft.starts, draft.ends),
        starts_on=starts_on,
        ends_on=ends_on,
        not_before=today if draft.status == EventStatus.PROPOSED else None,
    )
    for fault in moment:
        raise fault
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
