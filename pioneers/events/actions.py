"""Writes on events: making, changing, cancelling, counting the room. Lists are in attendance.py."""

from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import get_pioneer
from pioneers.events.attendance import (
    correct_attendance,
    record_attendance,
    undo_attendance,
)
from pioneers.events.finding import show
from pioneers.events.models import Attendance, Event, EventStatus
from pioneers.events.queries import counts, event_day, speaker_ids
from pioneers.events.rules import (
    EventDraft,
    channel_of,
    check_draft,
    check_headcount,
    end_day,
    standing_status,
)
from pioneers.events.seats import check_capacity
from pioneers.events.steps import (
    add_speaker,
    confirm_event,
    follow,
    note,
    publish_event,
    set_speakers,
)
from pioneers.events.themes import THEMES
from pioneers.fans.queries import get_fan
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import place_book
from pioneers.programmes.rules import Refused, Stale
from pioneers.reach.actions import (
    change_occasion,
    create_occasion,
    record_headcount,
    void_contacts,
)
from pioneers.reach.models import Contact, Occasion
from pioneers.reach.rules import VoidReason

AnySession = Session | scoped_session[Session]

__all__ = [
    "add_speaker",
    "cancel_event",
    "change_event",
    "confirm_event",
    "correct_attendance",
    "create_event",
    "publish_event",
    "record_attendance",
    "report_headcount",
    "undo_attendance",
]


def create_event(
    session: AnySession,
    *,
    programme: Programme,
    draft: EventDraft,
    actor_id: int | None,
    origin: str = "web",
) -> Event:
    """Add an event with its occasion, speakers and, when it was held, its headcount.

    Raises Refused (see events.rules; also `cancelled_at_once`), and NotFound for a fan or pioneer
    of another programme.
    """
    _check(session, programme, draft)
    occasion = create_occasion(
        session,
        programme=programme,
        day=draft.day,
        channel=channel_of(draft.kind),
        label=draft.title.strip(),
        fan_id=draft.fan_id,
        pioneer_id=draft.pioneer_ids[0] if draft.pioneer_ids else None,
    )
    event = Event(
        programme_id=programme.id,
        occasion_id=occasion.id,
        title=draft.title.strip(),
        kind=draft.kind,
        status=draft.status,
        starts_at=clock.from_local(draft.day, draft.starts),
        ends_at=clock.from_local(end_day(draft.day, draft.starts, draft.ends), draft.ends),
        created_at=clock.now(),
        fan_id=draft.fan_id,
        place=draft.place,
        municipality_code=_municipality(session, draft),
        created_by_id=actor_id,
        description=draft.description.strip(),
        audience=draft.audience.strip(),
        theme=draft.theme,
        address=draft.address.strip(),
        capacity=draft.capacity,
    )
    session.add(event)
    session.flush()
    set_speakers(session, event, draft.pioneer_ids)
    note(session, event, "event.added", actor_id, origin)
    if draft.headcount is not None:
        _count_room(session, programme, event, draft.headcount, actor_id)
    show(session, programme, event)
    return event


def change_event(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    draft: EventDraft,
    version: int,
    actor_id: int | None,
) -> Event:
    """Save over the `version` that the person saw; contacts move along with day, fan and speaker.

    `sequence` rises when what calendars show of moment, place or status changes; telling people is
    hosting's (hosting.actions.change_and_tell). Raises Stale(the event as it stands) when it was
    changed since, and Refused as `create_event`; also `capacity_below_taken`, and `checked_in` and
    `has_attendance` (see rules.standing_status) when people are on its list.
    """
    session.refresh(event, with_for_update=True)
    if event.version != version:
        raise Stale(event)
    _check(session, programme, draft)
    found = counts(session, event)
    ends_at = clock.from_local(end_day(draft.day, draft.starts, draft.ends), draft.ends)
    status = standing_status(
        draft, present=found.present, ends_at=ends_at, now=clock.now(), today=clock.today()
    )
    draft = replace(draft, status=status)
    check_headcount(draft.headcount, named=found.present)
    check_capacity(draft.capacity, seats_taken=event.seats_taken)
    if draft.headcount is None and event.headcount is not None:
        _count_room(session, programme, event, None, actor_id)
    _move(session, programme, event, draft, actor_id)
    if draft.headcount != event.headcount:
        _count_room(session, programme, event, draft.headcount, actor_id)
    event.version += 1
    session.flush()
    note(session, event, "event.changed", actor_id)
    show(session, programme, event)
    return event


