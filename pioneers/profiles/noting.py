"""The log of what was done to a profile: that it was done, never what it says."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record


def note(
    session: Session | scoped_session[Session],
    pioneer: Pioneer,
    action: str,
    actor_id: int | None,
    *,
    origin: str = "web",
    count: int | None = None,
) -> None:
    """Add an entry about a pioneer."""
    record(
        session,
        action,
        object_type="pioneer",
        object_id=pioneer.id,
        programme_id=pioneer.programme_id,
        actor_id=actor_id,
        origin=origin,
        details={} if count is None else {"count": count},
    )
