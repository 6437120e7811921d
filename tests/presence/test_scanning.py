"""A guest's code: shown by the guest, scanned or typed by the host."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.presence.models import CheckIn, Way
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web.tokens import new_nonce, sign
from tests.client import log_in
from tests.conftest import SECRET
from tests.factories import Personas
from tests.presence.evening import DOORS, STARTS, make_registration

KEY = "0123456789abcdef"


def token(who: Registration, purpose: str = "guest") -> str:
    return sign(SECRET, purpose, who.id, who.token_nonce)


def scanning(event: Event) -> str:
    return f"/p/overijssel/podium/{event.id}/inchecken/scannen"


@pytest.fixture
def who(session: Session, evening: Event) -> Registration:
    return make_registration(session, evening, name="Anne de Vries", code="ABC234")


def test_a_guest_sees_the_code_to_show(client: FlaskClient, who, at_the_door) -> None:
    page = client.get(f"/g/{token(who)}")
    assert "Laat dit zien bij de deur" in page.text
    assert "ABC234" in page.text
    assert "<svg" in page.text
    assert "step" not in page.text
    assert "camera=()" in page.headers["Permissions-Policy"]


def test_a_code_that_was_made_up_opens_nothing(client: FlaskClient, session, who) -> None:
    genuine = token(who)
    other = make_registration(session, session.get_one(Event, who.event_id))
    forged = [
        genuine[:-1] + ("a" if genuine[-1] != "a" else "b"),
        token(who, "registration"),
        sign("een-ander-geheim", "guest", who.id, who.token_nonce),
        genuine.replace(genuine.split("-")[0], token(other).split("-")[0], 1),
        "1-", "x", "9" * 80, "zz-é",
    ]  # fmt: skip
    assert {client.get(f"/g/{one}").status_code for one in forged} == {404}
    who.token_nonce = new_nonce()
    session.flush()
    assert client.get(f"/g/{genuine}").status_code == 404


def test_the_host_who_opens_the_code_lets_the_guest_in(
    session, evening, host: FlaskClient, who
) -> None:
    page = host.get(f"/g/{token(who)}")
    assert "Anne de Vries" in page.text
    assert "Laat dit zien" not in page.text
    answer = host.post(scanning(evening), data={"token": token(who), "key": KEY})
    assert answer.location.endswith(f"/g/{token(who)}")
    page = host.get(answer.location)
    assert "Anne de Vries is binnen." in page.text
    made = session.scalars(select(CheckIn)).one()
    assert (made.way, who.state) == (Way.SCANNED, RegistrationState.ATTENDED)


def test_a_second_scan_says_since_when(session, evening, host: FlaskClient, who) -> None:
    data = {"kind": "scan", "token": token(who)}
    address = f"/p/overijssel/podium/{evening.id}/inchecken/verzenden"
    first = host.post(address, json={"deeds": [data | {"key": "sleutel-1"}]}).json["results"][0]
    second = host.post(address, json={"deeds": [data | {"key": "sleutel-2"}]}).json["results"][0]
    assert first["words"] == "Anne de Vries is binnen."
    assert second["words"] == "Anne de Vries was binnen om 19.45 uur."
    assert second["result"] == "was_in"


def test_a_code_can_be_typed(session, evening, host: FlaskClient, who) -> None:
    page = host.get(scanning(evening))
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    answer = host.post(scanning(evening), data={"code": " abc-234", "key": KEY})
    assert answer.status_code == 303
    assert who.state == RegistrationState.ATTENDED
    wrong = host.post(scanning(evening), data={"code": "XYZ999", "key": KEY})
    assert wrong.status_code == 422
    assert "Deze code hoort niet bij deze bijeenkomst." in wrong.text


def test_a_host_of_another_fan_is_a_visitor(
    session, evening, client: FlaskClient, personas: Personas, who, at_the_door
) -> None:
    evening.fan_id = None
    session.flush()
    for user in (personas.fan_contact, personas.viewer, personas.stranger):
        log_in(client, user)
        page = client.get(f"/g/{token(who)}")
        assert "Laat dit zien bij de deur" in page.text
    log_in(client, personas.leader)
    assert "Laat dit zien" not in client.get(f"/g/{token(who)}").text


def test_the_code_says_when_it_is_of_no_use(client: FlaskClient, session, who) -> None:
    with clock.at(STARTS.replace(day=14)):
        assert "Deze bijeenkomst is voorbij." in client.get(f"/g/{token(who)}").text
    who.state = RegistrationState.CANCELLED
    session.flush()
    with clock.at(DOORS):
        page = client.get(f"/g/{token(who)}").text
    assert "U bent afgemeld." in page
    assert "ABC234" not in page
