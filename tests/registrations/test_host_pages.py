"""The host's list, adding and cancelling by hand, and the event's questions."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.events.models import Event
from pioneers.fans.models import FanContact
from pioneers.programmes.models import Programme
from pioneers.registrations import actions
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    Registration,
    RegistrationAnswer,
    RegistrationState,
)
from pioneers.registrations.rules import Colleague
from tests.client import log_in
from tests.factories import Personas, make_fan
from tests.registrations.conftest import Registers
from tests.registrations.making import make_open_event


@pytest.fixture
def base(session: Session, programme: Programme, event: Event, personas: Personas) -> str:
    """The address of the event's pages; the fan's contact person hosts it."""
    fan = make_fan(session, programme)
    session.add(FanContact(fan_id=fan.id, name="Fan", email="fan@voorbeeld.example"))
    event.fan_id = fan.id
    session.flush()
    return f"/p/overijssel/podium/{event.id}"


def test_the_list_counts_and_names(
    client: FlaskClient, registers: Registers, personas: Personas, base: str
) -> None:
    registers("anne", people=3, colleagues=(Colleague("Bram"),))
    registers("cor", people=8)
    for user in (personas.fan_contact, personas.leader):
        log_in(client, user)
        page = client.get(f"{base}/aanmeldingen").text
        for words in ("Er komen 4 personen op 10 plaatsen", "Er wachten 8 personen", "met Anne"):
            assert words in page


def test_seats_that_are_offered_are_said_apart(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    event: Event,
    registers: Registers,
    personas: Personas,
    base: str,
) -> None:
    anne = registers("anne", people=4)
    registers("bram", people=6)
    registers("cor", people=2)
    registers("dirk", people=2)
    actions.cancel_registration(session, programme=programme, event=event, registration=anne)
    log_in(client, personas.fan_contact)
    page = client.get(f"{base}/aanmeldingen").text
    assert "Er komen 6 personen op 10 plaatsen." in page
    assert "4 plaatsen zijn aangeboden en nog niet bevestigd." in page
    assert "4 afgemeld" in page


def test_a_list_without_questions_has_no_answers(
    client: FlaskClient,
    session: Session,
    event: Event,
    registers: Registers,
    personas: Personas,
    base: str,
) -> None:
    registers("anne")
    log_in(client, personas.fan_contact)
    assert 'data-label="Antwoorden"' not in client.get(f"{base}/aanmeldingen").text
    session.add(EventQuestion(event_id=event.id, position=1, label="Dieet", kind=QuestionKind.TEXT))
    session.flush()
    page = client.get(f"{base}/aanmeldingen").text
    assert '<td data-label="Antwoorden" class="unsaid">' in page  # left out on a phone
    assert '<td data-label="Toestemming" class="unsaid">' in page


def test_a_fan_sees_nobody_of_another_fans_event(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, base: str
) -> None:
    other = make_open_event(session, programme, fan_id=make_fan(session, programme).id)
    log_in(client, personas.fan_contact)
    pages = ("aanmeldingen", "aanmeldingen.csv", "aanmeldingen/nieuw", "vragen")
    for page in pages:
        assert client.get(f"{base}/{page}").status_code == 200
        assert client.get(f"/p/overijssel/podium/{other.id}/{page}").status_code == 404
        assert client.post(f"/p/overijssel/podium/{other.id}/{page}").status_code in {404, 405}


def test_the_download_holds_everything_and_runs_nothing(
    client: FlaskClient,
    session: Session,
    registers: Registers,
    personas: Personas,
    event: Event,
    base: str,
) -> None:
    question = EventQuestion(event_id=event.id, position=1, label="Dieet", kind=QuestionKind.TEXT)
    session.add(question)
    session.flush()
    registers(
        "anne", name="=cmd|' /C calc'!A0", kvk_number="01234567", answers={question.id: "@noten"}
    )
    log_in(client, personas.fan_contact)
    answer = client.get(f"{base}/aanmeldingen.csv")
    (row,) = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")
    assert row["Naam"] == "'=cmd|' /C calc'!A0"
    assert row["KVK-nummer"] == "01234567"
    assert row["Dieet"] == "'@noten"
    assert row["Status"] == "aangemeld"
    sheet = load_workbook(io.BytesIO(client.get(f"{base}/aanmeldingen.xlsx").get_data())).active
    assert sheet is not None
    assert sheet.max_row == 2


def test_somebody_who_called_is_added_in_order(
    client: FlaskClient, session: Session, registers: Registers, personas: Personas, base: str
) -> None:
    registers("anne", people=9)
    log_in(client, personas.fan_contact)
    for name, people in (("Bram Bos", "1"), ("Cor Smit", "2")):
        client.post(f"{base}/aanmeldingen/nieuw", data={"name": name, "people": people})
    states = session.scalars(select(Registration.state).order_by(Registration.id)).all()
    assert states[1:] == [RegistrationState.REGISTERED, RegistrationState.WAITING]
    data = {"name": "Anne", "people": "1", "email": "anne@voorbeeld.example"}
    again = client.post(f"{base}/aanmeldingen/nieuw", data=data)
    assert "Dit e-mailadres is al aangemeld" in again.text


def test_the_host_cancels_somebody_after_asking(
    client: FlaskClient, registers: Registers, personas: Personas, event: Event, base: str
) -> None:
    anne = registers("anne", people=3)
    log_in(client, personas.fan_contact)
    page = f"{base}/aanmeldingen/{anne.id}/afmelden"
    assert "Anne afmelden?" in client.get(page).text
    assert anne.state == RegistrationState.REGISTERED
    assert client.post(page).status_code == 303
    assert (anne.state, event.seats_taken) == (RegistrationState.CANCELLED, 0)
    assert client.post(page).status_code == 303
    assert client.get(f"{base}/aanmeldingen/999999/afmelden").status_code == 404


def test_who_is_registered_for_another_event_is_not_found_here(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    registers: Registers,
    personas: Personas,
    base: str,
) -> None:
    anne = registers("anne")
    other = make_open_event(session, programme)
    log_in(client, personas.leader)
    page = f"/p/overijssel/podium/{other.id}/aanmeldingen/{anne.id}/afmelden"
    assert client.post(page).status_code == 404


def test_questions_are_asked_changed_and_removed(
    client: FlaskClient, session: Session, registers: Registers, personas: Personas, base: str
) -> None:
    log_in(client, personas.fan_contact)
    data = {"label": "Wat eet u?", "kind": "choice", "choices": "vlees", "keep_days": "14"}
    assert "Schrijf twee of meer antwoorden" in client.post(f"{base}/vragen", data=data).text
    data["choices"] = "vlees\nvis\n\nvis"
    assert client.post(f"{base}/vragen", data=data).status_code == 303
    question = session.scalars(select(EventQuestion)).one()
    assert (question.choices, question.is_required) == ("vlees\nvis", False)
    registers("anne", answers={question.id: "vis"})
    changed = data | {"label": "Dieet", "kind": "text", "is_required": "y", "keep_days": "366"}
    page = f"{base}/vragen/{question.id}"
    assert 'id="keep_days-error"' in client.post(page, data=changed).text
    assert client.post(page, data=changed | {"keep_days": "0"}).status_code == 303
    assert (question.label, question.is_required, question.keep_days) == ("Dieet", True, 0)
    assert "Vraag verwijderen?" in client.get(f"{page}/verwijderen").text
    assert client.post(f"{page}/verwijderen").status_code == 303
    assert session.scalars(select(RegistrationAnswer)).all() == []
    assert client.get(page).status_code == 404


def test_an_event_has_six_questions_at_most(
    client: FlaskClient, session: Session, personas: Personas, base: str
) -> None:
    log_in(client, personas.fan_contact)
    data = {"label": "Vraag", "kind": "text", "keep_days": "14"}
    answers = [client.post(f"{base}/vragen", data=data).status_code for _ in range(7)]
    assert answers == [303] * 6 + [200]
