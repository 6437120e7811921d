"""The seats of an event and who waits for them. Every write on them locks the event first.

None of it commits. On PostgreSQL the event's row is locked; on SQLite the transaction that writes
has the database to itself from its beginning.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from pioneers.registrations import emails
from pioneers.registrations.models import HOLDS_SEATS, Registration, RegistrationState
from pioneers.registrations.queries import PARTY, party_of, waiting_parties
from pioneers.registrations.rules import Phase, confirm_until, next_in_line, phase

AnySession = Session | scoped_session[Session]


def lock(session: AnySession, event: Event) -> None:
    """Have the event's seats to oneself until the end of the transaction, and see what stands."""
    session.flush()
    session.refresh(event, with_for_update=True)


def count_seats(session: AnySession, event: Event) -> None:
    """Keep the seats taken; who is let in beyond the capacity takes none that exists."""
    session.flush()
    taken = session.scalar(
        select(func.sum(1 + Registration.guests)).where(
            Registration.event_id == event.id, Registration.state.in_(HOLDS_SEATS)
        )
    )
    seats = int(taken or 0)
    event.seats_taken = seats if event.capacity is None else min(seats, event.capacity)
    session.flush()


def promote(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Give free seats to who waits, in order (see rules); answers how many parties that were.

    They have some time to confirm; with less than a day left they are registered at once.
    """
    lock(session, event)
    if phase(event, clock.now()) != Phase.OPEN:
        return 0
    parties = next_in_line(
        waiting_parties(session, event), capacity=event.capacity, taken=event.seats_taken
    )
    for lead_id in parties:
        _seat(session, programme, event, session.get_one(Registration, lead_id))
    if parties:
        count_seats(session, event)
    return len(parties)


def _seat(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    now = clock.now()
    until = confirm_until(now, event.starts_at)
    state = RegistrationState.REGISTERED if until is None else RegistrationState.OFFERED
    move(session, lead, state, until=until)
    if until is None:
        emails.promoted(session, programme, event, lead)
    else:
        emails.offered(session, programme, event, lead)


def move(
    session: AnySession,
    lead: Registration,
    state: RegistrationState,
    *,
    until: datetime | None = None,
) -> None:
    """Bring a whole party to a state, but for whoever of it is in the room already."""
    now = clock.now()
    for one in party_of(session, lead):
        if one.state == RegistrationState.ATTENDED:
            continue
        one.state, one.offered_until, one.changed_at = state, until, now
        one.cancelled_at = now if state == RegistrationState.CANCELLED else one.cancelled_at
    session.flush()


def expire_offers(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Cancel offers that nobody confirmed in time; answers how many. The seats are free again."""
    lock(session, event)
    if phase(event, clock.now()) == Phase.CANCELLED:
        return 0
    lapsed = session.scalars(
        select(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.state == RegistrationState.OFFERED,
            Registration.offered_until <= clock.now(),
            Registration.lead_id.is_(None),
        )
        .order_by(PARTY)
        .execution_options(populate_existing=True)
    ).all()
    for lead in lapsed:
        move(session, lead, RegistrationState.CANCELLED)
        emails.lapsed(session, programme, event, lead)
    if lapsed:
        count_seats(session, event)
    return len(lapsed)
