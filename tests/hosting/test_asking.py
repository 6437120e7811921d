"""A host who asks for a pioneer is warned of what is in the way, and can ask all the same."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.ambassadors.models import Pioneer
from pioneers.events.models import Event, EventKind
from pioneers.fans.models import Fan, FanContact
from pioneers.planning.models import PioneerRequest
from pioneers.profiles.actions import add_away, begin_profile
from pioneers.profiles.rules import Period
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_fan
from tests.planning.scene import day, make_evening, make_speaker, outbox

HOST = "/p/overijssel/podium"


@pytest.fixture
def fan(session: Session, running: Programme, personas: Personas) -> Fan:
    """The organisation for which the fan's contact person of the personas speaks."""
    made = make_fan(session, running)
    email = personas.fan_contact.email
    session.add(FanContact(fan_id=made.id, name="Els ten Brink", email=email))
    session.flush()
    return made


@pytest.fixture
def host(app: Flask, personas: Personas, fan: Fan) -> FlaskClient:
    """The browser of the contact person."""
    assert fan.id
    client = app.test_client()
    log_in(client, personas.fan_contact)
    return client


@pytest.fixture
def evening(session: Session, running: Programme, fan: Fan) -> Event:
    """An evening in Raalte, thirty days from now."""
    return make_evening(session, running, fan_id=fan.id)


def hinder(session: Session, programme: Programme, pioneer: Pioneer, how: str) -> None:
    """Let something be in the way thirty days from now in Raalte."""
    if how == "away":
        period = Period(day(28), day(32), "op vakantie in Spanje")
        add_away(session, pioneer=pioneer, period=period, actor_id=None)
    elif how == "far":
        pioneer.travels_km = 5
    elif how == "kind":
        begin_profile(session, pioneer).offers = "workshop,media"
    else:
        make_evening(session, programme, pioneers=[pioneer])
    session.flush()


def asked(session: Session) -> list[int]:
    return list(session.scalars(select(PioneerRequest.pioneer_id)))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("away", "die dag afwezig"),
        ("far", "verder dan deze pionier reist"),
        ("kind", "biedt iets anders aan"),
        ("clash", "spreekt dan elders"),
    ],
)
def test_what_is_in_the_way_is_said_before_the_request_leaves(
    host: FlaskClient,
    session: Session,
    running: Programme,
    evening: Event,
    how: str,
    words: str,
) -> None:
    hindered = make_speaker(session, running, "Bram")
    free = make_speaker(session, running, "Zeger")
    hinder(session, running, hindered, how)
    path = f"{HOST}/{evening.id}/pionier"
    text = host.get(path).text
    assert f"Bram Oosterhof ({words}" in text
    assert text.index("Zeger Oosterhof</option>") < text.index("Bram Oosterhof (")
    assert "Spanje" not in text
    form = {"pioneer": str(hindered.id), "message": "Komt u over roosteren vertellen?"}
    answer = host.post(path, data=form)
    assert answer.status_code == 200
    assert "kan misschien niet komen" in answer.text
    assert words in answer.text
    assert "roosteren vertellen" in answer.text
    assert asked(session) == []
    assert outbox(session, "planning.asked") == []
    warned = shown_key(answer.text)
    go_on = form | {"warned_of": warned, "although_unfit": "y"}
    assert host.post(path, data=go_on).status_code == 303
    assert host.post(path, data=form | {"pioneer": str(free.id)}).status_code == 303
    assert asked(session) == [hindered.id, free.id]


def shown_key(text: str) -> str:
    """What the page remembers of its warning."""
    return text.split('name="warned_of"')[1].split('value="')[1].split('"')[0]


def test_a_tick_for_one_pioneer_or_reason_is_none_for_another(
    host: FlaskClient, session: Session, running: Programme, evening: Event
) -> None:
    first, second = (make_speaker(session, running, name) for name in ("Bram", "Carla"))
    for one in (first, second):
        hinder(session, running, one, "away")
    path = f"{HOST}/{evening.id}/pionier"
    warned = shown_key(host.post(path, data={"pioneer": str(first.id)}).text)
    tick = {"warned_of": warned, "although_unfit": "y"}
    assert host.post(path, data={"pioneer": str(second.id)} | tick).status_code == 200
    hinder(session, running, first, "far")
    assert host.post(path, data={"pioneer": str(first.id)} | tick).status_code == 200
    assert asked(session) == []


def test_a_proposal_warns_too_and_nothing_is_left_of_it_meanwhile(
    host: FlaskClient, session: Session, running: Programme, fan: Fan
) -> None:
    bram = make_speaker(session, running, "Bram")
    hinder(session, running, bram, "away")
    form = {
        "fan_id": str(fan.id),
        "title": "Avond over roosteren",
        "kind": "talk",
        "day": day(30).isoformat(),
        "starts": "20:00",
        "ends": "22:00",
        "place": "Raalte",
        "pioneer": str(bram.id),
    }
    answer = host.post(f"{HOST}/nieuw", data=form)
    assert answer.status_code == 200
    assert "die dag afwezig" in answer.text
    assert "Avond over roosteren" in answer.text
    assert session.scalars(select(Event)).all() == []
    elsewhere = form | {"day": day(40).isoformat(), "warned_of": shown_key(answer.text)}
    assert host.post(f"{HOST}/nieuw", data=elsewhere).status_code == 303
    go_on = form | {"warned_of": shown_key(answer.text), "although_unfit": "y"}
    assert host.post(f"{HOST}/nieuw", data=go_on).status_code == 303
    assert asked(session) == [bram.id, bram.id]


def test_whoever_is_pioneer_on_the_day_can_be_chosen(
    host: FlaskClient, session: Session, running: Programme, evening: Event
) -> None:
    ahead = make_speaker(session, running, "Carla", appointed_on=day(10))
    late = make_speaker(session, running, "Dirk", appointed_on=day(40))
    text = host.get(f"{HOST}/{evening.id}/pionier").text
    assert f'value="{ahead.id}"' in text
    assert f'value="{late.id}"' not in text


def test_the_leader_sees_the_reasons_and_who_is_hindered_last(
    client: FlaskClient,
    session: Session,
    running: Programme,
    evening: Event,
    personas: Personas,
) -> None:
    first, _second = (make_speaker(session, running, name) for name in ("Bram", "Carla"))
    hinder(session, running, first, "kind")
    log_in(client, personas.leader)
    path = f"/p/overijssel/bijeenkomsten/{evening.id}/pioniers"
    text = client.get(path).text
    assert "ander aanbod" in text
    assert text.index("Carla Oosterhof") < text.index("Bram Oosterhof")
    evening.kind = EventKind.WORKSHOP
    session.flush()
    assert "ander aanbod" not in client.get(path).text
    client.post(path, data={"only": str(first.id), "message": ""})
    assert asked(session) == [first.id]
