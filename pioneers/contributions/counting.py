"""The one definition of what counts as a contribution, for every page that counts them.

A talk counts by itself: a held event at which the pioneer speaks. What was logged counts besides,
unless it tells of such a talk: by its event, or by being of the same sort on the same day, as long
as the pioneer did not say that it was something else. An event that was cancelled counts for
nobody, and a pioneer who says that it did not take place does not count for it.
"""

from datetime import date, time

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, null, or_, select, union_all
from sqlalchemy.orm import aliased

from pioneers import clock
from pioneers.contributions.models import Contribution
from pioneers.contributions.rules import MEDIA, STAGE
from pioneers.events.models import Event, EventKind, EventStatus, Speaker
from pioneers.events.queries import is_held
from pioneers.programmes.models import Programme
from pioneers.reach.models import Occasion

STANDS = Contribution.withdrawn_at.is_(None)


def _called_off() -> ColumnElement[bool]:
    return exists().where(
        Contribution.pioneer_id == Speaker.pioneer_id,
        Contribution.event_id == Speaker.event_id,
        Contribution.took_place.is_(False),
        STANDS,
    )


def _talks(programme: Programme) -> Select[int, object, int, None]:
    return (
        select(
            Speaker.pioneer_id.label("pioneer_id"),
            Occasion.day.label("day"),
            Event.id.label("event_id"),
            null().label("contribution_id"),
        )
        .join(Event, Event.id == Speaker.event_id)
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            Event.programme_id == programme.id,
            is_held(clock.now()),
            ~_called_off().correlate(Speaker),
        )
    )


def _tells_of_a_talk() -> ColumnElement[bool]:
    """Whether something logged tells of a talk that counts by itself."""
    by_event = Contribution.event_id == Event.id
    by_day = and_(
        Contribution.event_id.is_(None),
        Contribution.is_apart.is_(False),
        Occasion.day == Contribution.day,
        or_(
            and_(Contribution.kind.in_(STAGE), Event.kind != EventKind.MEDIA),
            and_(Contribution.kind.in_(MEDIA), Event.kind == EventKind.MEDIA),
        ),
    )
    return exists(
        select(1)
        .select_from(Speaker)
        .join(Event, Event.id == Speaker.event_id)
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            Speaker.pioneer_id == Contribution.pioneer_id,
            is_held(clock.now()),
            or_(by_event, by_day),
        )
        .correlate(Contribution)
    )


def _is_told_by_event() -> ColumnElement[bool]:
    """Whether the same pioneer told of an event of the same sort on that day."""
    other = aliased(Contribution)
    return exists(
        select(1)
        .select_from(other)
        .join(Event, Event.id == other.event_id)
        .where(
            Contribution.event_id.is_(None),
            Contribution.is_apart.is_(False),
            other.pioneer_id == Contribution.pioneer_id,
            other.day == Contribution.day,
            other.withdrawn_at.is_(None),
            other.took_place,
            Event.status != EventStatus.CANCELLED,
            or_(
                and_(Contribution.kind.in_(STAGE), other.kind.in_(STAGE)),
                and_(Contribution.kind.in_(MEDIA), other.kind.in_(MEDIA)),
            ),
        )
        .correlate(Contribution)
    )


def _logged(programme: Programme) -> Select[int, object, int | None, int]:
    own_event = select(Event.id).where(
        Event.id == Contribution.event_id, Event.status == EventStatus.CANCELLED
    )
    return select(
        Contribution.pioneer_id, Contribution.day, Contribution.event_id, Contribution.id
    ).where(
        Contribution.programme_id == programme.id,
        STANDS,
        Contribution.took_place,
        ~exists(own_event.correlate(Contribution)),
        ~_tells_of_a_talk(),
        ~_is_told_by_event(),
    )


def lines(programme: Programme, year: int | None = None) -> Subquery:
    """A row for each contribution that counts (of a year): pioneer_id, day, event_id,
    contribution_id (None for a talk that counts by itself)."""
    talks, logged = _talks(programme), _logged(programme)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        talks = talks.where(
            Occasion.day.between(first, last),
            # the same by the events' index
            Event.starts_at >= clock.from_local(first, time.min),
            Event.starts_at < clock.end_of_day(last),
        )
        logged = logged.where(Contribution.day.between(first, last))
    return union_all(talks, logged).subquery()
