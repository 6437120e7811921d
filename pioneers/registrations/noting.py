"""What hosts and the worker do with registrations, in the audit log; it names nobody."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.audit.actions import record
from pioneers.events.models import Event


def note(
    session: Session | scoped_session[Session],
    event: Event,
    action: str,
    actor_id: int | None,
    *,
    origin: str = "web",
    **details: object,
) -> None:
    """Add an entry about an event's registrations."""
    record(
        session,
        action,
        object_type="event",
        object_id=event.id,
        programme_id=event.programme_id,
        actor_id=actor_id,
        origin=origin,
        details=details,
    )
