"""Questions that others write down: the desk from a mail, a pioneer in three words."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import EventStatus
from pioneers.programmes.models import Programme
from pioneers.questions.models import AskedBy, Question, QuestionMessage
from tests.client import log_in
from tests.factories import Personas, make_company, make_event, make_person, make_pioneer

NEW, NOTE = "/p/overijssel/vragen/nieuw", "/p/overijssel/vraag-van"
MAIL = """Van: Bo Smit <bo@smit.example>
Onderwerp: Voucher

Is er een voucher voor ons?
"""


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


def test_a_pasted_mail_fills_the_form_and_keeps_nothing(
    leader: FlaskClient, session: Session
) -> None:
    page = leader.post(NEW, data={"step": "read", "mail": MAIL}).text
    assert 'value="Bo Smit"' in page
    assert 'value="bo@smit.example"' in page
    assert "Is er een voucher voor ons?</textarea>" in page
    assert session.scalar(select(Question.id)) is None
    assert leader.post(NEW, data={"step": "read", "mail": ""}).status_code == 422


def test_what_was_looked_over_is_put_on_the_desk(leader: FlaskClient, session: Session) -> None:
    data = {"text": "Is er een voucher?", "asked_by": "mail", "name": "Bo Smit", "company": "Smit"}
    assert leader.post(NEW, data=data).status_code == 303
    question = session.scalars(select(Question)).one()
    assert (question.asked_by, question.name) == (AskedBy.MAIL, "Bo Smit")
    assert question.contact_id is not None


def test_a_reply_is_offered_to_the_question_that_it_belongs_to(
    leader: FlaskClient, session: Session, question: Question
) -> None:
    by_number = MAIL.replace("Voucher", f"Antw: Over uw vraag (vraag {question.id})")
    by_address = MAIL.replace("bo@smit.example", "Anne@devries-metaal.example")
    for mail in (by_number, by_address):
        page = leader.post(NEW, data={"step": "read", "mail": mail}).text
        assert f"Voeg toe aan vraag {question.id}" in page
    path = f"/p/overijssel/vragen/{question.id}/plak"
    assert leader.post(path, data={"text": "Drie ploegen.", "kind": "in"}).status_code == 303
    assert session.scalars(select(QuestionMessage)).one().text == "Drie ploegen."


def test_the_number_of_another_programmes_question_leads_nowhere(
    leader: FlaskClient, session: Session, question: Question, personas: Personas
) -> None:
    question.programme_id = personas.elsewhere.id
    session.flush()
    mail = MAIL.replace("Voucher", f"Antw: Over uw vraag (vraag {question.id})")
    assert "Voeg toe" not in leader.post(NEW, data={"step": "read", "mail": mail}).text


def test_a_pioneer_passes_a_question_on_in_three_words(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    company = make_company(session, running)
    person = make_person(session, running, company, email=personas.pioneer.email)
    me = make_pioneer(session, running, company=company, person=person)
    begin = clock.now() - timedelta(hours=20)
    event = make_event(session, running, pioneers=[me], title="Avond in Raalte")
    event.starts_at, event.ends_at = begin, begin + timedelta(hours=2)
    event.status = EventStatus.HELD
    session.flush()
    log_in(client, personas.pioneer)
    page = client.get(NOTE).text
    assert "microfoon" in page
    assert f'selected value="{event.id}"' in page
    data = {"text": "Leren op werkvloer?", "event": str(event.id)}
    assert client.post(NOTE, data=data).status_code == 303
    question = session.scalars(select(Question)).one()
    assert (question.asked_by, question.pioneer_id, question.event_id) == (
        AskedBy.TALK,
        me.id,
        event.id,
    )
    assert question.person_id is None
    assert client.post(NOTE, data={"text": " ", "event": ""}).status_code == 422
    assert client.get("/p/overijssel/vragen").status_code == 403


def test_who_is_no_pioneer_is_told_so_and_a_leader_gets_the_desks_own_form(
    client: FlaskClient, running: Programme, personas: Personas
) -> None:
    log_in(client, personas.pioneer)
    assert "Nog geen pionier" in client.get(NOTE).text
    log_in(client, personas.leader)
    assert client.get(NOTE).location.endswith(NEW)
