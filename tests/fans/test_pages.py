"""Fans and their contact people through the browser."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.fans.models import Fan, FanContact
from pioneers.fans.queries import fan_by_name
from pioneers.programmes.models import Programme
from pioneers.search.queries import find
from tests.client import log_in
from tests.factories import Personas, make_event, make_fan

FANS = "/p/overijssel/netwerk/fans"
FORM = {"name": "Ondernemend Twente", "kind": "bank", "municipality_code": ""}


def test_a_fan_is_added_and_found(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    response = client.post(f"{FANS}/nieuw", data=FORM)
    assert response.status_code == 303
    assert "Ondernemend Twente" in client.get(response.location).text
    assert "Ondernemend Twente" in client.get("/p/overijssel/netwerk").text
    assert fan_by_name(session, programme, "ONDERNEMEND twente") is not None
    assert find(session, programme_id=programme.id, text="ondernem")[0].title == FORM["name"]


@pytest.mark.parametrize("name", ["", "ondernemend TWENTE", "x" * 161])
def test_a_name_that_cannot_be_is_refused_at_its_field(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, name: str
) -> None:
    make_fan(session, programme, name="Ondernemend Twente")
    log_in(client, personas.leader)
    response = client.post(f"{FANS}/nieuw", data=FORM | {"name": name})
    assert 'id="name-error"' in response.text


def test_who_saves_over_a_change_sees_what_changed(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    fan = make_fan(session, programme)
    log_in(client, personas.leader)
    path = f"{FANS}/{fan.id}/wijzigen"
    data = FORM | {"version": "1"}
    assert client.post(path, data=data).status_code == 303
    second = client.post(path, data=data | {"name": "Anders"})
    assert second.status_code == 200
    assert "Ondernemend Twente" in second.text
    again = client.post(path, data=data | {"name": "Anders", "version": "2"})
    assert again.status_code == 303
    session.refresh(fan)
    assert fan.name == "Anders"


def test_a_contact_person_comes_and_goes(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    fan = make_fan(session, programme)
    make_event(session, programme, fan_id=fan.id)
    log_in(client, personas.leader)
    path = f"{FANS}/{fan.id}/contactpersonen"
    assert client.get(path).status_code == 200
    done = client.post(path, data={"name": "Els ten Brink", "email": "Els@fan.example"})
    assert done.status_code == 303
    assert "els@fan.example" in client.get(f"{FANS}/{fan.id}").text
    contact = session.scalars(select(FanContact)).one()
    assert client.post(f"{path}/{contact.id}/einde").status_code == 303
    assert "els@fan.example" not in client.get(f"{FANS}/{fan.id}").text


def test_the_viewer_sees_fans_without_their_people(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    fan = make_fan(session, programme)
    session.add(FanContact(fan_id=fan.id, name="Els ten Brink"))
    session.flush()
    log_in(client, personas.viewer)
    assert "Els ten Brink" not in client.get(f"{FANS}/{fan.id}").text
    assert client.get(f"{FANS}/nieuw").status_code == 403


def test_a_fan_of_another_programme_does_not_exist(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    fan = make_fan(session, personas.elsewhere)
    log_in(client, personas.leader)
    for page in ("", "/wijzigen", "/contactpersonen"):
        assert client.get(f"{FANS}/{fan.id}{page}").status_code == 404
    assert client.delete(f"{FANS}/nieuw").status_code == 405
    assert session.scalars(select(Fan.version)).all() == [1]
