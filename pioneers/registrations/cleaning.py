"""What is not kept for ever: answers, details and names of who did not come. None commits.

| what | until |
|---|---|
| answers to an event's questions | the question's own number of days after the event |
| phone number, e-mail address and KVK number of who did not come, and asked for no news | 30 days |
| everything of who cancelled, and asked for no news | 30 days |
| name and company of who did not come, and asked for no news | two years |

Who was there is a person of the programme by then, under the rules of the CRM. The consents' words
stay, without a name, as proof of what was asked.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.registrations.models import (
    EventQuestion,
    Registration,
    RegistrationAnswer,
    RegistrationConsent,
    RegistrationState,
)
from pioneers.registrations.noting import note
from pioneers.registrations.queries import has_attended
from pioneers.registrations.rules import ABSENT_AFTER, DETAILS_LAST, NAMES_LAST, NEWS
from pioneers.registrations.seating import lock

AnySession = Session | scoped_session[Session]
GONE = Registration.state == RegistrationState.CANCELLED
CAME = Registration.state == RegistrationState.ATTENDED
NEWS_WANTED = exists().where(
    RegistrationConsent.registration_id == Registration.id,
    RegistrationConsent.purpose == NEWS,
    RegistrationConsent.withdrawn_at.is_(None),
)
HAS_DETAILS = or_(
    Registration.email.is_not(None),
    Registration.phone.is_not(None),
    Registration.kvk_number.is_not(None),
)


def events_with_leftovers(session: AnySession) -> list[int]:
    """Events that ended, of which something is kept that may have to go; the oldest first."""
    something = or_(
        exists().where(Registration.event_id == Event.id, ~CAME, Registration.name != ""),
        exists().where(
            EventQuestion.event_id == Event.id,
            RegistrationAnswer.question_id == EventQuestion.id,
        ),
    )
    query = select(Event.id).where(Event.ends_at <= clock.now(), something)
    return list(session.scalars(query.order_by(Event.ends_at, Event.id)))


def clean_event(session: AnySession, event: Event) -> int:
    """Delete and empty what is past its time; answers how many answers and registrations. The log
    says how many, never of whom."""
    passed = clock.now() - event.ends_at
    answers = _delete_answers(session, event, passed)
    emptied = 0
    if passed >= DETAILS_LAST:
        emptied += _empty_details(session, event)
        emptied += _empty_names(session, event, GONE)
    if passed >= NAMES_LAST:
        emptied += _empty_names(session, event, ~CAME)
    if answers or emptied:
        note(
            session,
            event,
            "registration.cleaned",
            None,
            origin="worker",
            count=answers + emptied,
        )
    session.flush()
    return answers + emptied


def _delete_answers(session: AnySession, event: Event, passed: timedelta) -> int:
    over = select(EventQuestion.id).where(
        EventQuestion.event_id == event.id, EventQuestion.keep_days <= passed.days
    )
    of = RegistrationAnswer.question_id.in_(over)
    count = session.scalar(select(func.count()).select_from(RegistrationAnswer).where(of)) or 0
    if count:
        session.execute(delete(RegistrationAnswer).where(of))
    return count


def _empty_details(session: AnySession, event: Event) -> int:
    result = session.execute(
        update(Registration)
        .where(Registration.event_id == event.id, ~CAME, ~NEWS_WANTED, HAS_DETAILS)
        .values(email=None, phone=None, kvk_number=None)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def _empty_names(session: AnySession, event: Event, whose: ColumnElement[bool]) -> int:
    result = session.execute(
        update(Registration)
        .where(Registration.event_id == event.id, whose, ~NEWS_WANTED, Registration.name != "")
        .values(name="", company="", place="", email=None, phone=None, kvk_number=None)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def events_to_close(session: AnySession) -> list[int]:
    """Events that ended some days ago with people who registered and of whom nothing was heard."""
    waits = exists().where(
        Registration.event_id == Event.id, Registration.state == RegistrationState.REGISTERED
    )
    query = select(Event.id).where(
        Event.ends_at <= clock.now() - ABSENT_AFTER,
        Event.status != EventStatus.CANCELLED,
        waits,
    )
    return list(session.scalars(query.order_by(Event.id)))


def note_absent(session: AnySession, event: Event) -> int:
    """Who registered and did not check in was not there, where presence was kept at all."""
    lock(session, event)
    if not has_attended(session, event):
        return 0
    result = session.execute(
        update(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.state == RegistrationState.REGISTERED,
        )
        .values(state=RegistrationState.ABSENT)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
