"""Periodic work of this feature: following the calendars of fans."""

import structlog
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.agenda.fetching import Fetcher
from pioneers.agenda.outside import EVERY, due, refresh
from pioneers.mail.jobs import Job

log = structlog.get_logger("pioneers.agenda")


def follow_calendars(session: Session, fetcher: Fetcher | None = None) -> int:
    """Fetch the calendars whose turn it is, one by one; how many there were.

    One that we cannot cope with holds up none of the others.
    """
    waiting = due(session, clock.now())
    session.commit()
    for calendar_id in waiting:
        try:
            refresh(session, calendar_id, fetcher or Fetcher())
        except Exception:
            session.rollback()
            log.exception("calendar_failed", calendar=calendar_id)
    return len(waiting)


JOBS: tuple[Job, ...] = (Job("agenda.outside", EVERY, follow_calendars),)
