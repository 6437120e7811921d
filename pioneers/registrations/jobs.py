"""Periodic work of this feature; each commits what it finished, item by item."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.mail.jobs import Job
from pioneers.programmes.models import Programme
from pioneers.registrations import cleaning, emails
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.reminding import REMINDERS, due
from pioneers.registrations.seating import expire_offers, promote

OFFERED = Registration.state == RegistrationState.OFFERED
WAITING = Registration.state == RegistrationState.WAITING


def offers(session: Session) -> int:
    """Let offers lapse that nobody confirmed, and give every free seat to who is next."""
    done = 0
    for event_id in _with_offers_or_room(session):
        event = session.get_one(Event, event_id)
        programme = session.get_one(Programme, event.programme_id)
        done += expire_offers(session, programme=programme, event=event)
        done += promote(session, programme=programme, event=event)
        session.commit()
    return done


def _with_offers_or_room(session: Session) -> list[int]:
    lapsed = exists().where(
        Registration.event_id == Event.id, OFFERED, Registration.offered_until <= clock.now()
    )
    waiting = exists().where(Registration.event_id == Event.id, WAITING)
    room = or_(Event.capacity.is_(None), Event.seats_taken < Event.capacity)
    query = select(Event.id).where(
        Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),  # held: somebody is in early
        Event.starts_at > clock.now(),
        or_(lapsed, waiting & room),
    )
    found = list(session.scalars(query.order_by(Event.id)))
    session.commit()  # each event in a transaction of its own
    return found


def reminders(session: Session) -> int:
    """Remind who is registered, a week and a day before."""
    done = 0
    for reminder in REMINDERS:
        for registration_id in due(session, reminder):
            lead = session.get_one(Registration, registration_id)
            event = session.get_one(Event, lead.event_id)
            programme = session.get_one(Programme, event.programme_id)
            done += emails.reminder(session, reminder.kind, programme, event, lead)
            session.commit()
    session.commit()
    return done


def retention(session: Session) -> int:
    """Note who was absent; delete and empty what is past its time."""
    done = _each(session, cleaning.events_to_close(session), cleaning.note_absent)
    return done + _each(session, cleaning.events_with_leftovers(session), cleaning.clean_event)


def _each(session: Session, event_ids: list[int], act: Callable[[Session, Event], int]) -> int:
    done = 0
    for event_id in event_ids:
        done += act(session, session.get_one(Event, event_id))
        session.commit()
    return done


JOBS: tuple[Job, ...] = (
    Job("registrations.offers", timedelta(minutes=1), offers),
    Job("registrations.reminders", timedelta(minutes=10), reminders),
    Job("registrations.retention", timedelta(hours=6), retention),
)
