"""Periodic work of this feature; it commits what it finished, pioneer by pioneer."""

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.mail.jobs import Job
from pioneers.profiles import cleaning
from pioneers.profiles.emails import mail_ending
from pioneers.profiles.ending import endings
from pioneers.programmes.models import Programme

MORNING = time(8)


def retention(session: Session) -> int:
    """Delete photos and quotes whose consent ended long enough ago."""
    found = cleaning.with_leftovers(session)
    session.commit()
    done = 0
    for pioneer_id in found:
        done += cleaning.clean(session, session.get_one(Pioneer, pioneer_id))
        session.commit()
    return done


def consent_ends(session: Session) -> int:
    """Tell pioneers what of them is seen for another month at most, once, in the morning."""
    today, done = clock.today(), 0
    morning = max(clock.now(), clock.from_local(today, MORNING))
    programmes = session.scalars(select(Programme).order_by(Programme.id)).all()
    for programme in programmes:
        for ending in endings(session, programme, today):
            done += mail_ending(session, programme=programme, ending=ending, due_at=morning)
            session.commit()
    session.commit()
    return done


JOBS: tuple[Job, ...] = (
    Job("profiles.consent_ends", timedelta(hours=1), consent_ends),
    Job("profiles.retention", timedelta(hours=6), retention),
)