def cancel_event(
    session: AnySession, *, programme: Programme, event: Event, version: int, actor_id: int | None
) -> int:
    """Cancel an event: its contacts no longer count and its list is emptied.

    Answers how many contacts were voided. Raises Stale(the event) when it was changed since.
    """
    session.refresh(event, with_for_update=True)
    if event.version != version:
        raise Stale(event)
    if event.status == EventStatus.CANCELLED:
        return 0
    contacts = session.scalars(
        select(Contact.id).where(
            Contact.occasion_id == event.occasion_id, Contact.voided_at.is_(None)
        )
    )
    voided = void_contacts(
        session,
        programme=programme,
        contact_ids=list(contacts),
        reason=VoidReason.EVENT_CANCELLED,
        actor_id=actor_id,
    )
    session.execute(delete(Attendance).where(Attendance.event_id == event.id))
    event.status = EventStatus.CANCELLED
    event.headcount = None
    event.cancelled_at = event.changed_at = clock.now()
    event.sequence += 1
    event.version += 1
    session.flush()
    note(session, event, "event.cancelled", actor_id, contacts=voided)
    return voided


def report_headcount(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    heads: int | None,
    actor_id: int | None,
) -> None:
    """Everybody who was in the room (None: not known). The event has been held by that.

    Raises Refused: cancelled, not_yet_held, headcount_range, headcount_below_named.
    """
    _check_can_be_held(event)
    check_headcount(heads, named=counts(session, event).present)
    if event.headcount == heads and event.status == EventStatus.HELD:
        return
    event.status = EventStatus.HELD
    event.version += 1
    _count_room(session, programme, event, heads, actor_id)
    note(session, event, "event.counted", actor_id, heads=heads)


def _check_can_be_held(event: Event) -> None:
    if event.status == EventStatus.CANCELLED:
        raise Refused("cancelled", "headcount")
    if event_day(event) > clock.today():
        raise Refused("not_yet_held", "headcount", day=event_day(event))


def _check(session: AnySession, programme: Programme, draft: EventDraft) -> None:
    if draft.status == EventStatus.CANCELLED:
        raise Refused("cancelled_at_once", "status")
    check_draft(
        draft, today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
    )
    check_headcount(draft.headcount, named=0)
    check_capacity(draft.capacity, seats_taken=0)
    if draft.theme and draft.theme not in THEMES:
        raise Refused("theme_unknown", "theme")
    if draft.fan_id is not None:
        get_fan(session, programme, draft.fan_id)
    for pioneer_id in draft.pioneer_ids:
        get_pioneer(session, programme, pioneer_id)


def _municipality(session: AnySession, draft: EventDraft) -> str | None:
    """As filled in, else as the place says."""
    return draft.municipality_code or place_book(session).municipality(draft.place)


def _move(
    session: AnySession,
    programme: Programme,
    event: Event,
    draft: EventDraft,
    actor_id: int | None,
) -> None:
    """Write the draft onto the event and its occasion; lines of the list follow their contacts."""
    moved = change_occasion(
        session,
        programme=programme,
        occasion=session.get_one(Occasion, event.occasion_id),
        day=draft.day,
        label=draft.title.strip(),
        fan_id=draft.fan_id,
        pioneer_id=draft.pioneer_ids[0] if draft.pioneer_ids else None,
        actor_id=actor_id,
    )
    follow(session, moved)
    before = _calendar_sees(event)
    event.title, event.kind, event.status = draft.title.strip(), draft.kind, draft.status
    event.starts_at = clock.from_local(draft.day, draft.starts)
    event.ends_at = clock.from_local(end_day(draft.day, draft.starts, draft.ends), draft.ends)
    event.fan_id, event.place = draft.fan_id, draft.place
    event.municipality_code = _municipality(session, draft)
    event.description, event.audience = draft.description.strip(), draft.audience.strip()
    event.theme, event.address = draft.theme, draft.address.strip()
    event.capacity, event.changed_at = draft.capacity, clock.now()
    event.cancelled_at = None  # a draft is never cancelled: who saves one plans it again
    event.sequence += _calendar_sees(event) != before
    if speaker_ids(session, event) != list(draft.pioneer_ids):
        set_speakers(session, event, draft.pioneer_ids)


def _calendar_sees(event: Event) -> tuple[object, ...]:
    """What makes a calendar's entry another one (RFC 5545, 3.8.7.4)."""
    tentative = event.status == EventStatus.PROPOSED
    cancelled = event.status == EventStatus.CANCELLED
    moment = event.starts_at, event.ends_at
    return (*moment, event.place, event.address, tentative, cancelled)


def _count_room(
    session: AnySession, programme: Programme, event: Event, heads: int | None, actor_id: int | None
) -> None:
    event.headcount = heads
    session.flush()
    record_headcount(
        session,
        programme=programme,
        occasion=session.get_one(Occasion, event.occasion_id),
        heads=heads,
        actor_id=actor_id,
    )
