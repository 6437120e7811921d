"""The project leader: who fits, asking, confirming, the month, who is asked how often."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.events.models import Event, EventStatus
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_event
from tests.planning.scene import ask_one, make_evening, make_host, make_speaker, outbox

EVENTS = "/p/overijssel/bijeenkomsten"


@pytest.fixture
def evening(session: Session, running: Programme) -> Event:
    """A proposal of a fan."""
    fan = make_host(session, running, "els@fan.example")
    return make_evening(
        session, running, title="Avond in Raalte", status=EventStatus.PROPOSED, fan_id=fan.id
    )


def test_the_leader_asks_one_or_several(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, evening: Event
) -> None:
    bram, cora, dirk = (make_speaker(session, running, one) for one in ("Bram", "Cora", "Dirk"))
    log_in(client, personas.leader)
    path = f"{EVENTS}/{evening.id}/pioniers"
    page = client.get(path).text
    assert "Bram Oosterhof" in page
    assert "ongeveer 20 km" in page
    several = {"pioneer": [str(bram.id), str(cora.id)], "message": "Graag over roosteren"}
    assert client.post(path, data=several).status_code == 303
    assert client.post(path, data={"only": str(dirk.id)} | several).status_code == 303
    assert {one.to for one in outbox(session, "planning.asked")} == {
        f"{name}@oosterhof.example" for name in ("bram", "cora", "dirk")
    }
    assert "Graag over roosteren" in outbox(session)[0].text


def test_asking_nobody_is_said_at_the_form(
    client: FlaskClient, personas: Personas, session: Session, running: Programme, evening: Event
) -> None:
    make_speaker(session, running, "Bram")
    log_in(client, personas.leader)
    answered = client.post(f"{EVENTS}/{evening.id}/pioniers", data={})
    assert answered.status_code == 422
    assert "Vink ten minste" in answered.text


def test_a_request_is_withdrawn(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, evening: Event
) -> None:
    request = ask_one(session, running, evening, make_speaker(session, running, "Bram"))
    log_in(client, personas.leader)
    path = f"/p/overijssel/podium/{evening.id}/verzoeken/{request.id}/intrekken"
    assert client.get(path).status_code == 405
    for _ in range(2):
        assert client.post(path).location.endswith("/pioniers")
    session.refresh(request)
    assert request.state == RequestState.WITHDRAWN


def test_a_proposal_is_confirmed_once_and_the_host_hears_of_it(
    client: FlaskClient, session: Session, personas: Personas, evening: Event
) -> None:
    log_in(client, personas.leader)
    path = f"{EVENTS}/{evening.id}/bevestigen"
    assert "Gaat deze bijeenkomst door?" in client.get(path).text
    for _ in range(2):
        data = {"decision": "yes", "remark": "Mooi voorstel"}
        assert client.post(path, data=data).status_code == 303
    session.refresh(evening)
    assert evening.status == EventStatus.PLANNED
    (mail,) = outbox(session, "planning.confirmed")
    assert mail.to == "els@fan.example"
    assert "Mooi voorstel" in mail.text


def test_a_proposal_that_is_not_confirmed_is_off_with_its_requests(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, evening: Event
) -> None:
    request = ask_one(session, running, evening, make_speaker(session, running, "Bram"))
    log_in(client, personas.leader)
    path = f"{EVENTS}/{evening.id}/bevestigen"
    assert "Er is die dag niets anders" in client.get(path).text
    silent = client.post(path, data={"decision": "no", "remark": " "})
    assert silent.status_code == 422
    assert "Schrijf waarom" in silent.text
    assert outbox(session, "planning.not_confirmed") == []
    client.post(path, data={"decision": "no", "remark": "Er is al een avond in Olst."})
    session.refresh(evening)
    session.refresh(request)
    assert (evening.status, request.state) == (EventStatus.CANCELLED, RequestState.WITHDRAWN)
    (mail,) = outbox(session, "planning.not_confirmed")
    assert "Dit is de reden:\nEr is al een avond in Olst." in mail.text
    assert len(outbox(session, "planning.cancelled")) == 1


def test_proposals_and_wishes_wait_for_the_leader(
    client: FlaskClient, session: Session, personas: Personas, evening: Event
) -> None:
    evening.wants_pioneer = True
    session.flush()
    log_in(client, personas.leader)
    page = client.get("/p/overijssel/").text
    assert "voorgestelde bijeenkomst" in page
    assert "om een pionier vraagt" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("viewer", 403), ("pioneer", 403), ("fan_contact", 403), ("stranger", 404)],
)
def test_only_the_leader_plans(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    evening: Event,
    who: str,
    status: int,
) -> None:
    bram = make_speaker(session, running, "Bram")
    log_in(client, getattr(personas, who))
    for page in ("pioniers", "bevestigen"):
        path = f"{EVENTS}/{evening.id}/{page}"
        assert client.get(path).status_code == status
        assert client.post(path, data={"only": bram.id}).status_code == status
    assert client.get("/p/overijssel/netwerk/pioniers/belasting").status_code == status
    assert session.query(PioneerRequest).count() == 0


def test_the_month_shows_every_event_with_its_status(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, evening: Event
) -> None:
    make_event(session, personas.elsewhere, title="Van een ander")
    log_in(client, personas.leader)
    month = f"{evening.starts_at:%Y-%m}"
    page = client.get(f"/p/overijssel/kalender?maand={month}").text
    assert "Avond in Raalte" in page
    assert "Voorgesteld" in page
    assert "Van een ander" not in page
    assert running.id


@pytest.mark.parametrize("month", ["", "2026-13", "gisteren", "0000-01", "99999-1", "2100-12"])
def test_a_month_that_does_not_exist_is_this_month(
    client: FlaskClient, running: Programme, personas: Personas, month: str
) -> None:
    log_in(client, personas.viewer)
    assert client.get(f"/p/overijssel/kalender?maand={month}").status_code == 200
    assert running.id


def test_who_is_asked_how_often(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, evening: Event
) -> None:
    ask_one(session, running, evening, make_speaker(session, running, "Bram"))
    log_in(client, personas.leader)
    page = client.get("/p/overijssel/netwerk/pioniers/belasting?jaar=abc").text
    assert "Bram Oosterhof" in page
