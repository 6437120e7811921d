"""Periodic work of this feature; it commits what it finished, pioneer by pioneer."""

from datetime import timedelta

from sqlalchemy.orm import Session

from pioneers.ambassadors.models import Pioneer
from pioneers.mail.jobs import Job
from pioneers.profiles import cleaning


def retention(session: Session) -> int:
    """Delete photos and quotes whose consent ended long enough ago."""
    found = cleaning.with_leftovers(session)
    session.commit()
    done = 0
    for pioneer_id in found:
        done += cleaning.clean(session, session.get_one(Pioneer, pioneer_id))
        session.commit()
    return done


JOBS: tuple[Job, ...] = (Job("profiles.retention", timedelta(hours=6), retention),)
