"""What is not kept of questions. None commits.

A programme sets for how many months after closing. Texts, answers, names, addresses and the words
of referrals go, and who it was; number, way, theme, days, outcome, company, pioneer and fan stay,
so that figures do. Drafts for the knowledge base have no names, and stay.
"""

from datetime import time

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.erasing import Erased, erase_person, register_eraser
from pioneers.companies.models import Person
from pioneers.mail.actions import forget_about
from pioneers.programmes.models import Programme
from pioneers.questions.emails import RECORD
from pioneers.questions.finding import hide
from pioneers.questions.handling import note_deed
from pioneers.questions.models import (
    KnowledgeDraft,
    Outcome,
    Question,
    QuestionMessage,
    QuestionStatus,
    Referral,
)
from pioneers.questions.rules import months_before
from pioneers.reach.strangers import is_stranger

AnySession = Session | scoped_session[Session]


def to_clear(session: AnySession) -> list[int]:
    """Questions that were closed longer ago than their programme keeps them; the oldest first."""
    found: list[int] = []
    for programme in session.scalars(select(Programme).order_by(Programme.id)).all():
        first_kept = months_before(clock.today(), programme.question_keep_months)
        found += session.scalars(
            select(Question.id)
            .where(
                Question.programme_id == programme.id,
                Question.cleared_at.is_(None),
                Question.closed_at < clock.from_local(first_kept, time.min),
            )
            .order_by(Question.closed_at, Question.id)
        )
    return found


def clear(session: AnySession, question: Question) -> None:
    """Delete what is past its time; and who asked, where we know them by this question only."""
    session.refresh(question, with_for_update=True)
    if question.cleared_at is not None or question.status != QuestionStatus.CLOSED:
        return  # opened again meanwhile
    person_id = question.person_id
    _strip(session, question)
    note_deed(session, question, "question.cleared", None)
    if person_id is None:
        return
    person = session.get_one(Person, person_id)
    if is_stranger(session, person):
        programme = session.get_one(Programme, question.programme_id)
        erase_person(session, programme=programme, person=person, actor_id=None, origin="worker")


def _strip(session: AnySession, question: Question) -> None:
    question.text = question.subject = question.name = question.company = ""
    question.email = question.phone = question.person_id = question.contact_id = None
    question.cleared_at = clock.now()
    question.version += 1
    session.flush()
    session.execute(delete(QuestionMessage).where(QuestionMessage.question_id == question.id))
    session.execute(update(Referral).where(Referral.question_id == question.id).values(remark=""))
    forget_about(session, record_type=RECORD, record_id=question.id)
    hide(session, question)


@register_eraser
def erase(session: AnySession, erased: Erased) -> None:
    """Clear the questions of somebody who is erased; what was open is closed."""
    asked = select(Question).where(
        Question.programme_id == erased.programme_id,
        or_(Question.person_id.in_(erased.ids), func.lower(Question.email).in_(erased.emails)),
        Question.cleared_at.is_(None),
    )
    for question in session.scalars(asked.order_by(Question.id).with_for_update()).all():
        if question.status != QuestionStatus.CLOSED:
            question.status, question.closed_at = QuestionStatus.CLOSED, clock.now()
            question.outcome = Outcome.NO_REPLY
        _strip(session, question)
        session.execute(  # read over by nobody: a name may still be in it
            delete(KnowledgeDraft).where(
                KnowledgeDraft.question_id == question.id, KnowledgeDraft.version == 1
            )
        )
        note_deed(session, question, "question.cleared", None)
