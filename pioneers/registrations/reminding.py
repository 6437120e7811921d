"""Who is due a reminder: a week before and a day before, at most these two. Nothing is written."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.mail.actions import is_on
from pioneers.mail.kinds import MailKind
from pioneers.mail.models import MailMessage
from pioneers.registrations import kinds
from pioneers.registrations.emails import RECORD
from pioneers.registrations.models import Registration, RegistrationState

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Reminder:
    """A reminder: how long before the start it is due, and until when it still makes sense."""

    kind: MailKind
    before: timedelta
    no_later: timedelta


REMINDERS = (
    Reminder(kinds.REMINDER_WEEK, timedelta(days=7), timedelta(days=5)),
    Reminder(kinds.REMINDER_DAY, timedelta(days=1), timedelta(hours=2)),
)


def due(session: AnySession, reminder: Reminder) -> list[int]:
    """Registrations that are due this reminder and never got it, in order.

    None for who registered, changed or got a seat after its moment: they know. An event that moves
    gives nobody a reminder twice.
    """
    now = clock.now()
    events = session.scalars(
        select(Event).where(
            Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),  # held: somebody is in early
            Event.starts_at <= now + reminder.before,
            Event.starts_at > now + reminder.no_later,
        )
    )
    found: list[int] = []
    for event in events.all():
        if is_on(session, event.programme_id, reminder.kind.key):
            found += _of_event(session, event, reminder)
    return found


def _of_event(session: AnySession, event: Event, reminder: Reminder) -> list[int]:
    sent = exists().where(
        MailMessage.record_type == RECORD,
        MailMessage.record_id == Registration.id,
        MailMessage.kind == reminder.kind.key,
    )
    knows_since = func.coalesce(Registration.changed_at, Registration.registered_at)
    query = select(Registration.id).where(
        Registration.event_id == event.id,
        Registration.state == RegistrationState.REGISTERED,
        Registration.lead_id.is_(None),
        Registration.email.is_not(None),
        knows_since < event.starts_at - reminder.before,
        ~sent,
    )
    return list(session.scalars(query.order_by(Registration.id)))
