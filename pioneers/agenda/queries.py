"""Reads for the pages of calendars."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.agenda.contents import public_events
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
MOST = 200


@dataclass(frozen=True)
class Listed:
    """A published event as the agenda lists it."""

    event: Event
    host: str

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken, so that only the waiting list is left."""
        event = self.event
        return event.capacity is not None and event.seats_taken >= event.capacity

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not happen."""
        return self.event.status == EventStatus.CANCELLED


def to_come(session: AnySession, programme: Programme) -> list[Listed]:
    """Published events that have not ended, the soonest first; cancelled ones stay, as such."""
    rows = session.execute(
        select(Event, Fan.name)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(public_events(programme), Event.ends_at > clock.now())
        .order_by(Event.starts_at, Event.id)
        .limit(MOST)
    )
    return [Listed(event, host or "") for event, host in rows]
