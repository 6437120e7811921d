"""Periodic work of this feature; it commits what it finished, item by item."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.actions import is_on
from pioneers.mail.jobs import Job
from pioneers.presses.actions import forget_presses
from pioneers.programmes.models import Programme
from pioneers.questions import cleaning
from pioneers.questions.emails import HELPED
from pioneers.questions.models import Outcome, Question, Referral
from pioneers.questions.referring import ask_whether_it_helped
from pioneers.questions.rules import ASK_BACK_WITHIN, OURS
from pioneers.questions.team_emails import mail_due, mail_late
from pioneers.questions.working_days import due_day, is_working_day

LATELY = timedelta(days=14)  # of what has been late for longer everybody knows


def ask_back(session: Session) -> int:
    """Ask whoever was referred some time ago whether it helped, once."""
    done = 0
    for referral_id, programme_id in _due(session):
        programme = session.get_one(Programme, programme_id)
        if is_on(session, programme.id, HELPED.key):
            referral = session.get_one(Referral, referral_id)
            question = session.get_one(Question, referral.question_id)
            done += ask_whether_it_helped(
                session, programme=programme, question=question, referral=referral
            )
        session.commit()
    return done


def _due(session: Session) -> list[tuple[int, int]]:
    """Referrals of which it is time to ask, by the term of each programme."""
    now, found = clock.now(), []
    for programme_id, days in session.execute(select(Programme.id, Programme.ask_back_days)).all():
        from_then = now - timedelta(days=days)
        rows = session.scalars(
            select(Referral.id)
            .join(Question, Question.id == Referral.question_id)
            .where(
                Question.programme_id == programme_id,
                Referral.asked_back_at.is_(None),
                Referral.helped.is_(None),
                Referral.referred_at <= from_then,
                Referral.referred_at > from_then - ASK_BACK_WITHIN,
                Question.email.is_not(None),
                Question.outcome.is_distinct_from(Outcome.MISUSE),
            )
            .order_by(Referral.id)
        )
        found += [(referral_id, programme_id) for referral_id in rows]
    session.commit()  # each referral in a transaction of its own
    return found


def remind(session: Session) -> int:
    """On a working day, remind of terms that end with this one or the next, and say of those that
    passed lately; each once."""
    today, done = clock.today(), 0
    if not is_working_day(today):
        return 0
    for question_id in _with_a_term(session, today):
        question = session.get_one(Question, question_id)
        programme = session.get_one(Programme, question.programme_id)
        if question.due_on < today:
            done += mail_late(session, programme=programme, question=question)
        elif question.due_on < due_day(today, programme.question_term_days):
            done += mail_due(session, programme=programme, question=question)
        session.commit()
    return done


def _with_a_term(session: Session, today: date) -> list[int]:
    found = session.scalars(
        select(Question.id)
        .where(
            Question.status.in_(OURS),
            Question.due_on.between(today - LATELY, due_day(today, 1)),
        )
        .order_by(Question.id)
    ).all()
    session.commit()  # each question in a transaction of its own
    return list(found)


def retention(session: Session) -> int:
    """Clear questions that were closed long enough ago."""
    found = cleaning.to_clear(session)
    session.commit()
    for question_id in found:
        cleaning.clear(session, session.get_one(Question, question_id))
        session.commit()
    return len(found)


def presses(session: Session) -> int:
    """Forget which public forms were sent some days ago."""
    count = forget_presses(session)
    session.commit()
    return count


JOBS: tuple[Job, ...] = (
    Job("questions.ask_back", timedelta(hours=1), ask_back),
    Job("questions.remind", timedelta(hours=1), remind),
    Job("questions.retention", timedelta(hours=6), retention),
    Job("questions.presses", timedelta(hours=6), presses),
)
