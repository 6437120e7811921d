"""Periodic work of this feature; it commits what it finished, item by item."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.actions import is_on
from pioneers.mail.jobs import Job
from pioneers.programmes.models import Programme
from pioneers.questions.emails import HELPED
from pioneers.questions.models import Outcome, Question, Referral
from pioneers.questions.referring import ask_whether_it_helped
from pioneers.questions.rules import ASK_BACK_AFTER, ASK_BACK_WITHIN


def ask_back(session: Session) -> int:
    """Ask whoever was referred two weeks ago whether it helped, once."""
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
    now = clock.now()
    rows = session.execute(
        select(Referral.id, Question.programme_id)
        .join(Question, Question.id == Referral.question_id)
        .where(
            Referral.asked_back_at.is_(None),
            Referral.helped.is_(None),
            Referral.referred_at <= now - ASK_BACK_AFTER,
            Referral.referred_at > now - ASK_BACK_WITHIN,
            Question.email.is_not(None),
            Question.outcome.is_distinct_from(Outcome.MISUSE),
        )
        .order_by(Referral.id)
    ).all()
    session.commit()  # each referral in a transaction of its own
    return [(referral_id, programme_id) for referral_id, programme_id in rows]


JOBS: tuple[Job, ...] = (Job("questions.ask_back", timedelta(hours=1), ask_back),)
