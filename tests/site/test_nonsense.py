"""What nobody types: numbers too long for the database, versions that are none, odd signs."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_event

TOO_LONG = ("2147483648", "99999999999999999999", "9" * 5000)


@pytest.mark.parametrize("number", TOO_LONG)
@pytest.mark.parametrize(
    "page", ["bijeenkomsten", "bedrijven", "personen", "activaties", "lijsten", "netwerk/fans"]
)
def test_a_number_that_no_record_has_is_a_page_that_does_not_exist(
    client: FlaskClient, personas: Personas, page: str, number: str
) -> None:
    log_in(client, personas.leader)
    assert client.get(f"/p/overijssel/{page}/{number}").status_code == 404


@pytest.mark.parametrize("version", ["x", "-1", "²", "9" * 5000])
def test_a_version_that_is_none_is_an_old_one(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    version: str,
) -> None:
    event = make_event(session, programme)
    log_in(client, personas.leader)
    path = f"/p/overijssel/bijeenkomsten/{event.id}/annuleren"
    assert client.post(path, data={"version": version}).status_code == 200
    path = "/p/overijssel/instellingen"
    assert client.post(path, data={"name": "Pioniers", "version": version}).status_code < 500


@pytest.mark.parametrize("actor", ["9" * 5000, "²", "-1"])
def test_a_filter_that_is_none_does_not_filter(
    client: FlaskClient, personas: Personas, actor: str
) -> None:
    log_in(client, personas.leader)
    assert client.get("/p/overijssel/logboek", query_string={"wie": actor}).status_code == 200


def test_an_address_that_cannot_be_read_leads_to_the_start_page(client: FlaskClient) -> None:
    response = client.post("/taal", data={"language": "nl", "next": "http://["})
    assert (response.status_code, response.location) == (303, "/")


def test_a_space_is_no_day(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    data = {"title": "Avond", "kind": "talk", "day": " ", "starts": "20:00", "ends": "22:00"}
    response = client.post(
        "/p/overijssel/bijeenkomsten/nieuw", data=data | {"status": "held", "fan_id": "0"}
    )
    assert response.status_code == 200
    assert 'id="day-error"' in response.text


def test_what_is_too_large_is_taken_in_so_that_the_answer_arrives(
    app: Flask, client: FlaskClient
) -> None:
    body = io.BytesIO(b"x" * (app.config["MAX_CONTENT_LENGTH"] + 1))
    size = str(len(body.getvalue()))
    response = client.post(
        "/inloggen",
        input_stream=body,
        headers={"Content-Length": size, "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert response.status_code == 413
    assert body.read() == b""
