"""A question comes in. No action commits."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.questions.models import Question, QuestionStatus
from pioneers.questions.rules import NewQuestion
from pioneers.reach.actions import ContactRefused, check_day, record_contacts
from pioneers.reach.intake import take_in
from pioneers.reach.rules import Channel, NewContact
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Taken:
    """A question that was taken in: who asked as far as known, and the contact that it made."""

    question: Question
    person_id: int | None
    company_id: int | None
    contact_id: int | None


def ask(
    session: AnySession,
    *,
    programme: Programme,
    new: NewQuestion,
    person_id: int | None = None,
    company_id: int | None = None,
    contact_id: int | None = None,
    actor_id: int | None = None,  # noqa: ARG001 - the contract's
) -> Question:
    """Put a question on the desk."""
    question = Question(
        programme_id=programme.id,
        asked_by=new.asked_by,
        status=QuestionStatus.NEW,
        text=new.text,
        asked_at=clock.now(),
        due_on=clock.today() + timedelta(days=7),
        token_nonce=new_nonce(),
        name=new.name,
        company=new.company,
        email=new.email,
        phone=new.phone,
        language=new.language,
        wants_call=new.wants_call,
        theme=new.theme,
        person_id=person_id,
        company_id=company_id,
        contact_id=contact_id,
        pioneer_id=new.pioneer_id,
        fan_id=new.fan_id,
        event_id=new.event_id,
        consent_version=new.consent_version,
        consent_wording=new.consent_wording,
    )
    session.add(question)
    session.flush()
    return question


def take_question(
    session: AnySession,
    *,
    programme: Programme,
    new: NewQuestion,
    channel: Channel = Channel.QUESTION,
    pioneer_id: int | None = None,
    fan_id: int | None = None,
    occasion_id: int | None = None,
    actor_id: int | None = None,
) -> Taken:
    """Recognise or add whoever asks, record the contact that asking is, and put it on the desk."""
    claim = Claim(
        company_name=new.company or None,
        name=parse_name(new.name) if new.name else None,
        email=new.email,
        phone=new.phone,
    )
    (taken,) = take_in(
        session, programme=programme, claims=[claim], day=clock.today(), actor_id=actor_id
    )
    contact = NewContact(
        day=clock.today(),
        channel=channel,
        evidence=Evidence.SELF_DECLARED,
        person_id=taken.person_id,
        company_id=taken.company_id,
        occasion_id=occasion_id,
        fan_id=fan_id,
        pioneer_id=pioneer_id,
    )
    contact_id = None
    try:
        check_day(programme, contact.day)
    except ContactRefused:
        pass
    else:
        (contact_id,) = record_contacts(
            session, programme=programme, contacts=[contact], actor_id=actor_id
        )
    question = ask(
        session,
        programme=programme,
        new=new,
        person_id=taken.person_id,
        company_id=taken.company_id,
        contact_id=contact_id,
    )
    return Taken(question, taken.person_id, taken.company_id, contact_id)
