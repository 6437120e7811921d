"""Reads of events and who was there, always within one programme."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.models import Attendance, Event, EventStatus, Presence, Speaker
from pioneers.programmes.models import Programme
from pioneers.reach.models import Contact, Occasion, Tally
from pioneers.reach.rules import Dimension, Scope
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Counts:
    """Who was at an event: named and there, on the list and not there, there without a name."""

    present: int
    absent: int
    unnamed: int | None


@dataclass(frozen=True)
class AttendanceRow:
    """One person on an event's list."""

    id: int
    person_id: int
    name: str
    company_id: int | None
    company: str
    present: bool
    evidence: str | None
    taken_back: bool = False  # was there by the list, but the contact no longer counts


def unnamed_heads(headcount: int | None, present: int) -> int | None:
    """Heads without a name: never below zero when the list is longer than the count."""
    return None if headcount is None else max(0, headcount - present)


def get_event(session: AnySession, programme: Programme, event_id: int) -> Event:
    """An event of this programme; NotFound otherwise."""
    event = session.scalar(
        select(Event).where(Event.id == event_id, Event.programme_id == programme.id)
    )
    if event is None:
        raise NotFound
    return event


def event_day(event: Event) -> date:
    """The day on which the event takes place, in Amsterdam."""
    return clock.local(event.starts_at).date()


def speaker_ids(session: AnySession, event: Event) -> list[int]:
    """The pioneers who speak, in order; the first gets the attribution."""
    query = select(Speaker.pioneer_id).where(Speaker.event_id == event.id)
    return list(session.scalars(query.order_by(Speaker.position)))


def is_held(now: datetime) -> ColumnElement[bool]:
    """Which events were held: somebody was there, and they are over."""
    return and_(Event.status == EventStatus.HELD, Event.ends_at <= now)


# Somebody present has a contact that counts: a contact can be voided, or recorded anew, elsewhere.
STANDING = and_(
    Contact.occasion_id == Event.occasion_id,
    Contact.person_id == Attendance.person_id,
    Contact.voided_at.is_(None),
)


PRESENT = (
    select(Event.id, func.sum(Tally.participations))
    .join(
        Tally,
        and_(
            Tally.programme_id == Event.programme_id,
            Tally.dimension == Dimension.OCCASION,
            Tally.key == cast(Event.occasion_id, String),
        ),
    )
    .where(Event.id.in_(bindparam("event_ids", expanding=True)))
    .group_by(Event.id)
)


def named_present(session: AnySession, event_ids: list[int]) -> dict[int, int]:
    """How many named people were present, for each of the events: whose contact counts.

    As the tallies keep it; counting the lines of fifty large events would take seconds.
    """
    rows = session.execute(PRESENT, {"event_ids": event_ids})
    return {event_id: int(present) for event_id, present in rows if present}


def counts(session: AnySession, event: Event) -> Counts:
    """Present, absent and unnamed, apart."""
    present = named_present(session, [event.id]).get(event.id, 0)
    absent = session.scalar(
        select(func.count(Attendance.id)).where(
            Attendance.event_id == event.id, Attendance.presence == Presence.ABSENT
        )
    )
    return Counts(present, absent or 0, unnamed_heads(event.headcount, present))


def attendance_of(session: AnySession, event: Event, *, page: int = 1) -> Page[AttendanceRow]:
    """Who is on the event's list: those who were there first, then by family name."""
    of_event = Attendance.event_id == event.id
    total = session.scalar(select(func.count(Attendance.id)).where(of_event)) or 0
    rows = session.execute(
        select(Attendance, Person, Company, Contact.evidence)
        .join(Event, Event.id == Attendance.event_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Company, Company.id == Attendance.company_id)
        .outerjoin(Contact, STANDING)
        .where(of_event)
        .order_by(Attendance.presence.desc(), Person.family_name, Person.first_name, Attendance.id)
        .limit(SIZE)
        .offset(offset(page))
    )
    return Page([_attendance_row(*row) for row in rows], page, SIZE, total)


def _attendance_row(
    attendance: Attendance, person: Person, company: Company | None, evidence: str | None
) -> AttendanceRow:
    attended = attendance.presence == Presence.ATTENDED
    return AttendanceRow(
        id=attendance.id,
        person_id=person.merged_into_id or person.id,
        name=display_name(person),
        company_id=None if company is None else company.merged_into_id or company.id,
        company=company.name if company else "",
        present=attended and evidence is not None,
        evidence=evidence,
        taken_back=attended and evidence is None,
    )


def get_attendance(session: AnySession, event: Event, attendance_id: int) -> Attendance:
    """A line of this event's list; NotFound otherwise."""
    line = session.scalar(
        select(Attendance).where(Attendance.id == attendance_id, Attendance.event_id == event.id)
    )
    if line is None:
        raise NotFound
    return line


def _held(programme: Programme, scope: Scope) -> Select[int]:
    query = (
        select(func.count(Event.id))
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            Event.programme_id == programme.id,
            is_held(clock.now()),
            Occasion.day <= scope.as_of,
        )
    )
    if scope.since is not None:
        query = query.where(Occasion.day >= scope.since)
    if scope.known_on is not None:
        query = query.where(Event.created_at < clock.end_of_day(scope.known_on))
    return query


def events_held(session: AnySession, programme: Programme, scope: Scope) -> int:
    """How many events had been held by the scope's day.

    `known_on` leaves out events that were entered later.
    """
    return session.scalar(_held(programme, scope)) or 0


def events_without_headcount(session: AnySession, programme: Programme, scope: Scope) -> int:
    """How many held events of the scope nobody gave a headcount for."""
    return session.scalar(_held(programme, scope).where(Event.headcount.is_(None))) or 0
