"""What the front page leads to."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.programmes.models import Programme

MOST = 40


def with_agenda(session: Session | scoped_session[Session]) -> list[Programme]:
    """Programmes that have something to register for, by name; a cancelled event is nothing."""
    events = select(Event.programme_id).where(
        Event.published_at.is_not(None),
        Event.public_code.is_not(None),
        Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),  # held: somebody is in early
        Event.starts_at > clock.now(),
    )
    query = select(Programme).where(Programme.id.in_(events)).order_by(Programme.name, Programme.id)
    return list(session.scalars(query.limit(MOST)))
