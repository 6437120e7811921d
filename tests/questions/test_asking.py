"""Taking in a question: who it is, the contact that it makes, the mail that says so."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Company, Person
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.questions.actions import ask, take_question
from pioneers.questions.models import AskedBy, Question, QuestionStatus
from pioneers.questions.working_days import due_day
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel
from tests.factories import make_company, make_occasion, make_person, make_pioneer
from tests.questions.scene import ask_one, new_question


def test_a_question_makes_its_person_known_and_counts_as_a_contact(
    session: Session, running: Programme
) -> None:
    pioneer = make_pioneer(session, running)
    taken = take_question(
        session, programme=running, new=new_question(), channel=Channel.CARD, pioneer_id=pioneer.id
    )
    contact = session.get_one(Contact, taken.contact_id)
    assert (contact.channel, contact.evidence) == (Channel.CARD, Evidence.SELF_DECLARED)
    assert (contact.person_id, contact.company_id) == (taken.person_id, taken.company_id)
    assert contact.pioneer_id == pioneer.id
    question = taken.question
    assert (question.status, question.person_id) == (QuestionStatus.NEW, taken.person_id)
    assert question.due_on == due_day(clock.today(), 5)


def test_the_term_is_the_programmes_setting(session: Session, running: Programme) -> None:
    running.question_term_days = 2
    assert ask_one(session, running).due_on == due_day(clock.today(), 2)


def test_who_is_known_is_recognised(session: Session, running: Programme) -> None:
    company = make_company(session, running, name="De Vries Metaal")
    anne = make_person(
        session,
        running,
        company,
        first_name="Anne",
        infix="de",
        family_name="Vries",
        email="anne@devries-metaal.example",
    )
    question = ask_one(session, running)
    assert (question.person_id, question.company_id) == (anne.id, company.id)


def test_what_a_pioneer_notes_for_somebody_is_listed(session: Session, running: Programme) -> None:
    question = ask_one(session, running, asked_by=AskedBy.TALK)
    assert session.get_one(Contact, question.contact_id).evidence == Evidence.LISTED


def test_a_question_of_nobody_makes_nobody(session: Session, running: Programme) -> None:
    question = ask_one(session, running, name="", company="", email=None)
    people = session.scalar(select(func.count(Person.id)))
    companies = session.scalar(select(func.count(Company.id)))
    assert (question.person_id, question.contact_id, people, companies) == (None, None, 0, 0)


def test_a_question_after_the_programme_is_a_question_without_a_contact(
    session: Session, running: Programme
) -> None:
    running.ends_on = clock.today() - timedelta(days=1)
    question = ask_one(session, running)
    assert question.person_id is not None
    assert question.contact_id is None


def test_who_was_in_the_room_already_is_there_once(session: Session, running: Programme) -> None:
    room = make_occasion(session, running, day=clock.today())
    made = [
        take_question(session, programme=running, new=new_question(), occasion_id=room.id)
        for _ in range(2)
    ]
    assert made[0].contact_id == made[1].contact_id
    assert made[0].question.id != made[1].question.id


def test_whoever_asks_gets_one_mail_which_repeats_nothing_that_was_typed(
    session: Session, running: Programme
) -> None:
    question = ask_one(session, running, text="Koop nu op https://spam.example <b>gratis</b>")
    ask_one(session, running, email=None)
    (mail,) = session.scalars(select(MailMessage))
    assert mail.to_address == "anne@devries-metaal.example"
    assert mail.subject == f"Wij hebben uw vraag (vraag {question.id})"
    assert "spam.example" not in mail.text + mail.html


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_question_without_words_or_with_too_many_makes_nothing(
    session: Session, running: Programme, text: str
) -> None:
    with pytest.raises(Refused):
        take_question(session, programme=running, new=new_question(text=text))
    assert session.scalar(select(func.count(Question.id))) == 0
    assert session.scalar(select(func.count(Person.id))) == 0


def test_the_identity_and_the_contact_can_be_the_callers(
    session: Session, running: Programme
) -> None:
    company = make_company(session, running)
    question = ask(
        session,
        programme=running,
        new=new_question(asked_by=AskedBy.CARD, theme="nonsense"),
        company_id=company.id,
    )
    assert (question.company_id, question.person_id, question.theme) == (company.id, None, "")


def test_a_question_on_a_day_off_is_due_on_a_working_day(
    session: Session, running: Programme
) -> None:
    with clock.at(clock.from_local(date(2026, 4, 27), clock.local(clock.now()).time())):
        running.starts_on = date(2026, 1, 1)
        assert ask_one(session, running).due_on == date(2026, 5, 4)
