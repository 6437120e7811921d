"""Calendars of fans that are followed: beginning, fetching, stopping."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.agenda.fetching import Fetched, Fetcher, Problem
from pioneers.agenda.following import Outcome, brought, follow, span_of
from pioneers.agenda.models import OutsideCalendar, OutsideEvent
from pioneers.agenda.reading import Reading, read
from pioneers.agenda.slimming import Unreadable
from pioneers.audit.actions import record
from pioneers.events.models import Event
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
EVERY = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=7)
MOST_CALENDARS = 5  # of one fan


@dataclass(frozen=True)
class Listed:
    """A followed calendar as lists show it."""

    calendar: OutsideCalendar
    fan: str
    events: int
    asked: int  # events that wait for somebody to decide


def calendars(
    session: AnySession, programme: Programme, fans: frozenset[int] | None
) -> list[Listed]:
    """The calendars that are followed of these fans (None: of all), by fan and name."""
    query = (
        select(
            OutsideCalendar,
            Fan.name,
            func.count(OutsideEvent.id),
            func.count(OutsideEvent.id).filter(OutsideEvent.attention != ""),
        )
        .join(Fan, Fan.id == OutsideCalendar.fan_id)
        .outerjoin(OutsideEvent, OutsideEvent.calendar_id == OutsideCalendar.id)
        .where(OutsideCalendar.programme_id == programme.id, OutsideCalendar.ended_at.is_(None))
        .group_by(OutsideCalendar.id, Fan.name, Fan.name_key)
        .order_by(Fan.name_key, OutsideCalendar.name, OutsideCalendar.id)
    )
    if fans is not None:
        query = query.where(OutsideCalendar.fan_id.in_(fans))
    return [Listed(*row) for row in session.execute(query)]


def get_calendar(
    session: AnySession, programme: Programme, calendar_id: int, fans: frozenset[int] | None
) -> OutsideCalendar:
    """A calendar that is followed of one of these fans; NotFound otherwise."""
    found = session.scalar(
        select(OutsideCalendar).where(
            OutsideCalendar.id == calendar_id,
            OutsideCalendar.programme_id == programme.id,
            OutsideCalendar.ended_at.is_(None),
        )
    )
    if found is None or (fans is not None and found.fan_id not in fans):
        raise NotFound
    return found


def events_of(session: AnySession, calendar: OutsideCalendar) -> list[tuple[OutsideEvent, Event]]:
    """The events that a calendar brought: what waits for a decision first, then by day."""
    rows = session.execute(
        select(OutsideEvent, Event)
        .join(Event, Event.id == OutsideEvent.event_id)
        .where(OutsideEvent.calendar_id == calendar.id)
        .order_by(OutsideEvent.attention == "", Event.starts_at, Event.id)
        .limit(500)
    )
    return [(link, event) for link, event in rows]


def begin(
    session: AnySession,
    *,
    programme: Programme,
    fan: Fan,
    name: str,
    address: str | None,
    fetched: Fetched,
    reading: Reading,
    actor_id: int,
) -> tuple[OutsideCalendar, Outcome]:
    """Follow a calendar of a fan from now on; its events become proposals.

    Raises Refused: calendar_known, calendars_many.
    """
    session.get_one(Fan, fan.id, with_for_update=True)
    calendar = _reopened(session, fan, address, fetched, reading)
    if calendar is None:
        calendar = OutsideCalendar(
            programme_id=programme.id,
            fan_id=fan.id,
            name=(name or fan.name)[:200],
            created_at=clock.now(),
            address=address,
            created_by_id=actor_id,
        )
        session.add(calendar)
        session.flush()
    note_fetched(calendar, fetched)
    outcome = follow(
        session, programme=programme, calendar=calendar, reading=reading, actor_id=actor_id
    )
    _note(session, calendar, "outside_calendar.followed", actor_id)
    return calendar, outcome


def _reopened(
    session: AnySession, fan: Fan, address: str | None, fetched: Fetched, reading: Reading
) -> OutsideCalendar | None:
    """One that was followed before goes on: so its events are not proposed anew.

    A file is known by its tag, made of what it says: who sends it twice begins once.
    """
    held = list(session.scalars(select(OutsideCalendar).where(OutsideCalendar.fan_id == fan.id)))
    standing = [one for one in held if one.ended_at is None]
    known = next((one for one in held if _is_same(one, address, fetched)), None)
    if known is not None and known.ended_at is None:
        raise Refused("calendar_known", "address")
    told = {(entry.key, entry.starts_at) for entry in reading.entries}
    if told and told <= brought(session, fan.id):
        raise Refused("calendar_known", "address")
    if len(standing) >= MOST_CALENDARS:
        raise Refused("calendars_many", "address", limit=MOST_CALENDARS)
    if known is not None:
        known.ended_at = None
    return known


def _is_same(calendar: OutsideCalendar, address: str | None, fetched: Fetched) -> bool:
    if address is not None or calendar.address is not None:
        return calendar.address == address
    return fetched.etag is not None and calendar.etag == fetched.etag


def note_fetched(calendar: OutsideCalendar, fetched: Fetched) -> None:
    """It went well."""
    calendar.fetched_at = clock.now()
    calendar.problem, calendar.failures = "", 0
    if fetched.body is not None:
        calendar.etag, calendar.last_modified = fetched.etag, fetched.last_modified


def note_problem(calendar: OutsideCalendar, code: str) -> None:
    """It went wrong; it is tried again after a pause that grows."""
    calendar.fetched_at = clock.now()
    calendar.problem = code
    calendar.failures += 1


def end(session: AnySession, *, calendar: OutsideCalendar, actor_id: int) -> None:
    """Stop following a calendar; the events that it brought stay."""
    if calendar.ended_at is not None:
        return
    calendar.ended_at = clock.now()
    _note(session, calendar, "outside_calendar.ended", actor_id)


def settle(session: AnySession, *, calendar: OutsideCalendar, event_id: int) -> None:
    """Somebody decided what to do with an event; NotFound for one of another calendar."""
    link = session.scalar(
        select(OutsideEvent).where(
            OutsideEvent.calendar_id == calendar.id, OutsideEvent.event_id == event_id
        )
    )
    if link is None:
        raise NotFound
    link.attention = ""


def pause_after(failures: int) -> timedelta:
    """How long to wait: an hour, and twice as long after each failure, a week at most."""
    pause: timedelta = EVERY * (1 << min(failures, 10))
    return min(LONGEST_PAUSE, pause)


def due(session: AnySession, now: datetime) -> Sequence[int]:
    """The calendars whose turn it is, the longest waiting first."""
    rows = session.execute(
        select(OutsideCalendar.id, OutsideCalendar.fetched_at, OutsideCalendar.failures)
        .join(Fan, Fan.id == OutsideCalendar.fan_id)
        .where(
            OutsideCalendar.address.is_not(None), OutsideCalendar.ended_at.is_(None), Fan.is_active
        )
        .order_by(OutsideCalendar.fetched_at, OutsideCalendar.id)
    )
    slack = timedelta(minutes=5)  # the job runs every hour, give or take
    return [
        row.id
        for row in rows
        if row.fetched_at is None or row.fetched_at + pause_after(row.failures) - slack <= now
    ]


def refresh(session: Session, calendar_id: int, fetcher: Fetcher) -> Outcome | None:
    """Fetch one calendar and follow what it says; commits. None when there was nothing to do.

    No transaction is open while the other side is asked: on SQLite nobody else could write.
    """
    calendar = session.get(OutsideCalendar, calendar_id)
    if calendar is None or calendar.address is None:
        return None
    address, etag, moment = calendar.address, calendar.etag, calendar.last_modified
    before, programme_id = calendar.fetched_at, calendar.programme_id
    if calendar_id % 7 == clock.today().weekday():
        # Once a week it is read anew although it did not change: what repeats comes into view.
        etag = moment = None
    session.commit()
    code, fetched, reading = "", Fetched(None), None
    try:
        fetched = fetcher.fetch(address, etag=etag, last_modified=moment)
    except Problem as problem:
        code = problem.code
    session.rollback()
    if not code and fetched.body is not None:
        programme = session.get_one(Programme, programme_id)
        span = span_of(programme)
        session.rollback()
        reading, code = looked(fetched, span)
    calendar = session.get_one(OutsideCalendar, calendar_id, with_for_update=True)
    session.refresh(calendar)
    if calendar.ended_at is not None or calendar.fetched_at != before:
        session.rollback()  # somebody else did it, or it was stopped, meanwhile
        return None
    outcome = _followed(session, calendar, fetched, reading, code)
    session.commit()
    return outcome


def _followed(
    session: Session,
    calendar: OutsideCalendar,
    fetched: Fetched,
    reading: Reading | None,
    code: str,
) -> Outcome | None:
    if fetched.body is None and not code:
        note_fetched(calendar, fetched)
        return Outcome()
    return take(
        session, calendar=calendar, fetched=fetched, reading=reading, code=code, actor_id=None
    )


def looked(fetched: Fetched, span: tuple[date, date]) -> tuple[Reading | None, str]:
    """What a calendar says, or why it cannot be read. It may take seconds: begin no transaction
    before it, since nobody else could write meanwhile."""
    try:
        return read(fetched.body or b"", first=span[0], last=span[1]), ""
    except Unreadable as problem:
        return None, problem.code


def take(
    session: AnySession,
    *,
    calendar: OutsideCalendar,
    fetched: Fetched,
    reading: Reading | None,
    code: str,
    actor_id: int | None,
) -> Outcome | None:
    """Follow what a calendar says now; None when it could not be read, which is noted."""
    if reading is None:
        note_problem(calendar, code)
        return None
    programme = session.get_one(Programme, calendar.programme_id)
    outcome = follow(
        session, programme=programme, calendar=calendar, reading=reading, actor_id=actor_id
    )
    if outcome.is_emptied:
        note_problem(calendar, "emptied")
    else:
        note_fetched(calendar, fetched)
    return outcome


def _note(session: AnySession, calendar: OutsideCalendar, action: str, actor_id: int) -> None:
    record(
        session,
        action,
        object_type="outside_calendar",
        object_id=calendar.id,
        programme_id=calendar.programme_id,
        actor_id=actor_id,
        details={"fan_id": calendar.fan_id},
    )
