"""Steps of an event that are no change of its facts: confirmed, published, one more speaker."""

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.events.finding import show
from pioneers.events.models import Attendance, Event, EventStatus, Speaker
from pioneers.events.queries import speaker_ids
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import change_occasion
from pioneers.reach.models import Occasion
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]
PUBLIC_CODE = 8  # letters: nobody guesses one of thousands among 31^8


def confirm_event(
    session: AnySession, *, programme: Programme, event: Event, actor_id: int | None
) -> bool:
    """A proposal becomes a planned event; False when it was no proposal any more.

    Raises Refused(cancelled).
    """
    session.refresh(event, with_for_update=True)
    if event.status == EventStatus.CANCELLED:
        raise Refused("cancelled", "status")
    if event.status != EventStatus.PROPOSED:
        return False
    event.status = EventStatus.PLANNED
    event.changed_at = clock.now()
    event.sequence += 1  # it was tentative in calendars
    event.version += 1
    session.flush()
    note(session, event, "event.confirmed", actor_id)
    show(session, programme, event)
    return True


def publish_event(
    session: AnySession, *, programme: Programme, event: Event, actor_id: int | None
) -> bool:
    """Open the public page of a planned event; False when it was open already. Who is in early on
    its day makes no difference.

    The code in its address is for ever: it stands on paper. Raises Refused: not_planned,
    event_passed.
    """
    session.refresh(event, with_for_update=True)
    if event.status not in (EventStatus.PLANNED, EventStatus.HELD):
        raise Refused("not_planned", "status")
    if event.ends_at <= clock.now():
        raise Refused("event_passed", "status")
    if event.published_at is not None:
        return False
    event.public_code = event.public_code or _free_code(session)
    event.published_at = event.changed_at = clock.now()
    event.version += 1
    session.flush()
    note(session, event, "event.published", actor_id)
    show(session, programme, event)
    return True


def add_speaker(
    session: AnySession, *, programme: Programme, event: Event, pioneer_id: int
) -> bool:
    """Put a pioneer behind the other speakers; False when the pioneer is among them already.

    The first speaker gets the attribution. The caller holds the event's row.
    """
    speakers = speaker_ids(session, event)
    if pioneer_id in speakers:
        return False
    _change_speakers(session, programme, event, (*speakers, pioneer_id))
    return True


def remove_speaker(
    session: AnySession, *, programme: Programme, event: Event, pioneer_id: int
) -> bool:
    """A pioneer no longer speaks; False when the pioneer did not. The caller holds the row."""
    speakers = speaker_ids(session, event)
    if pioneer_id not in speakers:
        return False
    rest = tuple(one for one in speakers if one != pioneer_id)
    _change_speakers(session, programme, event, rest)
    return True


def _change_speakers(
    session: AnySession, programme: Programme, event: Event, speakers: tuple[int, ...]
) -> None:
    occasion = session.get_one(Occasion, event.occasion_id)
    moved = change_occasion(
        session,
        programme=programme,
        occasion=occasion,
        day=occasion.day,
        label=occasion.label,
        fan_id=occasion.fan_id,
        pioneer_id=speakers[0] if speakers else None,
        actor_id=None,
    )
    follow(session, moved)
    set_speakers(session, event, speakers)
    event.version += 1
    session.flush()
    show(session, programme, event)


def _free_code(session: AnySession) -> str:
    """A code that no event has; the index guards it, this spares the error."""
    while True:
        code = new_code(PUBLIC_CODE)
        if session.scalar(select(Event.id).where(Event.public_code == code)) is None:
            return code


def follow(session: AnySession, moved: dict[int, int]) -> None:
    """Let the lines of a list point at the contacts that took the place of theirs."""
    if not moved:
        return
    session.connection().execute(
        update(Attendance)
        .where(Attendance.contact_id == bindparam("old"))
        .values(contact_id=bindparam("new")),
        [{"old": old, "new": new} for old, new in moved.items()],
    )
    session.expire_all()


def set_speakers(session: AnySession, event: Event, pioneer_ids: tuple[int, ...]) -> None:
    """Make these pioneers the speakers, in this order."""
    session.execute(delete(Speaker).where(Speaker.event_id == event.id))
    session.add_all(
        Speaker(event_id=event.id, pioneer_id=pioneer_id, position=position)
        for position, pioneer_id in enumerate(dict.fromkeys(pioneer_ids))
    )
    session.flush()


def note(
    session: AnySession,
    event: Event,
    action: str,
    actor_id: int | None,
    origin: str = "web",
    **details: object,
) -> None:
    """What was done to an event, for the log."""
    record(
        session,
        action,
        object_type="event",
        object_id=event.id,
        programme_id=event.programme_id,
        actor_id=actor_id,
        origin=origin,
        details=details,
    )
