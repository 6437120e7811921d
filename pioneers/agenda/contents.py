"""What is in a calendar: reads of events for each kind, and what tells whether they changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.agenda.models import Feed, FeedKind
from pioneers.agenda.rules import Stamp, Window, stamp
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.fans.models import Fan
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.rules import STANDING
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Scope:
    """Whose events: the public's, or those of a private feed."""

    programme: Programme
    kind: FeedKind | None = None  # None: everybody's
    record_id: int | None = None

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.kind is None


def scope_of(programme: Programme, feed: Feed) -> Scope:
    """The scope of a private feed."""
    record = feed.fan_id if feed.kind == FeedKind.FAN else feed.pioneer_id
    return Scope(programme, feed.kind, record)


PUBLISHED = and_(
    Event.published_at.is_not(None),
    Event.public_code.is_not(None),
    Event.status != EventStatus.PROPOSED,
)


def public_events(programme: Programme) -> ColumnElement[bool]:
    """Published events of the programme, the cancelled ones among them."""
    return and_(Event.programme_id == programme.id, PUBLISHED)


def within(window: Window) -> ColumnElement[bool]:
    """Not too long ago; and a cancelled one not longer than people need to see that it is."""
    return and_(
        Event.starts_at >= window.past,
        or_(
            Event.status != EventStatus.CANCELLED,
            Event.starts_at >= window.cancelled,
            func.coalesce(Event.cancelled_at, Event.created_at) >= window.cancelled,
        ),
    )


def _asked(pioneer_id: int | None) -> ColumnElement[bool]:
    """This pioneer was asked for the event and has not declined: who proposed another date may
    still come on this one. One that was cancelled meanwhile has withdrawn its requests."""
    return exists().where(
        PioneerRequest.event_id == Event.id,
        PioneerRequest.pioneer_id == pioneer_id,
        or_(
            PioneerRequest.state.in_(STANDING),
            and_(
                PioneerRequest.state == RequestState.WITHDRAWN,
                Event.status == EventStatus.CANCELLED,
            ),
        ),
    )


def _speaks(pioneer_id: int | None) -> ColumnElement[bool]:
    return exists().where(Speaker.event_id == Event.id, Speaker.pioneer_id == pioneer_id)


def _promised(pioneer_id: int | None) -> ColumnElement[bool]:
    """This pioneer speaks there or said to come."""
    accepted = exists().where(
        PioneerRequest.event_id == Event.id,
        PioneerRequest.pioneer_id == pioneer_id,
        PioneerRequest.state == RequestState.ACCEPTED,
    )
    return or_(_speaks(pioneer_id), accepted)


def held_by(scope: Scope, window: Window) -> ColumnElement[bool]:
    """The events of a calendar: those of the scope and never another's."""
    if scope.kind is None:
        return and_(public_events(scope.programme), within(window))
    own = Event.programme_id == scope.programme.id
    if scope.kind == FeedKind.FAN:
        own = and_(own, Event.fan_id == scope.record_id)
    elif scope.kind == FeedKind.PIONEER:
        own = and_(own, or_(_speaks(scope.record_id), _asked(scope.record_id)))
    return and_(own, within(window))


def stamp_of(
    session: AnySession, scope: Scope, window: Window, *, more: tuple[object, ...]
) -> Stamp:
    """Whether anything changed, in one query that reads no event whole; `more` is what else the
    text depends on (language, address of the site)."""
    number = cast(Event.id, BigInteger)
    promised = (
        func.sum(number).filter(_promised(scope.record_id))
        if scope.kind == FeedKind.PIONEER
        else func.count()
    )
    seats = func.count() if scope.is_public else func.sum(number * (Event.seats_taken + 1))
    row = session.execute(
        select(
            func.max(Event.changed_at),
            func.max(Event.created_at),
            func.max(Event.published_at),
            func.max(Event.cancelled_at),
            func.count(),
            func.sum(number),
            func.sum(number * Event.version),
            func.sum(number * Event.sequence),
            seats,
            promised,
            select(func.sum(Fan.version))
            .where(Fan.programme_id == scope.programme.id)
            .scalar_subquery(),
        ).where(held_by(scope, window))
    ).one()
    parts = (*(str(value) for value in row), scope.programme.version, scope.programme.name, *more)
    is_dated = scope.kind != FeedKind.PIONEER
    return stamp(parts, row[:4], day=window.day, is_dated=is_dated)


@dataclass(frozen=True)
class Shown:
    """An event of a calendar: with its host's name, and whether it is not certain yet."""

    event: Event
    host: str
    is_tentative: bool


def events_of(session: AnySession, scope: Scope, window: Window) -> Iterator[Shown]:
    """The events of a calendar, by when they begin."""
    query = select(Event, Fan.name).outerjoin(Fan, Fan.id == Event.fan_id)
    query = query.where(held_by(scope, window)).order_by(Event.starts_at, Event.id)
    if scope.kind != FeedKind.PIONEER:
        for event, host in session.execute(query).yield_per(1000):
            yield Shown(event, host or "", event.status == EventStatus.PROPOSED)
        return
    sure = _promised(scope.record_id).label("sure")
    for event, host, is_sure in session.execute(query.add_columns(sure)):
        yield Shown(event, host or "", event.status == EventStatus.PROPOSED or not is_sure)
