"""The list of a programme's events: filters, rows in order, and what each row says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events import waiting
from pioneers.events.models import Event, EventKind, EventStatus, Speaker
from pioneers.events.queries import named_present, unnamed_heads
from pioneers.events.rules import Course, course, is_uncounted
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from pioneers.reach.models import Occasion
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]


class EventLine(NamedTuple):
    """What a list shows of an event itself."""

    id: int
    title: str
    status: EventStatus
    headcount: int | None
    starts_at: datetime
    ends_at: datetime
    kind: EventKind


@dataclass(frozen=True)
class EventRow:
    """An event as a list shows it; `present` counts the named people."""

    event: EventLine
    day: date
    fan: str | None
    present: int
    course: Course
    uncounted: bool = False
    tags: Sequence[LazyString] = ()  # what else waits about it

    @property
    def unnamed(self) -> int | None:
        """Heads without a name; None as long as nobody counted the room."""
        return unnamed_heads(self.event.headcount, self.present)


@dataclass(frozen=True)
class Filters:
    """Which events a list shows."""

    status: EventStatus | None = None
    year: int | None = None
    fan_id: int | None = None
    pioneer_id: int | None = None
    text: str = ""
    waits: str = ""  # a key of events.waiting.KINDS


def list_events(
    session: AnySession,
    programme: Programme,
    *,
    status: EventStatus | None = None,
    page: int = 1,
    filters: Filters | None = None,
) -> Page[EventRow]:
    """Events: those to come first (the soonest on top), then the others, the newest first."""
    asked = filters or Filters(status=status)
    now = clock.now()
    given = _values(programme, asked) | {"now": now, "before": offset(page)}
    kind = waiting.KINDS.get(asked.waits)
    shape = _shape(asked)
    listed, counted = _lists(shape) if kind is None else _build(shape, kind.condition(now))
    rows = session.execute(listed, given).all()
    # The rows say how many there are in all; a page after the last has none.
    total = rows[0][-1] if rows else session.scalar(counted, given) or 0
    present = named_present(session, [row[0] for row in rows])
    lines = [(EventLine(*line), day, fan) for *line, day, fan, _total in rows]
    tags = waiting.tags_of(session, [line.id for line, _, _ in lines if line.ends_at > now])
    items = [
        _row(line, day, fan, present.get(line.id, 0), tags.get(line.id, ()), now)
        for line, day, fan in lines
    ]
    return Page(items, page, SIZE, total)


def _row(
    line: EventLine,
    day: date,
    fan: str | None,
    present: int,
    tags: Sequence[LazyString],
    now: datetime,
) -> EventRow:
    stands = course(line.status, starts_at=line.starts_at, ends_at=line.ends_at, now=now)
    missing = is_uncounted(line, now)
    return EventRow(line, day, fan, present, stands, missing, tags)


BY_CLOCK = (EventStatus.PLANNED, EventStatus.HELD)  # each has a condition of its own
OTHER = EventStatus.CANCELLED


def _shape(filters: Filters) -> Filters:
    """The filters without what is given as a parameter: lists of one shape share a statement."""
    return Filters(
        status=filters.status if filters.status in BY_CLOCK else filters.status and OTHER,
        year=filters.year and 1,
        fan_id=None if filters.fan_id is None else 1,
        pioneer_id=None if filters.pioneer_id is None else 1,
        text="*" if filters.text else "",
    )


def _values(programme: Programme, filters: Filters) -> dict[str, Any]:
    values: dict[str, Any] = {
        "programme_id": programme.id,
        "status": filters.status,
        "fan_id": filters.fan_id,
        "pioneer_id": filters.pioneer_id,
        "like": f"%{_escaped(filters.text)}%",
    }
    if filters.year is not None:
        values |= {"first": date(filters.year, 1, 1), "last": date(filters.year, 12, 31)}
    return values


@lru_cache(maxsize=64)
def _lists(shape: Filters) -> tuple[Select[*tuple[Any, ...]], Select[int]]:
    """The statements of a page and of the total."""
    return _build(shape)


def _build(
    shape: Filters, *further: ColumnElement[bool]
) -> tuple[Select[*tuple[Any, ...]], Select[int]]:
    wanted = [*_conditions(shape), *further]
    counted = select(func.count()).select_from(Event).join(Occasion).where(*wanted)
    now = bindparam("now", type_=Event.starts_at.type)
    to_come = and_(Event.starts_at >= now, Event.status != EventStatus.CANCELLED)
    listed: Select[*tuple[Any, ...]] = (
        select(
            *(getattr(Event, name) for name in EventLine._fields),
            Occasion.day,
            Fan.name,
            func.count().over(),
        )
        .join(Occasion, Occasion.id == Event.occasion_id)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(*wanted)
        .order_by(
            to_come.desc(),
            case((to_come, Event.starts_at)),
            Event.starts_at.desc(),
            Event.id,
        )
        .limit(SIZE)
        .offset(bindparam("before", type_=Integer))
    )
    return listed, counted


def _conditions(shape: Filters) -> list[Any]:
    wanted: list[Any] = [Event.programme_id == bindparam("programme_id")]
    if shape.status is not None:
        wanted.append(_has_status(shape.status))
    if shape.fan_id is not None:
        wanted.append(Event.fan_id == bindparam("fan_id"))
    if shape.pioneer_id is not None:
        speaks = select(Speaker.event_id).where(Speaker.pioneer_id == bindparam("pioneer_id"))
        wanted.append(Event.id.in_(speaks))
    if shape.year is not None:
        wanted.append(Occasion.day.between(bindparam("first"), bindparam("last")))
    if shape.text:
        like = bindparam("like", type_=String)
        wanted.append(
            or_(Event.title.ilike(like, escape="\\"), Event.place.ilike(like, escape="\\"))
        )
    return wanted


def _has_status(status: EventStatus) -> ColumnElement[bool]:
    now = bindparam("now", type_=Event.ends_at.type)
    if status == EventStatus.HELD:
        return and_(Event.status == EventStatus.HELD, Event.ends_at <= now)
    if status == EventStatus.PLANNED:
        early = and_(Event.status == EventStatus.HELD, Event.ends_at > now)
        return or_(Event.status == EventStatus.PLANNED, early)
    return Event.status == bindparam("status")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_YEAR = extract("year", Occasion.day)
YEARS = (
    select(_YEAR)
    .join(Event, Event.occasion_id == Occasion.id)
    .where(Event.programme_id == bindparam("programme_id"))
    .distinct()
    .order_by(_YEAR.desc())
)


def event_years(session: AnySession, programme: Programme) -> list[int]:
    """The years in which the programme has events, the latest first."""
    return [int(value) for value in session.scalars(YEARS, {"programme_id": programme.id})]
