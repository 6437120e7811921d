"""Answering by the page: the form, texts at hand, two people at once."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.questions.models import Question, QuestionMessage, QuestionStatus
from pioneers.questions.register import ReplyDraft, add_reply_text
from tests.client import log_in
from tests.factories import Personas
from tests.questions.scene import ask_one

DESK = "/p/overijssel/vragen"


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


def answers(session: Session) -> int:
    query = select(func.count(MailMessage.id)).where(MailMessage.kind.startswith("question.answer"))
    return session.scalar(query) or 0


def test_an_answer_leaves_by_mail_and_stands_in_the_thread(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    data = {"text": "Begin klein.", "way": "answer", "version": str(question.version)}
    page = leader.post(f"{DESK}/{question.id}/antwoord", data=data, follow_redirects=True).text
    assert "Het antwoord is onderweg." in page
    assert "Begin klein." in page
    assert answers(session) == 1


def test_the_second_of_two_sees_what_was_sent_and_keeps_the_own_words(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    seen = {"way": "answer", "version": str(question.version)}
    path = f"{DESK}/{question.id}/antwoord"
    assert leader.post(path, data=seen | {"text": "De eerste"}).status_code == 303
    second = leader.post(path, data=seen | {"text": "De tweede"})
    assert second.status_code == 409
    assert "Van u is niets gemaild" in second.text
    assert "De eerste" in second.text
    assert ">\nDe tweede</textarea>" in second.text.replace("\r\n", "\n")
    assert answers(session) == 1
    session.refresh(question)
    again = seen | {"text": "De tweede", "version": str(question.version)}
    assert leader.post(path, data=again).status_code == 303  # a choice, made with open eyes
    assert answers(session) == 2


def test_who_else_took_it_is_said_before_one_writes(
    leader: FlaskClient, session: Session, question: Question, personas: Personas
) -> None:
    from pioneers.accounts.rules import Role
    from tests.factories import make_user

    programme = session.get_one(Programme, question.programme_id)
    other = make_user(session, Role.PROJECT_LEADER, programme, name="Hugo Brinks")
    question.responsible_id, question.status = other.id, QuestionStatus.TAKEN
    session.flush()
    page = leader.get(f"{DESK}/{question.id}/antwoord").text
    assert "Hugo Brinks heeft deze vraag opgepakt" in page


def test_a_text_is_put_in_with_one_press(
    leader: FlaskClient, session: Session, question: Question, running: Programme
) -> None:
    draft = ReplyDraft("Klein beginnen", "Begin met één ploeg.")
    text = add_reply_text(session, programme=running, draft=draft, user_id=None)
    page = leader.get(f"{DESK}/{question.id}/antwoord?tekst={text.id}").text
    assert "Begin met één ploeg.</textarea>" in page
    assert leader.get(f"{DESK}/{question.id}/antwoord?tekst=999999").status_code == 404


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"text": "", "way": "answer"}, 'id="text-error"'),
        ({"text": "x" * 4001, "way": "answer"}, 'id="text-error"'),
        ({"text": "Zie", "way": "answer", "link": "javascript:alert(1)"}, 'id="link-error"'),
        ({"text": "Zie", "way": "nonsense"}, "way-0"),
    ],
)
def test_a_mistake_is_shown_where_it_is_and_nothing_is_mailed(
    leader: FlaskClient,
    session: Session,
    question: Question,
    data: dict[str, str],
    where: str,
) -> None:
    path = f"{DESK}/{question.id}/antwoord"
    answer = leader.post(path, data=data | {"version": str(question.version)})
    assert answer.status_code == 422
    assert where in answer.text
    assert answers(session) == 0


def test_without_an_address_the_answer_is_noted(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    question = ask_one(session, running, email=None)
    path = f"{DESK}/{question.id}/antwoord"
    assert "Er is geen e-mailadres" in leader.get(path).text
    data = {"text": "Gebeld.", "way": "spoken", "version": str(question.version)}
    assert leader.post(path, data=data).status_code == 303
    page = leader.get(f"{DESK}/{question.id}").text
    assert "Persoonlijk verteld" in page or "persoonlijk verteld" in page


def test_what_they_wrote_back_and_notes_are_added(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    path = f"{DESK}/{question.id}/bericht"
    for kind in ("in", "note"):
        assert leader.post(path, data={"text": f"Tekst {kind}", "kind": kind}).status_code == 303
    assert leader.post(path, data={"text": "", "kind": "in"}).status_code == 422
    count = select(func.count(QuestionMessage.id)).where(QuestionMessage.question_id == question.id)
    assert session.scalar(count) == 2
