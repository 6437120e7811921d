"""Writes on contributions: logging, correcting, withdrawing, settling. None commits."""

from dataclasses import dataclass
from datetime import date
from typing import IO

from sqlalchemy import delete
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.sql.selectable import ForUpdateArg

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record
from pioneers.contributions.met import meet, take_back
from pioneers.contributions.models import Contribution, LoggedBy
from pioneers.contributions.queries import by_key, events_on, logged_on, of_event
from pioneers.contributions.rooms import give_heads, hand_over, room_of, take_heads_back
from pioneers.contributions.rules import (
    BY_EVENT,
    Draft,
    Terms,
    check_day,
    check_draft,
    is_close,
    same_sort,
)
from pioneers.events.actions import report_headcount
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import event_day, get_event, speaker_ids
from pioneers.media.actions import add_photo as keep_photo
from pioneers.media.models import Photo
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
KEY_SHARED = ForUpdateArg(key_share=True)
LONGEST_KEY = 40


@dataclass(frozen=True)
class Logged:
    """What was logged; not `is_new` when it was told before, and this changed nothing."""

    contribution: Contribution
    is_new: bool


def log(
    session: AnySession,
    *,
    programme: Programme,
    pioneer_id: int,
    draft: Draft,
    client_key: str,
    way: LoggedBy,
    actor_id: int | None,
) -> Logged:
    """Log what a pioneer did. The same `client_key`, and the same event, is the same row.

    The number of people becomes the event's as long as its host gave none. Raises Refused: see
    check_draft and check_day; not_yours, not_begun, event_cancelled, same_day, key_shape.
    """
    if not 0 < len(client_key) <= LONGEST_KEY:
        raise Refused("key_shape")
    check_draft(draft)
    # One pioneer's entries one after another; then the event, as where requests are answered.
    pioneer = session.get_one(
        Pioneer, pioneer_id, with_for_update=KEY_SHARED, populate_existing=True
    )
    if pioneer.programme_id != programme.id:
        raise NotFound
    known = by_key(session, pioneer.id, client_key)
    if known is not None:
        return Logged(known, is_new=False)
    event = None
    if draft.event_id is not None:
        event = own_event(session, programme, pioneer.id, draft.event_id)
        told = of_event(session, pioneer.id, event.id)
        if told is not None:
            return Logged(told, is_new=False)
    made = _add(session, programme, pioneer, event, draft, client_key, way, actor_id)
    if event is not None:
        give_heads(session, programme, event, made, actor_id)
    _note(session, made, "contribution.logged", actor_id)
    return Logged(made, is_new=True)


def own_event(session: AnySession, programme: Programme, pioneer_id: int, event_id: int) -> Event:
    """An event that has begun, at which the pioneer speaks; held until the transaction ends.

    Whether it is somebody else's or does not exist is the same answer: Refused(not_yours). Also
    raises Refused: event_cancelled, not_begun.
    """
    try:
        event = get_event(session, programme, event_id)
    except NotFound:
        raise Refused("not_yours", "answer") from None
    session.refresh(event, with_for_update=True)
    if pioneer_id not in speaker_ids(session, event):
        raise Refused("not_yours", "answer")
    if event.status == EventStatus.CANCELLED:
        raise Refused("event_cancelled", "answer")
    if event.starts_at > clock.now():
        raise Refused("not_begun", "answer")
    return event


def _add(
    session: AnySession,
    programme: Programme,
    pioneer: Pioneer,
    event: Event | None,
    draft: Draft,
    client_key: str,
    way: LoggedBy,
    actor_id: int | None,
) -> Contribution:
    day = event_day(event) if event is not None else _day_of(session, programme, pioneer, draft)
    made = Contribution(
        programme_id=programme.id,
        pioneer_id=pioneer.id,
        kind=draft.kind if event is None else BY_EVENT[event.kind],
        day=day,
        client_key=client_key,
        logged_at=clock.now(),
        logged_by=way,
        title="" if event is not None else draft.title,
        event_id=None if event is None else event.id,
        fan_id=None if event is None else event.fan_id,
        heads=draft.heads if draft.took_place else None,
        took_place=event is None or draft.took_place,
        is_apart=event is None and draft.is_apart,
        link=draft.link,
        remark=draft.remark,
        logged_by_user_id=actor_id,
    )
    if draft.named is not None and made.took_place:
        made.contact_id = meet(
            session,
            programme=programme,
            event=event,
            contribution=made,
            named=draft.named,
            actor_id=actor_id,
        )
    session.add(made)
    session.flush()
    return made


def _day_of(session: AnySession, programme: Programme, pioneer: Pioneer, draft: Draft) -> date:
    """The day of what has no event of ours. Raises Refused: see check_day; same_day."""
    day = draft.day or clock.today()
    terms = Terms(
        clock.today(),
        pioneer.appointed_on,
        pioneer.ended_on,
        programme.starts_on,
        programme.ends_on,
    )
    check_day(day, terms)
    if not draft.is_apart:
        _check_same_day(session, pioneer.id, draft, day)
    return day


