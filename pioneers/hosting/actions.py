"""Writes of hosts. Whoever is concerned by a move or a cancellation is told once, by a mail in the
same transaction; agenda and the project leader's pages move and cancel by these too."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.events.actions import cancel_event, change_event, create_event
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import event_day, speaker_ids
from pioneers.events.rules import EventDraft, check_draft, end_day, status_to_edit
from pioneers.events.wording import Before, before
from pioneers.hosting import emails
from pioneers.hosting.queries import hours_taken
from pioneers.hosting.rules import Wish, check_ahead, overlapping, warning_key
from pioneers.mail.kinds import MailKind
from pioneers.planning import actions as planning
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.queries import matches, requests_for
from pioneers.planning.recipients import hosts, leaders
from pioneers.presence.actions import undo_check_in
from pioneers.presence.models import CheckIn
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.reach.keeping import lock
from pioneers.registrations import actions as registrations

AnySession = Session | scoped_session[Session]


def propose(
    session: AnySession,
    *,
    programme: Programme,
    draft: EventDraft,
    wish: Wish,
    although_overlapping: bool = False,
    warned_of: str = "",
    actor_id: int | None,
) -> Event:
    """Propose an event, and ask for a pioneer; the project leaders are told, nobody else.

    Raises Refused as events.actions.create_event and `want`, overlaps, day_passed.
    """
    draft = replace(draft, status=EventStatus.PROPOSED, pioneer_ids=(), headcount=None)
    today = clock.today()
    check_ahead(draft.day, today)
    check_draft(draft, today=today, starts_on=programme.starts_on, ends_on=programme.ends_on)
    if not although_overlapping:
        _check_free(session, programme, draft)
    event = create_event(session, programme=programme, draft=draft, actor_id=actor_id)
    want(
        session,
        programme=programme,
        event=event,
        wish=wish,
        warned_of=warned_of,
        actor_id=actor_id,
    )
    for to in leaders(session, programme):
        emails.tell(
            session,
            emails.PROPOSED,
            programme=programme,
            event=event,
            to=to,
            occasion=str(event.id),
        )
    return event


def want(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    wish: Wish,
    message: str = "",
    warned_of: str = "",
    actor_id: int | None,
) -> list[PioneerRequest]:
    """Ask the pioneer that a host wishes for, or let the project leader choose.

    Raises Refused as planning.actions.ask, and pioneer_unfit unless the host was `warned_of` just
    that (rules.warning_key); NotFound for a pioneer of another programme.
    """
    if wish.who_fits:
        planning.want_pioneer(session, programme=programme, event=event, actor_id=actor_id)
    if wish.pioneer_id is None:
        return []
    _check_fits(session, programme, event, wish.pioneer_id, warned_of)
    return planning.ask(
        session,
        programme=programme,
        event=event,
        pioneer_ids=[wish.pioneer_id],
        message=message,
        actor_id=actor_id,
    )


def _check_fits(
    session: AnySession, programme: Programme, event: Event, pioneer_id: int, warned_of: str
) -> None:
    for match in matches(session, programme, event):
        if match.pioneer_id != pioneer_id or not match.hindrances or match.is_asked:
            continue
        key = warning_key(pioneer_id, match.hindrances)
        if key != warned_of:
            raise Refused(
                "pioneer_unfit",
                "although_unfit",
                name=match.name,
                reasons=match.hindrances,
                key=key,
            )


def change_and_tell(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    draft: EventDraft,
    version: int,
    actor_id: int | None,
    by_host: bool = False,
    but_not: int | None = None,
) -> Event:
    """Change an event; when its moment, place or status moved, everybody concerned is told once.

    A larger room offers its seats to the waiting list. A pioneer who was taken off the speakers is
    told by withdrawing the request. Raises Stale and Refused as events.actions.change_event;
    day_passed when a host moves it into the past. `but_not` is a pioneer who is told otherwise.
    """
    was, earlier = _seen(event), before(event)
    if by_host and draft.day != event_day(event):
        check_ahead(draft.day, clock.today())
    change_event(
        session,
        programme=programme,
        event=event,
        draft=draft,
        version=version,
        actor_id=actor_id,
    )
    _withdraw_removed(session, programme, event, actor_id)
    if _seen(event) != was and event.ends_at > clock.now():
        planning.tell_moved(
            session, programme=programme, event=event, earlier=earlier, but_not=but_not
        )
        registrations.tell_moved(session, programme=programme, event=event, earlier=earlier)
        _tell_staff(session, emails.MOVED, programme, event, actor_id, earlier)
        if by_host and event.status != EventStatus.PROPOSED:
            _note_move(session, event, actor_id)
    registrations.promote(session, programme=programme, event=event)
    return event


def cancel_and_tell(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    version: int | None = None,
    actor_id: int | None,
) -> int:
    """Cancel an event (the `version` seen; None: as it stands) and tell everybody concerned once.

    Who was checked in was at nothing: their contacts are voided, their check-ins undone, and they
    are told like everybody else who registered. Answers how many contacts no longer count.
    Cancelling twice is cancelling once. Raises Stale.
    """
    lock(session, programme)  # in the order of who checks people in: programme, event, registration
    session.refresh(event, with_for_update=True)
    if event.status == EventStatus.CANCELLED:
        return 0
    is_to_come = event.ends_at > clock.now()
    voided = cancel_event(
        session,
        programme=programme,
        event=event,
        version=event.version if version is None else version,
        actor_id=actor_id,
    )
    _undo_check_ins(session, programme, event, actor_id)
    if is_to_come:
        planning.tell_cancelled(session, programme=programme, event=event)
        registrations.tell_cancelled(session, programme=programme, event=event)
        _tell_staff(session, emails.CANCELLED, programme, event, actor_id)
    return voided


def _undo_check_ins(
    session: AnySession, programme: Programme, event: Event, actor_id: int | None
) -> None:
    """After its contacts were voided: registrations stand as they did before the door opened."""
    keys = session.scalars(
        select(CheckIn.client_key)
        .where(CheckIn.event_id == event.id, CheckIn.undone_at.is_(None))
        .order_by(CheckIn.id)
    )
    for key in keys.all():
        undo_check_in(
            session, programme=programme, event=event, client_key=key, by_user_id=actor_id
        )


def take_date(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    request: PioneerRequest,
    draft: EventDraft | None = None,
    version: int,
    by_host: bool,
    actor_id: int | None,
) -> bool:
    """Move an event to the moment that a pioneer proposed, and let that pioneer come then.

    A `draft` changes more than the moment; when it moves to yet another moment, the pioneer is
    told like everybody else, and the proposal stands. False when the proposal no longer stands.
    Raises Stale and Refused as `change_and_tell`.
    """
    session.refresh(event, with_for_update=True)
    session.refresh(request)
    if event.version != version:
        raise Stale(event)
    if request.state != RequestState.OTHER_DATE or request.proposed_at is None:
        return False
    if draft is None:
        draft = draft_then(session, event, request.proposed_at)
    if clock.from_local(draft.day, draft.starts) != request.proposed_at:
        change_and_tell(
            session,
            programme=programme,
            event=event,
            draft=draft,
            version=version,
            by_host=by_host,
            actor_id=actor_id,
        )
        return True
    change_and_tell(
        session,
        programme=programme,
        event=event,
        draft=draft,
        version=version,
        by_host=by_host,
        but_not=request.pioneer_id,
        actor_id=actor_id,
    )
    return planning.accept(
        session, programme=programme, request=request, although_booked=True, actor_id=actor_id
    )


def draft_then(session: AnySession, event: Event, moment: datetime) -> EventDraft:
    """An event as a draft that moves it to another moment, and lasts as long."""
    begin, end = clock.local(moment), clock.local(moment + (event.ends_at - event.starts_at))
    return replace(draft_of(session, event), day=begin.date(), starts=begin.time(), ends=end.time())


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
        status=status_to_edit(event, clock.now()),
        headcount=event.headcount,
        description=event.description,
        audience=event.audience,
        theme=event.theme,
        address=event.address,
        capacity=event.capacity,
    )


def _check_free(session: AnySession, programme: Programme, draft: EventDraft) -> None:
    starts_at = clock.from_local(draft.day, draft.starts)
    ends_at = clock.from_local(end_day(draft.day, draft.starts, draft.ends), draft.ends)
    other = overlapping(starts_at, ends_at, hours_taken(session, programme, draft.fan_id))
    if other is not None:
        raise Refused("overlaps", "although", title=other.title)


def _seen(event: Event) -> tuple[object, ...]:
    """What people have to hear of when it changes."""
    off = event.status == EventStatus.CANCELLED
    return event.starts_at, event.ends_at, event.place, event.address, off


def _withdraw_removed(
    session: AnySession, programme: Programme, event: Event, actor_id: int | None
) -> None:
    speakers = set(speaker_ids(session, event))
    for row in requests_for(session, programme, event):
        if row.request.state == RequestState.ACCEPTED and row.request.pioneer_id not in speakers:
            planning.withdraw(
                session, programme=programme, event=event, request=row.request, actor_id=actor_id
            )


def _tell_staff(
    session: AnySession,
    kind: MailKind,
    programme: Programme,
    event: Event,
    actor_id: int | None,
    earlier: Before | None = None,
) -> None:
    """Host and project leaders, except whoever did it."""
    told: set[str] = set()
    for to in [*hosts(session, programme, event), *leaders(session, programme)]:
        if to.address in told or (to.user_id is not None and to.user_id == actor_id):
            continue
        told.add(to.address)
        occasion = f"{event.id}-{event.sequence}"
        emails.tell(
            session,
            kind,
            programme=programme,
            event=event,
            to=to,
            occasion=occasion,
            earlier=earlier,
        )


def _note_move(session: AnySession, event: Event, actor_id: int | None) -> None:
    record(
        session,
        "event.moved_by_host",
        object_type="event",
        object_id=event.id,
        programme_id=event.programme_id,
        actor_id=actor_id,
    )
