"""Where a pioneer spoke lately: what a question may have been asked at."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
LATELY = timedelta(days=60)
FRESH = timedelta(days=3)  # after that the question was probably asked elsewhere


def recent_talks(session: AnySession, programme: Programme, pioneer_id: int) -> list[Event]:
    """The last three events at which a pioneer spoke, the latest first."""
    now = clock.now()
    return list(
        session.scalars(
            select(Event)
            .join(Speaker, Speaker.event_id == Event.id)
            .where(
                Event.programme_id == programme.id,
                Speaker.pioneer_id == pioneer_id,
                Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),
                Event.starts_at <= now,
                Event.starts_at > now - LATELY,
            )
            .order_by(Event.starts_at.desc(), Event.id.desc())
            .limit(3)
        )
    )


def probable_talk(talks: list[Event]) -> str:
    """The talk that a question was probably asked at, for a list to choose from; '' for none."""
    fresh = talks and talks[0].starts_at > clock.now() - FRESH
    return str(talks[0].id) if fresh else ""
