"""Adding to the audit log."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.models import AuditEntry


def record(
    session: Session | scoped_session[Session],
    action: str,
    *,
    object_type: str,
    object_id: int | None = None,
    programme_id: int | None = None,
    actor_id: int | None = None,
    origin: str = "web",
    details: dict[str, object] | None = None,
) -> None:
    """Note that `actor_id` did `action` to a record. `details` never hold secrets or free text."""
    session.add(
        AuditEntry(
            at=clock.now(),
            action=action,
            object_type=object_type,
            object_id=object_id,
            programme_id=programme_id,
            actor_id=actor_id,
            origin=origin,
            details=details or {},
        )
    )
