"""A fan's contact person, through the browser."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.accounts.models import Invitation
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_fan
from tests.planning.scene import ask_one, at, day, make_evening, make_host, make_speaker, outbox

HOST = "/p/overijssel/podium"


@pytest.fixture
def fan(session: Session, running: Programme, personas: Personas) -> Fan:
    """The fan of the fan's contact person of the personas."""
    return make_host(session, running, personas.fan_contact.email)


def form(fan: Fan, **facts: object) -> dict[str, str]:
    given: dict[str, object] = {
        "fan_id": fan.id,
        "title": "Avond in Olst",
        "kind": "talk",
        "day": f"{day(30):%d-%m-%Y}",
        "starts": "20:00",
        "ends": "22:00",
        "place": "Olst",
        "address": "Domineeskamp 1",
        "audience": "veertig bouwers",
        "capacity": "40",
        "pioneer": "",
    }
    return {name: str(value) for name, value in (given | facts).items()}


def test_without_a_fan_the_page_says_whom_to_ask(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.fan_contact)
    assert "Nog geen organisatie" in client.get(HOST).text
    assert "Nog geen organisatie" in client.get(f"{HOST}/nieuw").text


def test_without_events_the_page_offers_to_propose_one(
    client: FlaskClient, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.fan_contact)
    page = client.get(HOST).text
    assert f"{HOST}/nieuw" in page
    assert "Nog geen bijeenkomsten" in page
    assert fan.id


