"""Writes on registrations."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


def promote(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Offer free seats to the waiting list, in order."""
    del session, programme, event  # nobody can register yet
    return 0


def tell_moved(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Tell everybody registered how the event is now, once for each sequence."""
    del session, programme, event  # nobody can register yet
    return 0


def tell_cancelled(session: AnySession, *, programme: Programme, event: Event) -> int:
    """Tell everybody registered that the event is off, once for each sequence."""
    del session, programme, event  # nobody can register yet
    return 0
