"""What is not kept of questions: after the programme's term, and when somebody is erased."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.erasing import erase_person
from pioneers.companies.models import Person
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.programmes.models import Programme
from pioneers.questions.drafting import make_draft
from pioneers.questions.figures import desk_figures
from pioneers.questions.handling import answer, close, write_note
from pioneers.questions.jobs import retention
from pioneers.questions.models import (
    KnowledgeDraft,
    Outcome,
    Question,
    QuestionMessage,
    QuestionStatus,
    Referral,
    ReferredTo,
)
from pioneers.questions.referring import Target, refer, tell_helped
from pioneers.questions.rules import Answer, months_before
from pioneers.reach.figures import figures as measures
from pioneers.reach.rules import Scope
from pioneers.search.models import Kind
from pioneers.search.queries import find
from tests.client import log_in
from tests.factories import Personas, make_contact
from tests.questions.scene import ask_one

TERM = timedelta(days=24 * 31)
DESK = "/p/overijssel/vragen"


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def closed(
    session: Session, running: Programme, personas: Personas, question: Question
) -> Question:
    """A question with an answer, a note and a referral, closed as helped."""
    facts = {"programme": running, "question": question}
    user = personas.leader
    words = Answer("Begin klein, Anne.")
    answer(session, **facts, words=words, version=question.version, sender=user)
    write_note(session, question=question, text="Anne belt nog.", user=user)
    tool = Target(ReferredTo.TOOL, name="Scan", remark="Voor Anne.")
    refer(session, **facts, target=tool, version=question.version, sender=user)
    question.theme = "co_creation"
    close(session, **facts, outcome=Outcome.HELPED, version=question.version, user=user)
    return question


def after(session: Session, delay: timedelta) -> int:
    with clock.at(clock.now() + delay):
        done = retention(session)
    session.expire_all()
    return done


def nothing_is_left(session: Session, question: Question) -> None:
    """No text, name or address of Anne is in any table of the desk or the outbox."""
    assert question.text == question.subject == question.name == question.company == ""
    assert question.email is question.phone is question.person_id is question.contact_id is None
    assert count(session, QuestionMessage) == 0
    assert {one.remark for one in session.scalars(select(Referral))} <= {""}
    for mail in session.scalars(select(MailMessage).where(MailMessage.record_id == question.id)):
        assert mail.to_address == mail.to_name == mail.subject == mail.text == mail.html == ""
        assert mail.status != MailStatus.QUEUED
    found = find(session, programme_id=question.programme_id, text="anne", kinds=tuple(Kind))
    assert found == []


def test_texts_and_details_go_after_the_term_and_what_counts_stays(
    session: Session, running: Programme, closed: Question
) -> None:
    person_id = closed.person_id
    before = desk_figures(session, running, None, clock.today())
    counted = measures(session, running, Scope(as_of=clock.today()))
    assert after(session, TERM - timedelta(days=30)) == 0
    assert after(session, TERM) == 1
    assert after(session, TERM) == 0
    nothing_is_left(session, closed)
    assert (closed.theme, closed.outcome) == ("co_creation", Outcome.HELPED)
    assert closed.company_id is not None
    assert desk_figures(session, running, None, clock.today()) == before
    assert measures(session, running, Scope(as_of=clock.today())) == counted
    person = session.get_one(Person, person_id)  # known by this question only
    assert person.erased_at is not None
    assert (person.family_name, person.email, person.phone) == ("", None, None)


def test_somebody_who_is_known_otherwise_stays(
    session: Session, running: Programme, closed: Question
) -> None:
    person = session.get_one(Person, closed.person_id)
    make_contact(session, running, person_id=person.id, day=clock.today())
    after(session, TERM)
    assert person.erased_at is None
    assert person.family_name == "Vries"


def test_somebody_with_another_question_stays_until_that_goes_too(
    session: Session, running: Programme, personas: Personas, closed: Question
) -> None:
    person = session.get_one(Person, closed.person_id)
    other = ask_one(session, running, text="Nog een vraag")
    assert other.person_id == person.id
    after(session, TERM)
    assert person.erased_at is None
    close(
        session,
        programme=running,
        question=other,
        outcome=Outcome.HELPED,
        version=other.version,
        user=personas.leader,
    )
    after(session, TERM)
    assert person.erased_at is not None


def test_the_term_is_the_programmes_and_what_is_open_has_none(
    session: Session, running: Programme, closed: Question
) -> None:
    still = ask_one(session, running, text="Nog open", name="Bert Brink", email="b@x.example")
    running.question_keep_months = 1
    session.flush()
    assert after(session, timedelta(days=27)) == 0
    assert after(session, timedelta(days=33)) == 1
    assert still.text == "Nog open"
    assert after(session, 5 * TERM) == 0


def test_a_draft_for_the_knowledge_base_outlives_its_question(
    session: Session, running: Programme, personas: Personas, closed: Question
) -> None:
    make_draft(session, programme=running, question=closed, user_id=personas.leader.id)
    after(session, TERM)
    assert count(session, KnowledgeDraft) == 1


def test_the_page_of_a_cleared_question_says_so_and_offers_nothing(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, closed: Question
) -> None:
    after(session, TERM)
    log_in(client, personas.leader)
    page = client.get(f"{DESK}/{closed.id}").text
    assert "De tekst is verwijderd" in page
    assert "Opnieuw openen" not in page
    assert "Vraag waarvan de tekst is verwijderd" in client.get(f"{DESK}?status=all").text
    for path in ("antwoord", "bericht", "verwijs", "afsluiten", "wijzig"):
        assert client.get(f"{DESK}/{closed.id}/{path}").status_code == 404
    assert client.post(f"{DESK}/{closed.id}/heropen").status_code == 404
    referral = session.scalars(select(Referral)).one()
    tell_helped(session, programme=running, referral=referral, helped=False, user_id=None)
    assert closed.status == QuestionStatus.CLOSED


def test_erasing_somebody_reaches_their_questions_answers_and_referrals(
    session: Session, running: Programme, personas: Personas, closed: Question
) -> None:
    make_draft(session, programme=running, question=closed, user_id=personas.leader.id)
    nameless = ask_one(session, running, name="", company="", text="Anne hier weer")
    other = ask_one(session, running, name="Bert Brink", email="bert@brink.example")
    assert nameless.person_id is None
    person = session.get_one(Person, closed.person_id)
    erase_person(session, programme=running, person=person, actor_id=personas.leader.id)
    session.expire_all()
    assert (person.family_name, person.first_name, person.name_key) == ("", "", "")
    assert (nameless.status, nameless.outcome) == (QuestionStatus.CLOSED, Outcome.NO_REPLY)
    assert count(session, KnowledgeDraft) == 0  # nobody had read it over
    nothing_is_left(session, closed)
    nothing_is_left(session, nameless)
    assert other.text != ""


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_are_counted_back_to_the_same_day_or_the_last_one(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1
    assert before.day <= day.day
