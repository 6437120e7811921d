"""Periodic work of this feature."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards import cleaning
from pioneers.cards.models import Lead, VisitSalt
from pioneers.mail.jobs import Job


def forget_salts(session: Session) -> int:
    """Throw away the salts of days that have passed: whose visits they were can then not be known,
    not by us either."""
    gone = session.execute(delete(VisitSalt).where(VisitSalt.day < clock.today()))
    session.commit()
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def retention(session: Session) -> int:
    """Clear details that were left on cards long enough ago, lead by lead."""
    found = cleaning.to_clear(session)
    session.commit()
    for lead_id in found:
        cleaning.clear(session, session.get_one(Lead, lead_id))
        session.commit()
    return len(found)


JOBS: tuple[Job, ...] = (
    Job("cards.salts", timedelta(hours=1), forget_salts),
    Job("cards.retention", timedelta(hours=6), retention),
)
