"""Pioneers through the browser: appointing, looking, ending."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import count_active, count_pioneers
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_company, make_event, make_person, make_pioneer

PIONEERS = "/p/overijssel/netwerk/pioniers"
FORM = {
    "name": "Anne van der Drost",
    "company": "Drost Techniek B.V.",
    "email": "anne@drost.example",
    "appointed_on": "1-3-2016",
}


def test_somebody_is_appointed_once(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{PIONEERS}/nieuw").status_code == 200
    response = client.post(f"{PIONEERS}/nieuw", data=FORM)
    assert response.status_code == 303
    assert "Anne van der Drost" in client.get(response.location).text
    again = client.post(f"{PIONEERS}/nieuw", data=FORM)
    assert 'id="name-error"' in again.text
    assert len(session.scalars(select(Pioneer)).all()) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": ""}, "name"), ({"company": ""}, "company"), ({"appointed_on": "1-1-2099"}, None)],
)
def test_a_mistake_is_shown_at_its_field(
    client: FlaskClient,
    session: Session,
    personas: Personas,
    change: dict[str, str],
    field: str | None,
) -> None:
    log_in(client, personas.leader)
    response = client.post(f"{PIONEERS}/nieuw", data=FORM | change)
    assert f'id="{field or "appointed_on"}-error"' in response.text
    assert session.scalars(select(Pioneer)).all() == []


def test_an_appointment_ends_and_stays_in_the_figures(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_pioneer(session, programme)
    make_event(session, programme, pioneers=[pioneer])
    log_in(client, personas.leader)
    path = f"{PIONEERS}/{pioneer.id}/einde"
    wrong = client.post(path, data={"ended_on": "1-1-2016", "reason": "", "version": "1"})
    assert 'id="ended_on-error"' in wrong.text
    unexplained = client.post(path, data={"ended_on": "1-6-2018", "reason": "", "version": "1"})
    assert 'id="reason-error"' in unexplained.text
    end = {"ended_on": "1-6-2018", "reason": "moved_away", "version": "1"}
    assert client.post(path, data=end).status_code == 303
    stale = client.post(path, data={"ended_on": "", "reason": "", "version": "1"})
    assert stale.status_code == 200
    day = date(2019, 1, 1)
    assert count_pioneers(session, programme, day) == 1
    assert count_active(session, programme, day) == 0
    assert client.get(f"{PIONEERS}/{pioneer.id}").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("pioneer", 403), ("stranger", 404)])
def test_only_the_project_leader_appoints(
    client: FlaskClient, personas: Personas, who: str, status: int
) -> None:
    log_in(client, getattr(personas, who))
    assert client.get(f"{PIONEERS}/nieuw").status_code == status


def test_a_pioneer_of_another_programme_does_not_exist(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    pioneer = make_pioneer(session, personas.elsewhere)
    log_in(client, personas.leader)
    for page in ("", "/einde"):
        assert client.get(f"{PIONEERS}/{pioneer.id}{page}").status_code == 404
    assert client.delete(f"{PIONEERS}/nieuw").status_code == 405


def test_the_viewer_sees_pioneers_as_numbers(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, name="Wolters Advies")
    person = make_person(session, programme, company, family_name="Wolters")
    pioneer = make_pioneer(session, programme, company=company, person=person)
    event = make_event(session, programme, pioneers=[pioneer])
    pages = (
        "/p/overijssel/netwerk",
        f"{PIONEERS}/{pioneer.id}",
        f"/p/overijssel/bijeenkomsten/{event.id}",
    )
    for who, named in ((personas.viewer, False), (personas.leader, True)):
        log_in(client, who)
        for path in pages:
            page = client.get(path).text
            assert ("Wolters" in page) is named
            assert ("Pionier 1" in page) is not named