def test_a_host_proposes_asks_and_publishes(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    bram = make_speaker(session, running, "Bram")
    log_in(client, personas.fan_contact)
    assert "Bram Oosterhof" in client.get(f"{HOST}/nieuw").text
    answered = client.post(f"{HOST}/nieuw", data=form(fan, pioneer=bram.id))
    assert answered.status_code == 303
    event = session.scalars(select(Event)).one()
    assert (event.status, event.capacity, event.fan_id) == (EventStatus.PROPOSED, 40, fan.id)
    assert "wacht op de projectleider" in client.get(answered.location).text
    early = client.post(f"{answered.location}/publiceren", follow_redirects=True)
    assert "nog niet bevestigd" in early.text
    event.status = EventStatus.PLANNED
    session.flush()
    done = client.post(f"{answered.location}/publiceren", follow_redirects=True)
    assert "Gepubliceerd" in done.text
    session.refresh(event)
    assert event.public_code
    assert "Avond in Olst" in client.get(HOST).text
    assert session.scalars(select(PioneerRequest.pioneer_id)).all() == [bram.id]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": ""}, "day"),
        ({"day": "1-3-2016"}, "day"),
        ({"day": "1-3-2099"}, "day"),
        ({"ends": "19:00"}, "ends"),
        ({"place": ""}, "place"),
        ({"capacity": "0"}, "capacity"),
        ({"theme": "toverkunst"}, "theme"),
        ({"pioneer": "999999"}, "pioneer"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    client: FlaskClient,
    session: Session,
    personas: Personas,
    fan: Fan,
    change: dict[str, str],
    field: str,
) -> None:
    log_in(client, personas.fan_contact)
    answered = client.post(f"{HOST}/nieuw", data=form(fan, **change))
    assert answered.status_code == 422
    assert f'id="{field}-error"' in answered.text
    assert session.scalars(select(Event)).all() == []


def test_every_mistake_is_shown_at_once(
    client: FlaskClient, personas: Personas, session: Session, running: Programme, fan: Fan
) -> None:
    wrong = form(fan, title="", day=f"{day(-2):%d-%m-%Y}", ends="19:00", capacity="0")
    log_in(client, personas.fan_contact)
    proposed = client.post(f"{HOST}/nieuw", data=wrong).text
    event = make_evening(session, running, fan_id=fan.id, seats_taken=4, capacity=9)
    changing = wrong | {"version": "1", "title": "Avond", "capacity": "3"}
    changed = client.post(f"{HOST}/{event.id}/wijzigen", data=changing).text
    for field in ("day", "ends", "capacity"):
        assert f'id="{field}-error"' in proposed
        assert f'id="{field}-error"' in changed
    assert 'id="title-error"' in proposed
    assert "4 plaatsen bezet" in changed


def test_a_past_event_shares_no_link_and_a_hidden_one_checks_nobody_in(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    coming = make_evening(session, running, fan_id=fan.id)
    open_ = {"public_code": "ABCDEFGH", "published_at": at(-9)}
    shown = make_evening(session, running, fan_id=fan.id, days=31, **open_)
    past = make_evening(
        *(session, running), fan_id=fan.id, days=-3, **open_ | {"public_code": "HGFEDCBA"}
    )
    log_in(client, personas.fan_contact)
    page = client.get(f"{HOST}/{coming.id}").text
    assert "/inchecken" not in page
    assert "badges" not in page
    page = client.get(f"{HOST}/{shown.id}").text
    assert "/b/ABCDEFGH" in page
    assert "badges" in page
    page = client.get(f"{HOST}/{past.id}").text
    assert "/b/HGFEDCBA" not in page
    assert "badges" not in page
    assert f"{HOST}/{past.id}/wijzigen" not in page


def test_an_event_is_copied_without_its_day_and_mails_nobody_of_the_earlier_one(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    bram = make_speaker(session, running, "Bram")
    source = make_evening(
        session, running, title="Elk jaar", fan_id=fan.id, pioneers=[bram], audience="Bakkers"
    )
    log_in(client, personas.fan_contact)
    page = client.get(f"{HOST}/nieuw?kopie={source.id}").text
    assert 'value="Elk jaar"' in page
    assert "Bakkers" in page
    day_field = page[page.index('id="day"') - 200 : page.index('id="day"') + 200]
    assert f'value="{day(30).isoformat()}"' not in day_field
    first = client.post(f"{HOST}/nieuw?kopie={source.id}", data=form(fan))
    assert first.status_code == 422
    assert "Toch voorstellen" in first.text
    assert "Elk jaar" in first.text
    done = client.post(f"{HOST}/nieuw?kopie={source.id}", data=form(fan, although="y"))
    assert done.status_code == 303
    assert {one.kind for one in outbox(session)} == {"hosting.proposed"}


def test_the_events_of_another_fan_do_not_exist(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    other = make_fan(session, running)
    foreign = make_evening(session, running, title="Geheim", fan_id=other.id)
    request = ask_one(session, running, foreign, make_speaker(session, running, "Bram"))
    log_in(client, personas.fan_contact)
    assert "Geheim" not in client.get(HOST).text
    for page in ("", "/wijzigen", "/annuleren", "/pionier", "/aantal"):
        assert client.get(f"{HOST}/{foreign.id}{page}").status_code == 404
    for page in (
        *("/wijzigen", "/annuleren", "/pionier", "/aantal", "/publiceren"),
        *(f"/verzoeken/{request.id}/intrekken", f"/verzoeken/{request.id}/datum"),
    ):
        assert client.post(f"{HOST}/{foreign.id}{page}").status_code == 404
    assert client.get(f"{HOST}/nieuw?kopie={foreign.id}").status_code == 404
    own = make_evening(session, running, fan_id=fan.id)
    assert client.post(f"{HOST}/{own.id}/verzoeken/{request.id}/intrekken").status_code == 404
    stolen = client.post(f"{HOST}/nieuw", data=form(other))
    assert stolen.status_code == 422
    assert session.get_one(Event, foreign.id).status == EventStatus.PLANNED


@pytest.mark.parametrize(
    ("who", "status"), [("viewer", 403), ("pioneer", 403), ("stranger", 404), ("leader", 200)]
)
def test_who_may_host(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    fan: Fan,
    who: str,
    status: int,
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    log_in(client, getattr(personas, who))
    for page in ("", f"/{event.id}", "/nieuw", f"/{event.id}/wijzigen"):
        assert client.get(f"{HOST}{page}").status_code == status


def test_a_host_changes_an_event_and_everybody_concerned_is_told(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    bram = make_speaker(session, running, "Bram")
    event = make_evening(session, running, fan_id=fan.id, pioneers=[bram])
    log_in(client, personas.fan_contact)
    path = f"{HOST}/{event.id}/wijzigen"
    assert client.get(path).status_code == 200
    saved = client.post(path, data=form(fan, version=1), follow_redirects=True)
    assert "de gastheer en de projectleider kregen er een mail over" in saved.text
    assert [one.to for one in outbox(session, "planning.moved")] == ["bram@oosterhof.example"]
    assert [one.to for one in outbox(session, "hosting.moved")] == [personas.leader.email]
    again = client.post(path, data=form(fan, version=1, title="Van mij"))
    assert "Iemand anders" in again.text
    log_in(client, personas.leader)
    assert "deze week verzette" in client.get("/p/overijssel/").text


def test_fewer_seats_than_are_taken_is_said_at_the_field(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id, capacity=50, seats_taken=41)
    log_in(client, personas.fan_contact)
    answered = client.post(f"{HOST}/{event.id}/wijzigen", data=form(fan, version=1))
    assert 'id="capacity-error"' in answered.text
    assert "41" in answered.text


def test_a_host_cancels_once(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    bram = make_speaker(session, running, "Bram")
    event = make_evening(session, running, fan_id=fan.id, pioneers=[bram])
    log_in(client, personas.fan_contact)
    path = f"{HOST}/{event.id}/annuleren"
    assert "één pionier" in client.get(path).text
    for _ in range(2):
        assert client.post(path, data={"version": "1"}).status_code == 303
    session.refresh(event)
    assert (event.status, event.sequence) == (EventStatus.CANCELLED, 1)
    assert len(outbox(session, "planning.cancelled")) == 1


def test_a_host_counts_the_room(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    past = make_evening(session, running, days=-1, fan_id=fan.id)
    coming = make_evening(session, running, fan_id=fan.id)
    log_in(client, personas.fan_contact)
    assert "Hoeveel mensen waren er?" in client.get(f"{HOST}/{past.id}").text
    empty = client.post(f"{HOST}/{past.id}/aantal", data={"headcount": ""}, follow_redirects=True)
    assert "hoeveel mensen er waren, is niet bekend" in empty.text
    assert client.post(f"{HOST}/{past.id}/aantal", data={"headcount": "33"}).status_code == 303
    session.refresh(past)
    assert (past.headcount, past.status) == (33, EventStatus.HELD)
    early = client.post(f"{HOST}/{coming.id}/aantal", data={"headcount": "33"})
    assert 'id="headcount-error"' in early.text


def test_a_host_takes_over_the_date_of_a_pioneer(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    request = ask_one(session, running, event, make_speaker(session, running, "Bram"))
    request.state, request.proposed_at = RequestState.OTHER_DATE, at(44, 19)
    session.flush()
    log_in(client, personas.fan_contact)
    path = f"{HOST}/{event.id}/verzoeken/{request.id}/datum"
    assert "naar deze datum verzetten" in client.get(f"{HOST}/{event.id}").text
    stale = client.post(path, data={"version": "99"}, follow_redirects=True)
    assert "intussen gewijzigd" in stale.text
    client.post(path, data={"version": str(event.version)})
    session.refresh(event)
    assert event.starts_at == at(44, 19)


def test_a_host_asks_for_whoever_fits(
    client: FlaskClient, session: Session, running: Programme, personas: Personas, fan: Fan
) -> None:
    event = make_evening(session, running, fan_id=fan.id)
    log_in(client, personas.fan_contact)
    assert client.get(f"{HOST}/{event.id}/pionier").status_code == 200
    client.post(f"{HOST}/{event.id}/pionier", data={"pioneer": "fits"})
    session.refresh(event)
    assert event.wants_pioneer
    assert "zoekt er een" in client.get(f"{HOST}/{event.id}").text


def test_the_leader_gives_a_contact_person_access_from_the_page_of_the_fan(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    fan = make_host(session, running, "els@fan.example")
    log_in(client, personas.leader)
    assert "Toegang geven" in client.get(f"/p/overijssel/netwerk/fans/{fan.id}").text
    data = {"email": "els@fan.example", "role": "fan_contact"}
    assert client.post("/p/overijssel/toegang/uitnodigen", data=data).status_code == 200
    assert session.scalars(select(Invitation.email)).all() == ["els@fan.example"]
    own = make_host(session, running, personas.fan_contact.email)
    page = client.get(f"/p/overijssel/netwerk/fans/{own.id}").text
    assert "heeft toegang" in page
    assert "Toegang geven" not in page


def test_the_menu_of_a_contact_person_leads_to_the_own_events(
    client: FlaskClient, personas: Personas, fan: Fan
) -> None:
    log_in(client, personas.fan_contact)
    page = client.get(HOST).text
    assert "Uw bijeenkomsten" in page
    assert "Uw verzoeken" not in page
    log_in(client, personas.leader)
    assert f'href="{HOST}"' not in client.get("/p/overijssel/bijeenkomsten").text
    assert fan.id


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31-12-9999", "tussen 1900 en 2199"),
        ("31-12-2199", "Het programma eindigt"),
        ("01-01-0001", "tussen 1900 en 2199"),
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_refused_at_its_field(
    client: FlaskClient, session: Session, personas: Personas, fan: Fan, typed: str, words: str
) -> None:
    log_in(client, personas.fan_contact)
    facts = form(fan, day=typed, starts="23:59", ends="00:30")
    answer = client.post(f"{HOST}/nieuw", data=facts)
    assert answer.status_code == 422
    assert 'id="day-error"' in answer.text
    assert words in answer.text
    assert session.scalars(select(Event)).all() == []
