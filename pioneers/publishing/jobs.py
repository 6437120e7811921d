"""Periodic work of this feature: what was planned goes to the site, or off it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from pioneers.mail.jobs import Job
from pioneers.publishing.writing import do_due, due_pages


def publish_due(session: Session) -> int:
    """Do what was planned, text by text."""
    found = due_pages(session)
    session.commit()
    done = 0
    for page_id in found:
        done += do_due(session, page_id)
        session.commit()
    return done


JOBS: tuple[Job, ...] = (Job("publishing.due", timedelta(minutes=1), publish_due),)
