"""Telling the pioneers of an event that it moved or is off. None commits."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.events.wording import Before
from pioneers.mail.kinds import MailKind
from pioneers.planning import emails
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.recipients import concerned, pioneers
from pioneers.planning.rules import STANDING
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


def tell_moved(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    earlier: Before | None = None,
    but_not: int | None = None,
) -> int:
    """Tell the pioneers who speak, or are asked, how the event is now: once for each sequence.

    Who proposed just this moment is asked again: it is the event's own now. `earlier` is how it
    was; `but_not` is a pioneer who hears of it in another mail.
    """
    _ask_again(session, event, but_not)
    return _tell(session, programme, event, emails.MOVED, earlier=earlier, but_not=but_not)


def tell_cancelled(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Tell the pioneers who speak, or are asked, that it is off; no request stands any more."""
    told = _tell(session, programme, event, emails.CANCELLED)
    session.execute(
        update(PioneerRequest)
        .where(PioneerRequest.event_id == event.id, PioneerRequest.state.in_(STANDING))
        .values(state=RequestState.WITHDRAWN)
    )
    event.wants_pioneer = False
    session.flush()
    return told


def _ask_again(session: AnySession, event: Event, but_not: int | None) -> None:
    """A proposal of the moment at which the event is now waits for the pioneer, not for the host.

    The moment stays with the request: it tells the pioneer that this is the date proposed.
    """
    statement = (
        update(PioneerRequest)
        .where(
            PioneerRequest.event_id == event.id,
            PioneerRequest.state == RequestState.OTHER_DATE,
            PioneerRequest.proposed_at == event.starts_at,
        )
        .values(state=RequestState.OPEN)
    )
    if but_not is not None:
        statement = statement.where(PioneerRequest.pioneer_id != but_not)
    session.execute(statement)


def _tell(
    session: AnySession,
    programme: Programme,
    event: Event,
    kind: MailKind,
    *,
    earlier: Before | None = None,
    but_not: int | None = None,
) -> int:
    speakers, asked = concerned(session, event)
    requests = {
        request.pioneer_id: request
        for request in session.scalars(
            select(PioneerRequest)
            .where(PioneerRequest.event_id == event.id, PioneerRequest.state.in_(STANDING))
            .order_by(PioneerRequest.id)
        )
    }
    found = pioneers(session, programme, sorted((speakers | asked) - {but_not}))
    for pioneer_id, to in found.items():
        emails.mail_pioneer(
            session,
            kind,
            programme=programme,
            event=event,
            to=to,
            occasion=f"{event.id}-{event.sequence}",
            request=requests.get(pioneer_id),
            has_calendar=pioneer_id in speakers,
            earlier=earlier,
        )
    return len(found)
