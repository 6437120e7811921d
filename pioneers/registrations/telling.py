"""Telling everybody who registered: the event moved, was cancelled, or is near. None commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.events.wording import Before
from pioneers.mail.actions import withdraw
from pioneers.programmes.models import Programme
from pioneers.registrations import emails
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.queries import STANDING
from pioneers.registrations.rules import confirm_until
from pioneers.registrations.seating import count_seats, lock, move

AnySession = Session | scoped_session[Session]


def tell_moved(
    session: AnySession, *, programme: Programme, event: Event, earlier: Before | None = None
) -> int:
    """Mail everybody registered, offered or waiting, once for this change of the event.

    `earlier` is how it was. Calendars of who has a seat are changed along. An offer that would end
    too late ends earlier, or becomes a registration when no time to confirm is left. Answers how
    many were told.
    """
    lock(session, event)
    leads = _standing(session, event)
    for lead in leads:
        if lead.state == RegistrationState.OFFERED:
            _hurry(session, programme, event, lead)
        emails.moved(session, programme, event, lead, earlier)
    count_seats(session, event)
    return len(leads)


def tell_cancelled(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Mail everybody registered, offered or waiting that it is off. Mail that waits stays here."""
    lock(session, event)
    leads = _standing(session, event)
    for lead in leads:
        withdraw(session, record_type=emails.RECORD, record_id=lead.id)
        emails.event_cancelled(session, programme, event, lead)
    return len(leads)


def _standing(session: AnySession, event: Event) -> list[Registration]:
    found = session.scalars(
        select(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.lead_id.is_(None),
            Registration.state.in_(STANDING),
        )
        .order_by(Registration.id)
        .execution_options(populate_existing=True)
    )
    return list(found)


def _hurry(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    until = confirm_until(clock.now(), event.starts_at)
    if until is None:
        move(session, lead, RegistrationState.REGISTERED)
        emails.promoted(session, programme, event, lead)
    elif lead.offered_until is not None and until < lead.offered_until:
        move(session, lead, RegistrationState.OFFERED, until=until)
