"""The page of an event for the project leader, and what waits under "needs attention"."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.events.models import EventStatus
from pioneers.fans.models import Fan
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.planning.scene import ask_one, at, day, make_evening, make_host, make_speaker, outbox

LEADER = "/p/overijssel/bijeenkomsten"
ITEM = re.compile(r'<li><strong class="count">(\d+)</strong> <a href="([^"]+)">([^<]+)</a>')


@pytest.fixture
def fan(session: Session, running: Programme, personas: Personas) -> Fan:
    """The fan of the fan's contact person of the personas."""
    return make_host(session, running, personas.fan_contact.email)


def proposing(session: Session, running: Programme, event, name: str) -> PioneerRequest:
    request = ask_one(session, running, event, make_speaker(session, running, name))
    request.state, request.proposed_at = RequestState.OTHER_DATE, at(44, 19)
    request.answer = "Dan ben ik in het land."
    session.flush()
    return request


def waiting(client: FlaskClient) -> dict[str, tuple[int, str]]:
    page = client.get("/p/overijssel/").text
    return {
        words: (int(count), href.replace("&amp;", "&")) for count, href, words in ITEM.findall(page)
    }


def test_of_an_event_to_come_it_shows_everything_that_is_known(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(
        *(session, running),
        fan_id=fan.id,
        audience="veertig bouwers",
        theme="flexible",
        description="Over roosteren.",
        capacity=40,
    )
    proposing(session, running, event, "Bram")
    log_in(client, personas.leader)
    page = client.get(f"{LEADER}/{event.id}").text
    for words in (
        *("veertig bouwers", "Over roosteren.", "Bram Oosterhof", "stelt een andere datum voor"),
        *("Dan ben ik in het land.", "naar deze datum verzetten", "Nog niet gepubliceerd"),
        *("Op de wachtlijst", "Pagina van de gastheer"),
    ):
        assert words in page, words
    for words in ("Wie er was", "De lijst is leeg", "Aanmelden en inchecken"):
        assert words not in page, words
    event.public_code, event.published_at = "ABCDEFGH", at(-1)
    session.flush()
    assert "/b/ABCDEFGH" in client.get(f"{LEADER}/{event.id}").text
    past = make_evening(session, running, days=-3, status=EventStatus.HELD)
    page = client.get(f"{LEADER}/{past.id}").text
    assert "Wie er was" in page
    assert "aantal nog niet ingevuld" in page


def test_the_viewer_sees_how_many_registered_and_not_who_was_asked(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    event = make_evening(session, running)
    proposing(session, running, event, "Bram")
    log_in(client, personas.viewer)
    page = client.get(f"{LEADER}/{event.id}").text
    assert "Op de wachtlijst" in page
    assert "Bram" not in page
    assert f"/podium/{event.id}" not in page


def test_the_proposed_date_is_filled_in_and_saving_it_lets_the_pioneer_come(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    request = proposing(session, running, event, "Bram")
    log_in(client, personas.leader)
    path = f"{LEADER}/{event.id}/wijzigen?verzoek={request.id}"
    page = client.get(path).text
    assert day(44).isoformat() in page
    assert "zoals Bram Oosterhof ze voorstelde" in page
    data = {
        "title": event.title,
        "kind": "talk",
        "status": "planned",
        "place": "Raalte",
        "day": f"{day(44):%d-%m-%Y}",
        "starts": "19:00",
        "ends": "21:00",
        "fan_id": str(fan.id),
        "version": str(event.version),
    }
    assert client.post(path, data=data).status_code == 303
    session.expire_all()
    assert (event.starts_at, request.state) == (at(44, 19), RequestState.ACCEPTED)
    assert len(outbox(session, "planning.coming")) == 1
    assert outbox(session, "planning.moved") == []


def test_another_date_than_the_proposed_one_leaves_the_proposal(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    request = proposing(session, running, event, "Bram")
    log_in(client, personas.leader)
    data = {
        "title": event.title,
        "kind": "talk",
        "status": "planned",
        "place": "Raalte",
        "day": f"{day(45):%d-%m-%Y}",
        "starts": "19:00",
        "ends": "21:00",
        "fan_id": str(fan.id),
        "version": str(event.version),
    }
    path = f"{LEADER}/{event.id}/wijzigen"
    assert client.post(f"{path}?verzoek={request.id}", data=data).status_code == 303
    session.expire_all()
    assert (event.starts_at, request.state) == (at(45, 19), RequestState.OTHER_DATE)
    assert client.get(f"{path}?verzoek=999999").status_code == 404


def test_a_proposed_date_that_has_passed_is_not_filled_in_and_breaks_no_correction(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    request = proposing(session, running, event, "Bram")
    request.proposed_at = at(-2, 19)
    session.flush()
    log_in(client, personas.leader)
    path = f"{LEADER}/{event.id}/wijzigen?verzoek={request.id}"
    assert "ze voorstelde" not in client.get(path).text
    data = {
        "title": event.title,
        "kind": "talk",
        "status": "planned",
        "place": "Raalte",
        "day": f"{day(-2):%d-%m-%Y}",
        "starts": "19:00",
        "ends": "21:00",
        "fan_id": str(fan.id),
        "version": str(event.version),
    }
    assert client.post(path, data=data).status_code == 303
    session.expire_all()
    assert (event.starts_at, request.state) == (at(-2, 19), RequestState.OTHER_DATE)


def test_a_move_of_which_nobody_registered_has_to_hear_counts_no_registrations(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    log_in(client, personas.leader)
    request = proposing(session, running, event, "Bram")
    path = f"{LEADER}/{event.id}/wijzigen?verzoek={request.id}"
    form = {
        "title": event.title,
        "kind": "talk",
        "status": "planned",
        "place": "Raalte",
        "day": f"{day(44):%d-%m-%Y}",
        "starts": "19:00",
        "ends": "21:00",
        "fan_id": str(fan.id),
        "version": str(event.version),
    }
    answer = client.post(path, data=form, follow_redirects=True).text
    assert "De pioniers, de gastheer en de projectleider kregen er een mail over." in answer
    assert "0 aanmeldingen" not in answer


def test_one_that_waits_opens_itself_and_several_open_just_these(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    first = make_evening(session, running, wants_pioneer=True, title="Eerste avond")
    dated = make_evening(session, running, title="Avond met datum")
    proposing(session, running, dated, "Bram")
    uncounted = make_evening(session, running, days=-3, title="Niet geteld", headcount=None)
    found = waiting(client)
    assert found["bijeenkomst die om een pionier vraagt"] == (
        *(1, f"{LEADER}/{first.id}/pioniers"),
    )
    date_words = "bijeenkomst waarvoor een pionier een andere datum voorstelt"
    assert found[date_words] == (1, f"{LEADER}/{dated.id}")
    assert found["bijeenkomst zonder telling of lijst"] == (1, f"{LEADER}/{uncounted.id}")
    make_evening(session, running, wants_pioneer=True, title="Tweede avond", days=31)
    proposing(session, running, make_evening(session, running, title="Nog een datum"), "Cora")
    make_evening(session, running, days=-4, title="Ook niet geteld", status=EventStatus.HELD)
    make_evening(session, running, days=-2, status=EventStatus.CANCELLED)
    make_evening(session, running, title="Gewone avond")
    several = [item for item in waiting(client).values() if "wacht=" in item[1]]
    assert len(several) == 3
    for count, href in several:
        page = client.get(href).text
        assert page.count('class="row-title"') == count == 2, href
        assert "Gewone avond" not in page
    assert "vraagt een pionier" in client.get(LEADER).text
    assert "andere datum voorgesteld" in client.get(LEADER).text


def test_a_pioneer_who_is_asked_takes_the_question_from_the_leader(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    event = make_evening(session, running, wants_pioneer=True)
    bram = make_speaker(session, running, "Bram")
    log_in(client, personas.leader)
    path = f"{LEADER}/{event.id}/pioniers"
    assert "De gastheer vraagt" in client.get(path).text
    client.post(path, data={"only": str(bram.id)})
    page = client.get(path).text
    assert "De gastheer vraagt" not in page
    assert "1 keer, 1 open" in page
    assert not [words for words in waiting(client) if "vraagt" in words]
