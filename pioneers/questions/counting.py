"""What is no question counts for nobody: its contact is taken back, and comes back with it."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.questions.models import Question
from pioneers.reach.actions import record_contacts, void_contacts
from pioneers.reach.models import Contact
from pioneers.reach.rules import NewContact, VoidReason

AnySession = Session | scoped_session[Session]


def _own_contact(session: AnySession, question: Question) -> Contact | None:
    """The contact that asking made; being in a room is a contact of its own."""
    if question.contact_id is None:
        return None
    found = session.get_one(Contact, question.contact_id)
    return found if found.occasion_id is None else None


def stop_counting(
    session: AnySession, programme: Programme, question: Question, user_id: int
) -> None:
    """Advertising and misuse make nobody aware."""
    contact = _own_contact(session, question)
    if contact is not None:
        void_contacts(
            session,
            programme=programme,
            contact_ids=[contact.id],
            reason=VoidReason.MISUSE,
            actor_id=user_id,
        )


def count_again(
    session: AnySession, programme: Programme, question: Question, user_id: int
) -> None:
    """It was a question after all: the contact is recorded as it was."""
    contact = _own_contact(session, question)
    if contact is None or contact.voided_at is None:
        return
    again = NewContact(
        day=contact.day,
        channel=contact.channel,
        evidence=contact.evidence,
        person_id=contact.person_id,
        company_id=contact.company_id,
        fan_id=contact.fan_id,
        pioneer_id=contact.pioneer_id,
    )
    (question.contact_id,) = record_contacts(
        session, programme=programme, contacts=[again], actor_id=user_id
    )
