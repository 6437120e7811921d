"""Events through the browser: adding, changing, counting, correcting, cancelling."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.events import actions, queries
from pioneers.events.models import Attendance, Event, EventStatus
from pioneers.events.rules import Present
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_event, make_person, make_pioneer

INDEX = "/p/overijssel/bijeenkomsten"
FORM = {
    "title": "Avond over slimmer werken",
    "kind": "talk",
    "day": "6-7-2017",
    "starts": "20:00",
    "ends": "22:30",
    "status": "held",
    "fan_id": "0",
    "speaker_1": "0",
    "speaker_2": "0",
    "speaker_3": "0",
    "place": "Nijverdal",
    "municipality_code": "",
    "headcount": "40",
}


def with_list(session: Session, programme: Programme, number: int = 2) -> Event:
    event = make_event(session, programme, title="Avond in Raalte")
    present = [
        Present(make_person(session, programme, family_name=f"Oonk{n}").id, None)
        for n in range(number)
    ]
    actions.record_attendance(
        session, programme=programme, event=event, present=present, actor_id=None
    )
    return event


def test_an_empty_programme_says_what_will_be_here(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    assert f"{INDEX}/nieuw" in client.get(INDEX).text


def test_the_project_leader_adds_an_event(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{INDEX}/nieuw").status_code == 200
    response = client.post(f"{INDEX}/nieuw", data=FORM)
    assert response.status_code == 303
    event = session.scalars(select(Event)).one()
    assert (event.title, event.headcount, event.status) == (FORM["title"], 40, EventStatus.HELD)
    page = client.get(response.location).text
    assert FORM["title"] in page
    assert "donderdag 6 juli 2017, 20.00\u00a0–\u00a022.30\u00a0uur" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": "31-2-2017"}, "day"),
        ({"day": "1-1-2015"}, "day"),
        ({"ends": "19:00"}, "ends"),
        ({"headcount": "-1"}, "headcount"),
        ({"headcount": "9", "status": "planned"}, "headcount"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    client: FlaskClient,
    session: Session,
    personas: Personas,
    change: dict[str, str],
    field: str,
) -> None:
    log_in(client, personas.leader)
    response = client.post(f"{INDEX}/nieuw", data=FORM | change)
    assert response.status_code == 200
    assert f'id="{field}-error"' in response.text
    assert session.scalars(select(Event)).all() == []


@pytest.mark.parametrize(
    ("who", "status"), [("viewer", 403), ("fan_contact", 403), ("stranger", 404)]
)
@pytest.mark.parametrize("page", ["wijzigen", "aantal", "annuleren", "aanwezig"])
def test_only_the_project_leader_changes_an_event(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    who: str,
    status: int,
    page: str,
) -> None:
    event = make_event(session, programme)
    log_in(client, getattr(personas, who))
    assert client.get(f"{INDEX}/{event.id}/{page}").status_code == status


def test_an_event_of_another_programme_does_not_exist(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    event = make_event(session, personas.elsewhere)
    log_in(client, personas.leader)
    for page in ("", "/wijzigen", "/aantal", "/annuleren", "/aanwezig"):
        assert client.get(f"{INDEX}/{event.id}{page}").status_code == 404


def test_the_viewer_sees_counts_and_no_names(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    event = with_list(session, programme)
    log_in(client, personas.viewer)
    page = client.get(f"{INDEX}/{event.id}").text
    assert "Oonk" not in page
    assert "Avond in Raalte" in client.get(INDEX).text
    log_in(client, personas.leader)
    assert "Oonk" in client.get(f"{INDEX}/{event.id}").text


def test_the_page_of_a_pioneer_leads_to_the_figures_per_pioneer(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_pioneer(session, programme)
    log_in(client, personas.leader)
    page = client.get(f"/p/overijssel/netwerk/pioniers/{pioneer.id}").text
    assert 'href="/p/overijssel/cijfers/pionier"' in page
    assert client.get("/p/overijssel/cijfers/pionier").status_code == 200


def test_who_saves_over_a_change_sees_what_changed(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    event = make_event(session, programme)
    log_in(client, personas.leader)
    data = FORM | {"version": "1"}
    path = f"{INDEX}/{event.id}/wijzigen"
    assert client.get(path).status_code == 200
    assert client.post(path, data=data).status_code == 303
    second = client.post(path, data=data | {"title": "Van mij"})
    assert second.status_code == 200
    assert FORM["title"] in second.text
    assert client.delete(path).status_code == 405


def test_a_count_below_the_names_is_refused_with_the_number(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    event = with_list(session, programme, 3)
    log_in(client, personas.leader)
    path = f"{INDEX}/{event.id}/aantal"
    refused = client.post(path, data={"headcount": "2"})
    assert 'id="headcount-error"' in refused.text
    assert client.post(path, data={"headcount": "5"}).status_code == 303
    session.refresh(event)
    assert queries.counts(session, event).unnamed == 2


def test_somebody_is_added_by_hand_and_recognised_the_second_time(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    event = make_event(session, programme)
    log_in(client, personas.leader)
    path = f"{INDEX}/{event.id}/aanwezig"
    person = {"name": "Anne de Vries", "company": "De Vries Bouw", "email": "anne@devries.example"}
    for _ in range(2):
        assert client.post(path, data=person).status_code == 303
    line = session.scalars(select(Attendance)).one()
    assert "Vries" in client.get(f"{INDEX}/{event.id}").text
    fix = f"{path}/{line.id}"
    assert client.get(fix).status_code == 200
    assert client.post(fix, data={"reason": "wrong_person"}).status_code == 303
    assert session.scalars(select(Attendance)).all() == []


def test_cancelling_asks_first(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    event = with_list(session, programme)
    log_in(client, personas.leader)
    path = f"{INDEX}/{event.id}/annuleren"
    assert client.get(path).status_code == 200
    assert event.status == EventStatus.HELD
    assert client.post(path, data={"version": str(event.version)}).status_code == 303
    session.refresh(event)
    assert event.status == EventStatus.CANCELLED
    assert client.get(f"{INDEX}/{event.id}").status_code == 200


@pytest.mark.parametrize("query", ["status=held", "status=x&jaar=%00", "q=%27%25&fan=99&pagina=9"])
def test_any_filter_gives_a_page(client: FlaskClient, personas: Personas, query: str) -> None:
    log_in(client, personas.leader)
    assert client.get(f"{INDEX}?{query}").status_code == 200
