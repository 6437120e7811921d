"""Reads for hosts: their events, how full they are, who will be told."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.events.queries import named_present
from pioneers.events.rules import Course, course_of, is_uncounted
from pioneers.fans.models import Fan
from pioneers.hosting.rules import Taken
from pioneers.presence.models import CheckIn
from pioneers.programmes.models import Programme
from pioneers.registrations.models import HOLDS_SEATS, Registration, RegistrationState
from pioneers.registrations.queries import STANDING
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Filling:
    """How full an event is: people with a seat (colleagues without a name included), and those who
    wait for one."""

    seats: int = 0
    waiting: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class HostRow:
    """An event as its host's list shows it."""

    event: Event
    fan: str
    course: Course
    filling: Filling = field(default_factory=Filling)
    present: int = 0
    uncounted: bool = False


def _hosted(programme: Programme, fans: frozenset[int] | None) -> ColumnElement[bool]:
    of_programme = Event.programme_id == programme.id
    return of_programme if fans is None else and_(of_programme, Event.fan_id.in_(fans))


def _is_to_come() -> ColumnElement[bool]:
    return and_(Event.ends_at >= clock.now(), Event.status != EventStatus.CANCELLED)


def events_to_come(
    session: AnySession, programme: Programme, fans: frozenset[int] | None
) -> list[HostRow]:
    """The events of these fans (None: of all) that are to come, the soonest first."""
    query = (
        select(Event, Fan.name)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(_hosted(programme, fans), _is_to_come())
        .order_by(Event.starts_at, Event.id)
        .limit(200)
    )
    return _rows(session, [(event, fan) for event, fan in session.execute(query)])


def events_before(
    session: AnySession, programme: Programme, fans: frozenset[int] | None, *, page: int
) -> Page[HostRow]:
    """Those that have been or were cancelled, the latest first."""
    wanted = and_(_hosted(programme, fans), ~_is_to_come())
    total = session.scalar(select(func.count(Event.id)).where(wanted)) or 0
    query = (
        select(Event, Fan.name)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(wanted)
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(SIZE)
        .offset(offset(page))
    )
    return Page(
        _rows(session, [(event, fan) for event, fan in session.execute(query)]), page, SIZE, total
    )


def _rows(session: AnySession, found: list[tuple[Event, str | None]]) -> list[HostRow]:
    ids = [event.id for event, _ in found]
    fillings, present = fillings_of(session, ids), named_present(session, ids)
    now = clock.now()
    return [
        HostRow(
            event=event,
            fan=fan or "",
            course=course_of(event, now),
            filling=fillings.get(event.id, Filling()),
            present=present.get(event.id, 0),
            uncounted=is_uncounted(event, now),
        )
        for event, fan in found
    ]


def fillings_of(session: AnySession, event_ids: list[int]) -> dict[int, Filling]:
    """How full each of these events is; who has no registration is left out."""
    seats = func.sum(1 + Registration.guests)
    counted: dict[int, dict[RegistrationState, int]] = defaultdict(dict)
    rows = session.execute(
        select(Registration.event_id, Registration.state, seats)
        .where(Registration.event_id.in_(event_ids))
        .group_by(Registration.event_id, Registration.state)
    )
    for event_id, state, number in rows:
        counted[event_id][state] = int(number)
    return {
        event_id: Filling(
            seats=sum(states.get(state, 0) for state in HOLDS_SEATS),
            waiting=states.get(RegistrationState.WAITING, 0),
            cancelled=states.get(RegistrationState.CANCELLED, 0),
        )
        for event_id, states in counted.items()
    }


def told_of(session: AnySession, event: Event, *, cancelled: bool = False) -> int:
    """How many registrations get a mail when the event moves, or is `cancelled`.

    Who came along with a colleague gets none. Who is in the room already knows of a move; when the
    event is off they stand as before they came in, and hear of it like everybody.
    """
    concerned: ColumnElement[bool] = Registration.state.in_(STANDING)
    if cancelled:
        came_in = exists().where(
            CheckIn.registration_id == Registration.id,
            CheckIn.undone_at.is_(None),
            CheckIn.state_before.in_(STANDING),
        )
        concerned = or_(concerned, came_in)
    query = select(func.count(Registration.id)).where(
        Registration.event_id == event.id,
        Registration.lead_id.is_(None),
        Registration.email.is_not(None),
        concerned,
    )
    return session.scalar(query) or 0


def hours_taken(
    session: AnySession, programme: Programme, fan_id: int | None, *, besides: int | None = None
) -> list[Taken]:
    """When this host has events to come that stand."""
    query = (
        select(Event.title, Event.starts_at, Event.ends_at)
        .where(
            Event.programme_id == programme.id,
            Event.fan_id == fan_id,
            Event.id != (besides or 0),
            _is_to_come(),
        )
        .order_by(Event.starts_at, Event.id)
    )
    return [Taken(*row) for row in session.execute(query)]


def uncounted(session: AnySession) -> list[Event]:
    """Events of fans that ended in the last three days, on a day before this one, of which nobody
    counted the room; media have none."""
    today = clock.end_of_day(clock.today() - timedelta(days=1))
    return list(
        session.scalars(
            select(Event)
            .where(
                or_(Event.status == EventStatus.PLANNED, Event.status == EventStatus.HELD),
                Event.kind != EventKind.MEDIA,
                Event.fan_id.is_not(None),
                Event.headcount.is_(None),
                Event.ends_at <= today,
                Event.ends_at > today - timedelta(days=3),
            )
            .order_by(Event.id)
        )
    )
