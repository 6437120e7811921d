"""Periodic work: the day after, ask hosts how many people there were."""

from datetime import time, timedelta

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.hosting import emails
from pioneers.hosting.queries import uncounted
from pioneers.mail.jobs import Job
from pioneers.planning.recipients import hosts
from pioneers.programmes.models import Programme

MORNING = time(9)  # nobody wants mail about last night's event in the night


def remind_headcounts(session: Session) -> int:
    """Ask the host's contact people once for the number of people; none when it is known."""
    done = 0
    morning = max(clock.now(), clock.from_local(clock.today(), MORNING))
    for event in uncounted(session):
        programme = session.get_one(Programme, event.programme_id)
        for to in hosts(session, programme, event):
            done += emails.tell(
                session,
                emails.HEADCOUNT,
                programme=programme,
                event=event,
                to=to,
                occasion=str(event.id),
                due_at=morning,
            )
        session.commit()
    return done


JOBS: tuple[Job, ...] = (Job("hosting.headcount_reminder", timedelta(hours=1), remind_headcounts),)