def _check_same_day(session: AnySession, pioneer_id: int, draft: Draft, day: date) -> None:
    """Something of the same sort on that day is most likely the same thing."""
    sort = same_sort(draft.kind)
    if not sort:
        return
    for event in events_on(session, pioneer_id, day):
        if BY_EVENT[event.kind] in sort:
            raise Refused("same_day", "kind", title=event.title)
    if logged_on(session, pioneer_id, day, sort) is not None:
        raise Refused("logged_that_day", "kind")


def _held(session: AnySession, contribution: Contribution, version: int) -> None:
    session.refresh(contribution, with_for_update=True)
    if contribution.version != version or contribution.withdrawn_at is not None:
        raise Stale(contribution)


def correct(
    session: AnySession,
    *,
    programme: Programme,
    contribution: Contribution,
    draft: Draft,
    version: int,
    actor_id: int | None,
) -> None:
    """Change the number of people and the words. Raises Stale, and Refused as check_draft."""
    check_draft(draft)
    event = _event_of(session, contribution)
    _held(session, contribution, version)
    if event is not None:
        take_heads_back(session, programme, event, contribution, actor_id, but_for=draft.heads)
        contribution.took_place = draft.took_place
        if not draft.took_place:
            take_back(session, programme, event, contribution, actor_id)
            contribution.contact_id = None
    contribution.heads = draft.heads if draft.took_place else None
    if not _still_settled(programme, contribution):
        contribution.settled_at = contribution.settled_by_id = contribution.settled_heads = None
    contribution.remark, contribution.link = draft.remark, draft.link
    if event is None:
        contribution.title = draft.title
    contribution.version += 1
    session.flush()
    if event is not None:
        give_heads(session, programme, event, contribution, actor_id)
        hand_over(session, programme, event, actor_id)
    _note(session, contribution, "contribution.corrected", actor_id)


def _still_settled(programme: Programme, contribution: Contribution) -> bool:
    """Whether a number that was changed is still about the one that was decided on."""
    heads, settled = contribution.heads, contribution.settled_heads
    both = heads is not None and settled is not None
    return both and is_close(heads or 0, settled or 0, programme.heads_tolerance)


def withdraw(
    session: AnySession,
    *,
    programme: Programme,
    contribution: Contribution,
    version: int,
    actor_id: int | None,
) -> None:
    """Take back what was logged, with what it brought about: the room's number, the contact, the
    photo. A talk that counts by its event goes on counting. Raises Stale."""
    event = _event_of(session, contribution)
    _held(session, contribution, version)
    if event is not None:
        take_heads_back(session, programme, event, contribution, actor_id)
    take_back(session, programme, event, contribution, actor_id)
    contribution.withdrawn_at = clock.now()
    contribution.version += 1
    _drop_photo(session, contribution)
    session.flush()
    if event is not None:
        hand_over(session, programme, event, actor_id)
    _note(session, contribution, "contribution.withdrawn", actor_id)


def settle(
    session: AnySession,
    *,
    programme: Programme,
    contribution: Contribution,
    heads: int,
    version: int,
    actor_id: int | None,
) -> None:
    """Say which number counts where reports differ; the event's follows, and every report of it
    has been decided on.

    Raises Stale, and Refused as report_headcount.
    """
    event = _event_of(session, contribution)
    _held(session, contribution, version)
    if event is None:
        raise NotFound
    report_headcount(session, programme=programme, event=event, heads=heads, actor_id=actor_id)
    for report in room_of(session, programme, event).reports:
        one = report.contribution
        one.gave_headcount = False
        if one.heads is not None or one is contribution:
            one.settled_heads, one.settled_at = heads, clock.now()
            one.settled_by_id = actor_id
            one.version += 1
    session.flush()
    _note(session, contribution, "contribution.settled", actor_id, heads=heads)


def add_photo(
    session: AnySession,
    *,
    contribution: Contribution,
    source: IO[bytes],
    alt: str,
    actor_id: int | None,
) -> Photo:
    """Keep a photo of the room with it, in the place of an earlier one. Raises Refused: see
    media.rules."""
    photo = keep_photo(
        session,
        programme_id=contribution.programme_id,
        source=source,
        crop=None,
        alt=alt,
        actor_id=actor_id,
    )
    _drop_photo(session, contribution)
    contribution.photo_id = photo.id
    session.flush()
    return photo


def _drop_photo(session: AnySession, contribution: Contribution) -> None:
    photo_id, contribution.photo_id = contribution.photo_id, None
    if photo_id is not None:
        session.flush()
        session.execute(delete(Photo).where(Photo.id == photo_id))


def _event_of(session: AnySession, contribution: Contribution) -> Event | None:
    """The event, held; always before the contribution itself."""
    if contribution.event_id is None:
        return None
    return session.get_one(
        Event, contribution.event_id, with_for_update=True, populate_existing=True
    )


def _note(
    session: AnySession,
    contribution: Contribution,
    action: str,
    actor_id: int | None,
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="contribution",
        object_id=contribution.id,
        programme_id=contribution.programme_id,
        actor_id=actor_id,
        details=details,
    )
