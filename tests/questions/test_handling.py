"""What the desk does with a question."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions.handling import (
    answer,
    answer_spoken,
    change,
    close,
    receive,
    reopen,
    take,
    write_note,
)
from pioneers.questions.models import Direction, Outcome, Question, QuestionStatus
from pioneers.questions.queries import messages_of
from pioneers.questions.rules import Action, Answer, Details
from pioneers.questions.working_days import due_day
from pioneers.reach.figures import figures as measures
from pioneers.reach.models import Activation, Contact
from pioneers.reach.rules import ActivationStatus, Scope, VoidReason
from tests.factories import Personas
from tests.questions.scene import ask_one


def details(question: Question, **facts: object) -> Details:
    given = {
        name: getattr(question, name)
        for name in ("subject", "theme", "name", "company", "email", "phone", "responsible_id")
    }
    return Details(**given | facts)  # type: ignore[arg-type]


def mails(session: Session, kind: str) -> list[MailMessage]:
    return list(session.scalars(select(MailMessage).where(MailMessage.kind == kind)))


def test_an_answer_is_mailed_and_kept_with_its_mail(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    running.desk_email = "vragen@provincie.example"
    message = answer(
        session,
        programme=running,
        question=question,
        words=Answer("Begin met <b>één</b> ploeg."),
        version=question.version,
        sender=personas.leader,
    )
    (mail,) = mails(session, "question.answer")
    assert (message.mail_id, mail.to_address) == (mail.id, "anne@devries-metaal.example")
    assert mail.reply_to == "vragen@provincie.example"
    assert "Begin met <b>één</b> ploeg." in mail.text
    assert "&lt;b&gt;één" in mail.html
    assert "Hoe laat ik een ploeg zelf roosteren?" in mail.text
    assert question.status == QuestionStatus.ANSWERED
    assert question.answered_at is not None
    assert question.responsible_id == personas.leader.id


def test_without_an_address_of_the_desk_replies_reach_whoever_answered(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    words = Answer("Lees dit.", link="https://kennis.example/rooster", link_title="Roosteren")
    answer(
        session,
        programme=running,
        question=question,
        words=words,
        version=question.version,
        sender=personas.leader,
    )
    (mail,) = mails(session, "question.answer_link")
    assert mail.reply_to == personas.leader.email
    assert 'href="https://kennis.example/rooster"' in mail.html


def test_asking_back_makes_it_their_turn_and_their_reply_ours_with_a_new_term(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    answer(
        session,
        programme=running,
        question=question,
        words=Answer("Hoeveel ploegen zijn het?", asks_back=True),
        version=question.version,
        sender=personas.leader,
    )
    assert question.status == QuestionStatus.WAITING
    assert question.answered_at is None
    with clock.at(clock.now() + timedelta(days=30)):
        receive(session, programme=running, question=question, text="Drie.", user=personas.leader)
        assert question.status == QuestionStatus.TAKEN
        assert question.due_on == due_day(clock.today(), 5)
    kinds = [message.direction for message in messages_of(session, question)]
    assert kinds == [Direction.OUT, Direction.IN]


def test_who_answers_second_is_refused_and_nothing_is_mailed(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    seen = question.version
    answer(
        session,
        programme=running,
        question=question,
        words=Answer("Eerste"),
        version=seen,
        sender=personas.leader,
    )
    with pytest.raises(Stale):
        answer(
            session,
            programme=running,
            question=question,
            words=Answer("Tweede"),
            version=seen,
            sender=personas.leader,
        )
    assert [mail.text.count("Eerste") for mail in mails(session, "question.answer")] == [1]


def test_without_an_address_an_answer_is_told_and_noted(
    session: Session, running: Programme, personas: Personas
) -> None:
    question = ask_one(session, running, email=None)
    with pytest.raises(Refused, match="no_address"):
        answer(
            session,
            programme=running,
            question=question,
            words=Answer("Kan niet"),
            version=question.version,
            sender=personas.leader,
        )
    session.refresh(question)
    answer_spoken(
        session,
        question=question,
        text="Gebeld: begin klein.",
        version=question.version,
        user=personas.leader,
    )
    assert question.status == QuestionStatus.ANSWERED
    assert messages_of(session, question)[0].mail_id is None


def test_only_one_takes_a_question(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    for _ in range(2):
        take(session, question=question, user=personas.leader)
    assert (question.status, question.responsible_id) == (
        QuestionStatus.TAKEN,
        personas.leader.id,
    )
    with pytest.raises(Refused, match="taken_by"):
        take(session, question=question, user=personas.stranger)


def test_a_note_changes_nothing_else(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    write_note(session, question=question, text="Eerst Els vragen.", user=personas.leader)
    assert question.status == QuestionStatus.NEW
    assert messages_of(session, question)[0].direction == Direction.NOTE


def test_an_action_is_proposed_with_the_question_it_came_of(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    kind = session.scalars(
        select(ActivationKind).where(ActivationKind.programme_id == running.id)
    ).one()
    close(
        session,
        programme=running,
        question=question,
        outcome=Outcome.ACTION,
        version=question.version,
        user=personas.leader,
        action=Action(kind_id=kind.id, day=clock.today(), proof="Roosterplan van 1 maart"),
    )
    made = session.get_one(Activation, question.activation_id)
    assert (made.status, made.company_id) == (ActivationStatus.PROPOSED, question.company_id)
    assert (question.status, question.outcome) == (QuestionStatus.CLOSED, Outcome.ACTION)


def test_an_action_that_was_recorded_can_be_pointed_at_and_no_other_companys(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    other = ask_one(session, running, name="Bo Smit", company="Smit", email="bo@smit.example")
    kind = session.scalars(
        select(ActivationKind).where(ActivationKind.programme_id == running.id)
    ).one()
    action = Action(kind_id=kind.id, day=clock.today(), proof="Plan")
    for one in (question, other):
        close(
            session,
            programme=running,
            question=one,
            outcome=Outcome.ACTION,
            version=one.version,
            user=personas.leader,
            action=action if one is question else None or action,
        )
    again = ask_one(session, running, text="Nog een vraag")
    with pytest.raises(Refused, match="not_of_company"):
        close(
            session,
            programme=running,
            question=again,
            outcome=Outcome.ACTION,
            version=again.version,
            user=personas.leader,
            action=Action(activation_id=other.activation_id),
        )
    session.refresh(again)
    close(
        session,
        programme=running,
        question=again,
        outcome=Outcome.ACTION,
        version=again.version,
        user=personas.leader,
        action=Action(activation_id=question.activation_id),
    )
    assert again.activation_id == question.activation_id


def test_an_action_needs_a_company(
    session: Session, running: Programme, personas: Personas
) -> None:
    question = ask_one(session, running, company="", name="", email=None)
    with pytest.raises(Refused, match="company_missing"):
        close(
            session,
            programme=running,
            question=question,
            outcome=Outcome.ACTION,
            version=question.version,
            user=personas.leader,
        )


def test_a_closed_question_opens_again_and_is_not_answered_before(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    close(
        session,
        programme=running,
        question=question,
        outcome=Outcome.NO_REPLY,
        version=question.version,
        user=personas.leader,
    )
    with pytest.raises(Refused, match="question_closed"):
        answer_spoken(
            session, question=question, text="Nog iets", version=1 + 1, user=personas.leader
        )
    session.refresh(question)
    reopen(
        session,
        programme=running,
        question=question,
        version=question.version,
        user=personas.leader,
    )
    assert (question.status, question.outcome, question.closed_at) == (
        QuestionStatus.TAKEN,
        None,
        None,
    )


def test_once_there_is_a_name_somebody_is_recognised(
    session: Session, running: Programme, personas: Personas
) -> None:
    question = ask_one(session, running, company="", name="", email=None)
    change(
        session,
        programme=running,
        question=question,
        details=details(question, name="Anne de Vries", company="De Vries", theme="co_creation"),
        version=question.version,
        user=personas.leader,
    )
    assert question.person_id is not None
    assert question.company_id is not None
    assert question.theme == "co_creation"


def test_a_question_is_handed_to_who_can_answer_it(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    def hand(to: int | None) -> None:
        change(
            session,
            programme=running,
            question=question,
            details=details(question, responsible_id=to),
            version=question.version,
            user=personas.leader,
        )

    hand(personas.leader.id)
    assert question.status == QuestionStatus.TAKEN
    hand(None)
    assert question.status == QuestionStatus.NEW
    for somebody in (personas.viewer, personas.stranger):
        session.flush()
        with pytest.raises(Refused, match="not_responsible"):
            hand(somebody.id)


def test_misuse_makes_nobody_aware_and_a_question_after_all_does(
    session: Session, running: Programme, personas: Personas, question: Question
) -> None:
    scope = Scope(as_of=clock.today())
    assert measures(session, running, scope).people == 1
    close(
        session,
        programme=running,
        question=question,
        outcome=Outcome.MISUSE,
        version=question.version,
        user=personas.leader,
    )
    assert measures(session, running, scope).people == 0
    assert session.get_one(Contact, question.contact_id).void_reason == VoidReason.MISUSE
    reopen(
        session,
        programme=running,
        question=question,
        version=question.version,
        user=personas.leader,
    )
    assert measures(session, running, scope).people == 1
    assert session.get_one(Contact, question.contact_id).voided_at is None
