"""Periodic work of this feature."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards.models import VisitSalt
from pioneers.mail.jobs import Job


def forget_salts(session: Session) -> int:
    """Throw away the salts of days that have passed: whose visits they were can then not be known,
    not by us either."""
    gone = session.execute(delete(VisitSalt).where(VisitSalt.day < clock.today()))
    session.commit()
    return gone.rowcount if isinstance(gone, CursorResult) else 0


JOBS: tuple[Job, ...] = (Job("cards.salts", timedelta(hours=1), forget_salts),)
