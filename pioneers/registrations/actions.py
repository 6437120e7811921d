"""What presence changes on a registration. No action commits."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.registrations.models import Registration, RegistrationState

AnySession = Session | scoped_session[Session]


def mark_attended(
    session: AnySession, *, registration: Registration, person_id: int, company_id: int | None
) -> None:
    """The one who registered is there; who that is has been found out."""
    registration.state = RegistrationState.ATTENDED
    registration.offered_until = None
    registration.person_id, registration.company_id = person_id, company_id
    session.flush()


def mark_not_attended(session: AnySession, *, registration: Registration) -> None:
    """The presence was a mistake: the registration stands as before."""
    registration.state = RegistrationState.REGISTERED
    session.flush()
