"""What about an event waits for somebody: each kind is one condition, for the count under
"needs attention" and for the list that it opens. Features above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Attendance, Event, EventKind, EventStatus
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Waiting:
    """Something that waits: its name in the address, its words, and of which events it is true.

    `tag` are the words that a row of the list gets; None when its status says it already.
    """

    key: str
    label: LazyString
    condition: Callable[[datetime], ColumnElement[bool]]
    tag: LazyString | None = None


KINDS: dict[str, Waiting] = {}


def register(waiting: Waiting) -> Waiting:
    """Let the list of events know of something that waits."""
    KINDS[waiting.key] = waiting
    return waiting


def waiting_events(
    session: AnySession, programme: Programme, waiting: Waiting, *, most: int
) -> list[int]:
    """The events of which this is true, the soonest first; counting stops at `most`."""
    query = (
        select(Event.id)
        .where(Event.programme_id == programme.id, waiting.condition(clock.now()))
        .order_by(Event.starts_at, Event.id)
        .limit(most)
    )
    return list(session.scalars(query))


def tags_of(session: AnySession, event_ids: list[int]) -> dict[int, list[LazyString]]:
    """What waits about each of these events, in the words of a tag; the others are left out."""
    tagged = [one for one in KINDS.values() if one.tag is not None]
    if not event_ids or not tagged:
        return {}
    now = clock.now()
    rows = session.execute(
        select(Event.id, *(one.condition(now) for one in tagged)).where(Event.id.in_(event_ids))
    )
    found = {
        event_id: [one.tag for one, said in zip(tagged, waits, strict=True) if said and one.tag]
        for event_id, *waits in rows
    }
    return {event_id: tags for event_id, tags in found.items() if tags}


def _uncounted(now: datetime) -> ColumnElement[bool]:
    listed = exists().where(Attendance.event_id == Event.id)
    return and_(
        Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),
        Event.ends_at <= now,
        Event.kind != EventKind.MEDIA,  # media have no room to count
        or_(Event.headcount.is_(None), ~listed),
    )


UNCOUNTED = register(Waiting("telling", _l("A headcount or list"), _uncounted))
