"""Writes on an event's questions. None commits."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import EventQuestion, QuestionKind, RegistrationAnswer
from pioneers.registrations.noting import note
from pioneers.registrations.queries import questions_of
from pioneers.registrations.rules import choices_of

AnySession = Session | scoped_session[Session]
MOST_QUESTIONS = 6  # registering takes less than a minute


@dataclass(frozen=True)
class QuestionDraft:
    """What is filled in on a question; `choices` has one a line."""

    label: str
    kind: QuestionKind
    choices: str = ""
    is_required: bool = False
    keep_days: int = 14


def add_question(
    session: AnySession, *, event: Event, draft: QuestionDraft, actor_id: int
) -> EventQuestion:
    """Ask one thing more. Raises Refused: choices_missing, too_many_questions."""
    session.refresh(event, with_for_update=True)
    if len(questions_of(session, event)) >= MOST_QUESTIONS:
        raise Refused("too_many_questions", "label", limit=MOST_QUESTIONS)
    last = session.scalar(
        select(func.max(EventQuestion.position)).where(EventQuestion.event_id == event.id)
    )
    question = EventQuestion(
        event_id=event.id, position=(last or 0) + 1, label=draft.label, kind=draft.kind
    )
    _write(question, draft)
    session.add(question)
    session.flush()
    note(session, event, "registration.question_added", actor_id)
    return question


def change_question(
    session: AnySession,
    *,
    event: Event,
    question: EventQuestion,
    draft: QuestionDraft,
    actor_id: int,
) -> None:
    """Ask it differently; answers that were given stay. Raises Refused: choices_missing."""
    _write(question, draft)
    session.flush()
    note(session, event, "registration.question_changed", actor_id)


def remove_question(
    session: AnySession, *, event: Event, question: EventQuestion, actor_id: int
) -> None:
    """Ask it no longer; its answers go with it."""
    session.execute(delete(RegistrationAnswer).where(RegistrationAnswer.question_id == question.id))
    session.delete(question)
    session.flush()
    note(session, event, "registration.question_removed", actor_id)


def _write(question: EventQuestion, draft: QuestionDraft) -> None:
    question.label, question.kind = draft.label, draft.kind
    question.choices = draft.choices
    choices = choices_of(question)
    if draft.kind == QuestionKind.CHOICE and len(choices) < 2:
        raise Refused("choices_missing", "choices")
    question.choices = "\n".join(choices) if draft.kind == QuestionKind.CHOICE else ""
    question.is_required, question.keep_days = draft.is_required, draft.keep_days
