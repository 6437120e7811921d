"""Having been there: what a check-in does to a registration. None commits."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.registrations import queries
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.seating import count_seats, lock

AnySession = Session | scoped_session[Session]


def mark_attended(
    session: AnySession,
    *,
    registration: Registration,
    person_id: int | None,
    company_id: int | None,
) -> None:
    """Somebody who registered was there, and is this person of this company.

    Also who waited or had cancelled and came all the same: whoever is in the room is in the room.
    """
    event = session.get_one(Event, registration.event_id)
    lock(session, event)
    session.refresh(registration)
    registration.person_id, registration.company_id = person_id, company_id
    if registration.state == RegistrationState.ATTENDED or _is_replaced(
        session, event, registration
    ):
        session.flush()
        return
    registration.state, registration.offered_until = RegistrationState.ATTENDED, None
    registration.changed_at = clock.now()
    count_seats(session, event)


def mark_not_attended(session: AnySession, *, registration: Registration) -> None:
    """A check-in was undone: the registration stands as before."""
    event = session.get_one(Event, registration.event_id)
    lock(session, event)
    session.refresh(registration)
    if registration.state != RegistrationState.ATTENDED:
        return
    cancelled = registration.cancelled_at is not None
    registration.state = RegistrationState.CANCELLED if cancelled else RegistrationState.REGISTERED
    registration.person_id = registration.company_id = None
    registration.changed_at = clock.now()
    count_seats(session, event)


def _is_replaced(session: AnySession, event: Event, registration: Registration) -> bool:
    """Whether a cancelled registration was followed by another one with the same address."""
    if registration.state != RegistrationState.CANCELLED or not registration.email:
        return False
    return queries.by_email(session, event, registration.email) is not None
