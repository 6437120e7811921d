"""Two at once, with connections of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.audit.models import AuditEntry
from pioneers.db import db
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions.handling import answer, take
from pioneers.questions.models import Question, QuestionMessage, QuestionStatus, ReferredTo
from pioneers.questions.referring import Target, refer, tell_helped
from pioneers.questions.rules import Answer
from tests.factories import make_programme, make_user
from tests.questions.scene import ask_one, run_now

Act = Callable[[Session, Programme, Question, User], object]


@pytest.fixture
def question_id(real_app: Flask) -> int:
    """A question that four people can answer."""
    with real_app.app_context():
        programme = make_programme(db.session)
        run_now(db.session, programme)
        for _ in range(4):
            make_user(db.session, Role.PROJECT_LEADER, programme)
        question = ask_one(db.session, programme)
        db.session.commit()
        return question.id


def at_once(app: Flask, question_id: int, acts: list[Act]) -> list[object]:
    """Each act by somebody else, all at the same moment; refusals come back."""
    start = Barrier(len(acts))

    def work(place: int, act: Act) -> object:
        with app.app_context():
            question = db.session.get_one(Question, question_id)
            programme = db.session.get_one(Programme, question.programme_id)
            user = db.session.scalars(select(User).order_by(User.id)).all()[place]
            db.session.rollback()  # SQLite lets one writer in at a time
            start.wait()
            try:
                done = act(db.session(), programme, question, user)
                db.session.commit()
            except Exception as problem:
                db.session.rollback()
                return problem
            else:
                return done
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        waits = [
            pool.submit(copy_context().run, work, place, act) for place, act in enumerate(acts)
        ]
        return [each.result() for each in waits]


def answering(words: str) -> Act:
    """Somebody answers what they saw when it was new."""

    def act(session: Session, programme: Programme, question: Question, user: User) -> object:
        return answer(
            session,
            programme=programme,
            question=question,
            words=Answer(words),
            version=1,
            sender=user,
        ).text

    return act


def taking(session: Session, programme: Programme, question: Question, user: User) -> object:
    """Somebody takes it."""
    take(session, question=question, user=user)
    return user.id


def count(app: Flask, column: object, *where: object) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count(column)).where(*where))  # type: ignore[arg-type]
        db.session.remove()
        return found or 0


def test_of_four_who_answer_at_once_one_does_and_one_mail_leaves(
    real_app: Flask, question_id: int
) -> None:
    outcomes = at_once(real_app, question_id, [answering(f"Antwoord {n}") for n in range(4)])
    sent = [one for one in outcomes if isinstance(one, str)]
    assert len(sent) == 1
    assert sum(isinstance(one, Stale) for one in outcomes) == 3
    assert count(real_app, QuestionMessage.id) == 1
    assert count(real_app, MailMessage.id, MailMessage.kind == "question.answer") == 1


def test_of_four_who_take_it_at_once_one_does(real_app: Flask, question_id: int) -> None:
    outcomes = at_once(real_app, question_id, [taking] * 4)
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert len(refused) == 3
    (winner,) = [one for one in outcomes if isinstance(one, int)]
    with real_app.app_context():
        question = db.session.get_one(Question, question_id)
        assert (question.responsible_id, question.status) == (winner, QuestionStatus.TAKEN)
        db.session.remove()


def test_a_mailed_button_that_is_pressed_four_times_at_once_counts_once(
    real_app: Flask, question_id: int
) -> None:
    with real_app.app_context():
        question = db.session.get_one(Question, question_id)
        programme = db.session.get_one(Programme, question.programme_id)
        referral = refer(
            db.session,
            programme=programme,
            question=question,
            target=Target(ReferredTo.TOOL, name="Scan"),
            version=question.version,
            sender=db.session.scalars(select(User)).all()[0],
        )
        referral_id = referral.id
        db.session.commit()
        db.session.remove()

    def pressing(session: Session, programme: Programme, _q: Question, _u: User) -> object:
        from pioneers.questions.models import Referral

        found = session.get_one(Referral, referral_id)
        tell_helped(session, programme=programme, referral=found, helped=True, user_id=None)
        return "told"

    assert at_once(real_app, question_id, [pressing] * 4) == ["told"] * 4
    assert count(real_app, AuditEntry.id, AuditEntry.action == "question.helped") == 1
