"""A question comes in: from a card, a talk, the site, mail or a call. No action commits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.events.themes import THEMES
from pioneers.programmes.models import Programme
from pioneers.questions.emails import mail_received
from pioneers.questions.finding import show
from pioneers.questions.models import Question, QuestionStatus
from pioneers.questions.rules import EVIDENCE, NewQuestion, checked_text
from pioneers.questions.team_emails import mail_arrived
from pioneers.questions.working_days import due_day
from pioneers.reach.actions import ContactRefused, check_day, record_contacts
from pioneers.reach.intake import take_in
from pioneers.reach.models import Contact
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
    actor_id: int | None = None,
    may_mail: bool = True,
) -> Question:
    """Put a question on the desk; whoever asked gets one mail that says so, where there is an
    address and `may_mail`, and whoever answers hears of it. Raises Refused (field text):
    text_missing, text_long.
    """
    question = Question(
        programme_id=programme.id,
        asked_by=new.asked_by,
        status=QuestionStatus.NEW,
        text=checked_text(new.text),
        asked_at=clock.now(),
        due_on=due_day(clock.today(), programme.question_term_days),
        token_nonce=new_nonce(),
        name=new.name.strip()[:160],
        company=new.company.strip()[:200],
        email=new.email.strip()[:254] if new.email else None,
        phone=new.phone,
        language="en" if new.language == "en" else "nl",
        theme=new.theme if new.theme in THEMES else "",
        subject=new.subject.strip()[:160],
        wants_call=new.wants_call,
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
    record(
        session,
        "question.asked",
        object_type="question",
        object_id=question.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"asked_by": new.asked_by.value},
    )
    show(session, question)
    _tell(session, programme, question, actor_id, to_asker=may_mail)
    return question


def _tell(
    session: AnySession,
    programme: Programme,
    question: Question,
    actor_id: int | None,
    *,
    to_asker: bool,
) -> None:
    if to_asker:
        mail_received(session, programme=programme, question=question)
    mail_arrived(session, programme=programme, question=question, actor_id=actor_id)


def take_question(
    session: AnySession,
    *,
    programme: Programme,
    new: NewQuestion,
    channel: Channel = Channel.QUESTION,
    pioneer_id: int | None = None,
    fan_id: int | None = None,
    occasion_id: int | None = None,
    known: tuple[int | None, int | None] | None = None,
    actor_id: int | None = None,
    may_mail: bool = True,
) -> Taken:
    """Recognise or add whoever asks, record the contact that asking is, and put it on the desk.

    `known` are the person and the company where nobody has to be recognised. Without a name, an
    address or a company nobody is made; outside the programme's days there is a question but no
    contact. Raises Refused as `ask` does.
    """
    checked_text(new.text)
    person_id, company_id = known or recognise(session, programme, new, actor_id)
    contact_id = None
    if person_id is not None or company_id is not None:
        contact = NewContact(
            day=clock.today(),
            channel=channel,
            evidence=EVIDENCE[new.asked_by],
            person_id=person_id,
            company_id=company_id,
            occasion_id=occasion_id,
            fan_id=fan_id,
            pioneer_id=pioneer_id,
        )
        contact_id = _contact(session, programme, contact, actor_id)
    question = ask(
        session,
        programme=programme,
        new=new,
        person_id=person_id,
        company_id=company_id,
        contact_id=contact_id,
        actor_id=actor_id,
        may_mail=may_mail,
    )
    return Taken(question, person_id, company_id, contact_id)


def recognise(
    session: AnySession, programme: Programme, new: NewQuestion, actor_id: int | None
) -> tuple[int | None, int | None]:
    """The person and the company that a question names; None for what it does not say."""
    if not (new.name.strip() or new.company.strip()):
        return None, None
    claim = Claim(
        company_name=new.company.strip() or None,
        name=parse_name(new.name) if new.name.strip() else None,
        email=new.email.strip().lower() if new.email else None,
        phone=new.phone,
        is_unproven=actor_id is None,
    )
    (taken,) = take_in(
        session, programme=programme, claims=[claim], day=clock.today(), actor_id=actor_id
    )
    return taken.person_id, taken.company_id


def _contact(
    session: AnySession, programme: Programme, contact: NewContact, actor_id: int | None
) -> int | None:
    """The contact of today; somebody who was at the occasion already is there once."""
    try:
        check_day(programme, contact.day)
    except ContactRefused:
        return None
    if contact.occasion_id is not None and contact.person_id is not None:
        known = session.scalar(
            select(Contact.id).where(
                Contact.occasion_id == contact.occasion_id,
                Contact.person_id == contact.person_id,
                Contact.voided_at.is_(None),
            )
        )
        if known is not None:
            return known
    return record_contacts(session, programme=programme, contacts=[contact], actor_id=actor_id)[0]
