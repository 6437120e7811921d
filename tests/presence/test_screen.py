"""The page for the projector."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.presence.codes import guest_token
from pioneers.registrations.models import RegistrationState
from tests.client import log_in
from tests.factories import Personas
from tests.presence.evening import DOORS, make_registration


@pytest.fixture
def bare(session: Session, evening: Event) -> Event:
    evening.check_in_code = None
    session.flush()
    return evening


def test_the_code_is_made_when_the_host_begins(session, bare, host: FlaskClient) -> None:
    address = f"/p/overijssel/podium/{bare.id}/scherm"
    assert "Code maken" in host.get(address).text
    assert bare.check_in_code is None
    for _ in range(2):
        assert host.post(address).status_code == 303
        code = bare.check_in_code
        assert re.fullmatch(r"[2-9A-Z]{8}", code or "")
    page = host.get(address).text
    assert f"/i/<wbr><span>{code}" in page
    assert "<svg" in page
    assert "<nav" not in page
    assert bare.check_in_code == code


def test_the_number_of_people_needs_no_session(session, evening, client: FlaskClient) -> None:
    make_registration(session, evening, state=RegistrationState.ATTENDED)
    make_registration(session, evening)
    answer = client.get(f"/i/{evening.check_in_code}/aantal")
    assert answer.json == {"inside": 1}


def test_only_a_host_opens_the_screen(
    session, bare, client: FlaskClient, personas: Personas
) -> None:
    address = f"/p/overijssel/podium/{bare.id}/scherm"
    with clock.at(DOORS):
        assert client.post(address).status_code == 303
        log_in(client, personas.pioneer)
        assert client.post(address).status_code == 403
        bare.fan_id = None
        session.flush()
        log_in(client, personas.fan_contact)
        assert client.post(address).status_code == 404
    assert bare.check_in_code is None


def test_it_is_said_when_the_code_works_a_day_once(session, bare, host: FlaskClient) -> None:
    address = f"/p/overijssel/podium/{bare.id}/scherm"
    page = host.get(address).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Code voor het scherm" in page
    assert "19.00 uur tot vrijdag 13 november 2026, 00.00 uur" in page
    bare.ends_at -= timedelta(hours=1)
    session.flush()
    page = host.get(address).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "geldig: donderdag 12 november 2026, 19.00 – 23.00 uur." in page


def test_the_screen_leads_back_to_the_list(session, evening, host: FlaskClient) -> None:
    page = host.get(f"/p/overijssel/podium/{evening.id}/scherm").text
    assert f'href="/p/overijssel/podium/{evening.id}/inchecken"' in page


def test_a_guests_own_code_works_until_the_end(session, evening, client: FlaskClient) -> None:
    guest = make_registration(session, evening)
    with client.application.test_request_context():
        address = f"/g/{guest_token(guest)}"
    with clock.at(evening.ends_at):
        assert guest.code in client.get(address).text
