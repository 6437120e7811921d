"""Writes on requests to pioneers. Each tells whom it concerns, in the same transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.sql.selectable import ForUpdateArg

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_names
from pioneers.audit.actions import record
from pioneers.events.models import Event
from pioneers.events.queries import event_day, speaker_ids
from pioneers.events.rules import check_period
from pioneers.events.steps import add_speaker, remove_speaker
from pioneers.mail import actions as mail
from pioneers.planning import emails
from pioneers.planning.checking import check_answerable, check_open, check_serves
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.queries import hindrances, rows_of
from pioneers.planning.recipients import hosts, leaders, pioneers
from pioneers.planning.rules import LONGEST_WORDS, STANDING, Availability
from pioneers.planning.telling import tell_cancelled, tell_moved
from pioneers.profiles.queries import away_on
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused

__all__ = ["tell_cancelled", "tell_moved"]  # by this name to hosts
AnySession = Session | scoped_session[Session]
KEY_SHARED = ForUpdateArg(key_share=True)


def ask(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    pioneer_ids: Sequence[int],
    message: str = "",
    although_away: bool = True,
    actor_id: int | None,
) -> list[PioneerRequest]:
    """Ask pioneers to speak; whoever is asked already, or speaks already, is left alone.

    Raises Refused: event_cancelled, event_begun, pioneer_former, pioneer_ahead, words_long, and
    pioneer_away unless `although_away`; NotFound for a pioneer of another programme.
    """
    session.refresh(event, with_for_update=True)
    check_open(event)
    if len(message) > LONGEST_WORDS:
        raise Refused("words_long", "message", limit=LONGEST_WORDS)
    known = set(speaker_ids(session, event)) | _standing(session, event)
    away = {} if although_away else away_on(session, pioneer_ids, event_day(event))
    made = []
    for pioneer_id in dict.fromkeys(pioneer_ids):
        pioneer = get_pioneer(session, programme, pioneer_id)
        if pioneer_id in known:
            continue
        check_serves(pioneer, event_day(event))
        if pioneer_id in away:
            raise Refused(
                "pioneer_away",
                "although_away",
                name=pioneer_names(session, programme).get(pioneer_id, ""),
                first=away[pioneer_id].from_day,
                last=away[pioneer_id].to_day,
            )
        made.append(_ask_one(session, programme, event, pioneer_id, message, actor_id))
    return made


def _ask_one(
    session: AnySession,
    programme: Programme,
    event: Event,
    pioneer_id: int,
    message: str,
    actor_id: int | None,
) -> PioneerRequest:
    session.execute(  # asked anew: the other date that was proposed no longer stands
        update(PioneerRequest)
        .where(
            PioneerRequest.event_id == event.id,
            PioneerRequest.pioneer_id == pioneer_id,
            PioneerRequest.state == RequestState.OTHER_DATE,
        )
        .values(state=RequestState.WITHDRAWN)
    )
    request = PioneerRequest(
        event_id=event.id,
        pioneer_id=pioneer_id,
        asked_at=clock.now(),
        asked_by_id=actor_id,
        message=message.strip(),
    )
    session.add(request)
    session.flush()
    _note(session, programme, request, "request.asked", actor_id)
    (row,) = rows_of(session, programme, pioneer_id, [request])
    for to in pioneers(session, programme, [pioneer_id]).values():
        emails.mail_asked(
            session,
            programme=programme,
            event=event,
            request=request,
            to=to,
            distance=row.distance,
        )
    return request


def want_pioneer(
    session: AnySession, *, programme: Programme, event: Event, actor_id: int | None
) -> None:
    """The host asks for a pioneer who fits and is free: the project leader sees it and chooses.

    Raises Refused: event_cancelled, event_begun.
    """
    session.refresh(event, with_for_update=True)
    check_open(event)
    if event.wants_pioneer:
        return
    event.wants_pioneer = True
    record(
        session,
        "event.wants_pioneer",
        object_type="event",
        object_id=event.id,
        programme_id=programme.id,
        actor_id=actor_id,
    )


def accept(
    session: AnySession,
    *,
    programme: Programme,
    request: PioneerRequest,
    actor_id: int | None,
    although_booked: bool = False,
) -> bool:
    """The pioneer comes and is a speaker from now on; False when that was said before.

    Raises Refused: see `checking.check_answerable`; double_booked, unless `although_booked`.
    """
    # One's own two stages at once, then one stage's two pioneers at once: in this order always. Not
    # the pioneer's key, since the rows of the other speakers are written anew and point at it.
    session.get_one(Pioneer, request.pioneer_id, with_for_update=KEY_SHARED, populate_existing=True)
    event = _locked(session, request)
    if request.state == RequestState.ACCEPTED:
        return False
    check_answerable(event, request)
    free, others = hindrances(session, request.pioneer_id, event)
    if free != Availability.FREE and not although_booked:
        raise Refused("double_booked", "", title=others[0].title, moment=others[0].starts_at)
    if not _answer(session, request, RequestState.ACCEPTED, answer=""):
        return False
    add_speaker(session, programme=programme, event=event, pioneer_id=request.pioneer_id)
    event.wants_pioneer = False
    _note(session, programme, request, "request.accepted", actor_id)
    _tell_answer(session, programme, event, request)
    for to in pioneers(session, programme, [request.pioneer_id]).values():
        emails.mail_pioneer(
            session,
            emails.COMING,
            programme=programme,
            event=event,
            to=to,
            occasion=str(request.id),
            request=request,
            has_calendar=True,
        )
    return True


def decline(
    session: AnySession,
    *,
    programme: Programme,
    request: PioneerRequest,
    reason: str = "",
    actor_id: int | None,
) -> bool:
    """The pioneer does not come, or no longer; False when that was said before.

    Raises Refused as `accept`; words_long.
    """
    event = _locked(session, request)
    if request.state == RequestState.DECLINED:
        return False
    was_coming = request.state == RequestState.ACCEPTED
    check_answerable(event, request, also=RequestState.ACCEPTED)
    if not _answer(session, request, RequestState.DECLINED, answer=reason):
        return False
    if was_coming:
        remove_speaker(session, programme=programme, event=event, pioneer_id=request.pioneer_id)
    _note(session, programme, request, "request.declined", actor_id)
    _tell_answer(session, programme, event, request)
    return True


def propose_date(
    session: AnySession,
    *,
    programme: Programme,
    request: PioneerRequest,
    day: date,
    hour: time,
    remark: str = "",
    actor_id: int | None,
) -> bool:
    """The pioneer would come at another moment; False when the same was said before.

    Raises Refused: day_passed, words_long, and as `accept` and check_period.
    """
    event = _locked(session, request)
    check_answerable(event, request)
    check_period(day, starts_on=programme.starts_on, ends_on=programme.ends_on)
    moment = clock.from_local(day, hour)
    if moment <= clock.now():
        raise Refused("day_passed", "day")
    if request.state == RequestState.OTHER_DATE and request.proposed_at == moment:
        return False
    _answer(session, request, RequestState.OTHER_DATE, answer=remark, proposed_at=moment)
    _note(session, programme, request, "request.other_date", actor_id)
    _tell_answer(session, programme, event, request)
    return True


def withdraw(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    request: PioneerRequest,
    actor_id: int | None,
) -> bool:
    """Take a request back; the pioneer hears of it, unless the mail had not left yet."""
    session.refresh(event, with_for_update=True)
    session.refresh(request)
    if request.state not in STANDING:
        return False
    speaks = request.state == RequestState.ACCEPTED
    request.state = RequestState.WITHDRAWN
    session.flush()
    if speaks:
        remove_speaker(session, programme=programme, event=event, pioneer_id=request.pioneer_id)
    _note(session, programme, request, "request.withdrawn", actor_id)
    if mail.withdraw(
        session, record_type=emails.RECORD, record_id=request.id, kind=emails.ASKED.key
    ):
        return True
    for to in pioneers(session, programme, [request.pioneer_id]).values():
        emails.mail_pioneer(
            session,
            emails.WITHDRAWN,
            programme=programme,
            event=event,
            to=to,
            occasion=str(request.id),
            has_calendar=speaks,
        )
    return True


def _tell_answer(
    session: AnySession, programme: Programme, event: Event, request: PioneerRequest
) -> None:
    name = pioneer_names(session, programme).get(request.pioneer_id, "")
    told: set[str] = set()
    for to in [*hosts(session, programme, event), *leaders(session, programme)]:
        if to.address in told:
            continue
        told.add(to.address)
        emails.mail_answered(
            session, programme=programme, event=event, request=request, pioneer=name, to=to
        )


def _locked(session: AnySession, request: PioneerRequest) -> Event:
    """The event of a request, held until the transaction ends; the request as it stands now."""
    event = session.get_one(Event, request.event_id, with_for_update=True, populate_existing=True)
    session.refresh(request)
    return event


def _answer(
    session: AnySession,
    request: PioneerRequest,
    state: RequestState,
    *,
    answer: str,
    proposed_at: datetime | None = None,
) -> bool:
    """Turn the state in one conditional statement: of the same answer given twice, one counts."""
    if len(answer) > LONGEST_WORDS:
        raise Refused("words_long", "reason", limit=LONGEST_WORDS)
    changed = session.execute(
        update(PioneerRequest)
        .where(PioneerRequest.id == request.id, PioneerRequest.state == request.state)
        .values(
            state=state,
            answer=answer.strip(),
            answered_at=clock.now(),
            proposed_at=proposed_at,
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(request)
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _note(
    session: AnySession,
    programme: Programme,
    request: PioneerRequest,
    action: str,
    actor_id: int | None,
) -> None:
    record(
        session,
        action,
        object_type="pioneer_request",
        object_id=request.id,
        programme_id=programme.id,
        actor_id=actor_id,
    )


def _standing(session: AnySession, event: Event) -> set[int]:
    return set(
        session.scalars(
            select(PioneerRequest.pioneer_id).where(
                PioneerRequest.event_id == event.id,
                PioneerRequest.state.in_((RequestState.OPEN, RequestState.ACCEPTED)),
            )
        )
    )
