"""Who answers hears of what comes in, and of terms that end."""

from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.mail.models import MailMessage, MailSwitch
from pioneers.programmes.models import Programme
from pioneers.questions.actions import take_question
from pioneers.questions.handling import take
from pioneers.questions.jobs import remind
from pioneers.questions.models import Question
from tests.client import log_in
from tests.factories import Personas, make_user
from tests.questions.scene import ask_one, new_question

MONDAY = datetime(2026, 3, 2, 12, tzinfo=clock.AMSTERDAM)


@pytest.fixture
def colleague(session: Session, running: Programme, personas: Personas) -> User:
    """Another project leader."""
    return make_user(session, Role.PROJECT_LEADER, running, language="en")


def told(session: Session, kind: str) -> list[str]:
    """Who got this kind of mail."""
    query = select(MailMessage).where(MailMessage.kind == kind).order_by(MailMessage.id)
    return [mail.to_address for mail in session.scalars(query)]


def test_all_who_answer_hear_of_a_question_once_and_without_what_was_asked(
    session: Session, running: Programme, personas: Personas, colleague: User
) -> None:
    question = ask_one(session, running)
    assert sorted(told(session, "question.arrived")) == sorted(
        [personas.leader.email, colleague.email]
    )
    for mail in session.scalars(select(MailMessage).where(MailMessage.kind == "question.arrived")):
        assert f"/p/overijssel/vragen/{question.id}" in mail.text
        for personal in ("Anne", "Vries", "roosteren", "anne@"):
            assert personal not in mail.subject + mail.text
        assert ("By the site" if mail.to_address == colleague.email else "Via de site") in mail.text


def test_who_was_chosen_hears_alone_as_long_as_they_may_answer(
    session: Session, running: Programme, personas: Personas, colleague: User
) -> None:
    running.desk_user_id = colleague.id
    session.flush()
    ask_one(session, running)
    assert told(session, "question.arrived") == [colleague.email]
    colleague.disabled_at = clock.now()
    session.flush()
    ask_one(session, running, text="Nog een")
    assert told(session, "question.arrived") == [colleague.email, personas.leader.email]


def test_what_the_desk_writes_down_is_told_to_nobody_and_what_a_pioneer_notes_is(
    session: Session, running: Programme, personas: Personas
) -> None:
    new = new_question()
    take_question(session, programme=running, new=new, actor_id=personas.leader.id)
    assert told(session, "question.arrived") == []
    take_question(session, programme=running, new=new, actor_id=personas.pioneer.id)
    assert told(session, "question.arrived") == [personas.leader.email]


def test_a_programme_can_switch_it_off(
    session: Session, running: Programme, personas: Personas
) -> None:
    session.add(MailSwitch(programme_id=running.id, kind="question.arrived", is_on=False))
    session.flush()
    ask_one(session, running)
    assert told(session, "question.arrived") == []


def test_the_one_who_is_chosen_is_a_setting(
    client: FlaskClient, running: Programme, personas: Personas, colleague: User
) -> None:
    log_in(client, personas.leader)
    page = client.get("/p/overijssel/instellingen").text
    assert f'<option value="{colleague.id}">{colleague.name}</option>' in page
    assert personas.viewer.name not in page


def asked_on_monday(session: Session, programme: Programme) -> Question:
    with clock.at(MONDAY):
        question = ask_one(session, programme)
    assert question.due_on == date(2026, 3, 9)
    return question


def reminded(session: Session, days: int) -> list[str]:
    """The kinds of mail that the job makes so many days after the Monday."""
    before = set(session.scalars(select(MailMessage.id)))
    with clock.at(MONDAY + timedelta(days=days)):
        remind(session)
        remind(session)
    made = session.scalars(select(MailMessage).where(MailMessage.id.not_in(before)))
    return [mail.kind for mail in made]


def test_the_term_is_told_of_one_working_day_before_and_when_it_passed_each_once(
    session: Session, running: Programme, personas: Personas, colleague: User
) -> None:
    question = asked_on_monday(session, running)
    take(session, question=question, user=colleague)
    assert reminded(session, 3) == []  # Thursday
    assert reminded(session, 4) == ["question.due"]  # Friday: the term ends on Monday
    assert reminded(session, 5) == []  # Saturday
    assert reminded(session, 7) == []  # the day itself
    assert reminded(session, 8) == ["question.late"]
    assert reminded(session, 9) == []
    assert told(session, "question.due") == told(session, "question.late") == [colleague.email]


def test_a_worker_that_stood_still_tells_of_the_term_on_its_last_day(
    session: Session, running: Programme, personas: Personas
) -> None:
    asked_on_monday(session, running)
    assert reminded(session, 7) == ["question.due"]


def test_a_term_of_one_day_is_not_told_of_on_the_day_of_asking(
    session: Session, running: Programme, personas: Personas
) -> None:
    running.question_term_days = 1
    with clock.at(MONDAY):
        ask_one(session, running)
    assert reminded(session, 0) == []
    assert reminded(session, 1) == ["question.due"]


def test_what_is_not_our_turn_or_late_for_weeks_is_told_of_to_nobody(
    session: Session, running: Programme, personas: Personas
) -> None:
    question = asked_on_monday(session, running)
    assert reminded(session, 30) == []
    assert reminded(session, 8) == ["question.late"]
    assert question.responsible_id is None
