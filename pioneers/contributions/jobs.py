"""Periodic work: the morning after, ask pioneers how it went."""

from datetime import time, timedelta

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.contributions import emails
from pioneers.contributions.reminding import talks_to_ask_about
from pioneers.events.models import Event
from pioneers.mail.jobs import Job
from pioneers.planning.recipients import pioneers
from pioneers.programmes.models import Programme

MORNING = time(8)


def ask_how_it_went(session: Session) -> int:
    """Ask once for each pioneer and event; nobody who told already."""
    done = 0
    morning = max(clock.now(), clock.from_local(clock.today(), MORNING))
    for event_id, pioneer_id in talks_to_ask_about(session):
        event = session.get_one(Event, event_id)
        programme = session.get_one(Programme, event.programme_id)
        for to in pioneers(session, programme, [pioneer_id]).values():
            done += emails.ask_how_it_went(
                session,
                programme=programme,
                event=event,
                pioneer_id=pioneer_id,
                to=to,
                due_at=morning,
            )
        session.commit()
    return done


JOBS: tuple[Job, ...] = (
    Job("contributions.morning_after", timedelta(minutes=30), ask_how_it_went),
)
