"""Changing and cancelling an event so that everybody concerned is told."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.actions import cancel_event, change_event
from pioneers.events.models import Event
from pioneers.events.queries import speaker_ids
from pioneers.events.rules import EventDraft
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


def change_and_tell(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    draft: EventDraft,
    version: int,
    actor_id: int | None,
) -> Event:
    """Change an event. Raises Stale and Refused as events.actions.change_event."""
    return change_event(
        session,
        programme=programme,
        event=event,
        draft=draft,
        version=version,
        actor_id=actor_id,
    )


def cancel_and_tell(
    session: AnySession, *, programme: Programme, event: Event, actor_id: int | None
) -> int:
    """Cancel an event; answers how many contacts no longer count."""
    return cancel_event(
        session, programme=programme, event=event, version=event.version, actor_id=actor_id
    )


def draft_of(session: AnySession, event: Event) -> EventDraft:
    """An event as a draft that changes nothing."""
    begin, end = clock.local(event.starts_at), clock.local(event.ends_at)
    return EventDraft(
        title=event.title,
        day=begin.date(),
        kind=event.kind,
        fan_id=event.fan_id,
        pioneer_ids=tuple(speaker_ids(session, event)),
        starts=begin.time(),
        ends=end.time(),
        place=event.place,
        municipality_code=event.municipality_code,
        status=event.status,
        headcount=event.headcount,
    )
