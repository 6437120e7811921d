"""The host's page: ticking names, with and without scripts."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pioneers.db import db
from pioneers.events.models import Event
from pioneers.presence import queries
from pioneers.presence.deeds import Deed, Door, Outcome
from pioneers.presence.models import CheckIn
from pioneers.reach.models import Contact
from pioneers.registrations.models import Registration, RegistrationState
from tests.client import log_in
from tests.database import statements
from tests.factories import Personas
from tests.presence.evening import make_evening, make_registration

STATES = RegistrationState


def path(event: Event, rest: str = "") -> str:
    return f"/p/overijssel/podium/{event.id}/inchecken{rest}"


def send(client: FlaskClient, event: Event, *deeds: Any) -> TestResponse:
    return client.post(path(event, "/verzenden"), json={"deeds": list(deeds)})


def contacts(session: Session) -> list[Contact]:
    return list(session.scalars(select(Contact).where(Contact.voided_at.is_(None))))


def test_a_host_ticks_and_takes_it_back(session, evening, host: FlaskClient) -> None:
    who = make_registration(session, evening, name="Anne de Vries", company="Vries Bouw")
    page = host.get(path(evening))
    assert "Anne de Vries" in page.text
    assert "Vries Bouw" in page.text
    answer = host.post(path(evening), data={"in": who.id, "key": "0123456789abcdef"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"#gast-{who.id}")
    assert "Anne de Vries is binnen." in host.get(path(evening)).text
    assert (who.state, len(contacts(session))) == (STATES.ATTENDED, 1)
    host.post(path(evening), data={"in": who.id, "key": "0123456789abcdef"})
    assert len(session.scalars(select(CheckIn)).all()) == 1
    host.post(path(evening), data={"undo": who.id, "key": "0123456789abcdef"})
    assert (who.state, contacts(session)) == (STATES.REGISTERED, [])


def test_a_search_shows_who_is_meant(session, evening, host: FlaskClient) -> None:
    anne = make_registration(session, evening, name="Anne de Vriès")
    bram = make_registration(session, evening, name="Bram Kok")
    page = host.get(path(evening) + "?q=vries anne").text
    assert f'id="gast-{bram.id}"' in page
    hidden = [line for line in page.splitlines() if 'class="guest"' in line and "hidden" in line]
    assert [str(bram.id) in line for line in hidden] == [True]
    assert f'id="gast-{anne.id}"' in page


def test_somebody_who_is_not_on_the_list_is_added(session, evening, host: FlaskClient) -> None:
    given = {"name": "Joris Tak", "company": "Bakkerij Tak", "email": "", "key": "een-sleutel"}
    answer = host.post(path(evening), data=given)
    assert answer.status_code == 303
    made = session.scalars(select(Registration)).one()
    assert (made.name, made.email, made.state) == ("Joris Tak", None, STATES.ATTENDED)
    host.post(path(evening), data=given)
    assert len(contacts(session)) == 1
    wrong = host.post(path(evening), data=given | {"company": "", "email": "geen adres"})
    assert wrong.status_code == 422
    assert "Joris Tak" in wrong.text


def test_the_host_counts_who_came_along(session, evening, host: FlaskClient) -> None:
    who = make_registration(session, evening, guests=2)
    given = {"key": "0123456789abcdef", f"guests-{who.id}": "2"}
    host.post(path(evening), data=given | {"in": who.id})
    assert queries.room(session, evening).heads == 3
    host.post(path(evening), data=given | {"guests": who.id, f"guests-{who.id}": "1"})
    assert queries.room(session, evening).heads == 2


@pytest.mark.parametrize(
    "data", [{"in": "x"}, {"undo": "²"}, {"guests": "1", "guests-1": "-3"}, {"in": "999999"}, {}]
)
def test_a_page_that_was_tampered_with_is_refused(evening, host: FlaskClient, data) -> None:
    assert host.post(path(evening), data=data | {"key": "0123456789abcdef"}).status_code == 422


def test_what_a_phone_kept_arrives_in_order_and_once(session, evening, host: FlaskClient) -> None:
    anne = make_registration(session, evening, name="Anne de Vries", guests=1)
    bram = make_registration(session, evening, name="Bram Kok")
    deeds = [
        {"kind": "in", "key": "sleutel-1", "registration": anne.id, "guests": 1},
        {"kind": "in", "key": "sleutel-2", "registration": bram.id},
        {"kind": "undo", "key": "sleutel-3", "undoes": ["sleutel-2"], "registration": bram.id},
        {"kind": "new", "key": "sleutel-4", "name": "Els Tak", "company": "Tak"},
        {"kind": "undo", "key": "sleutel-5", "undoes": ["sleutel-4"]},
        {"kind": "in", "key": "sleutel-6", "undoes": ["sleutel-4"]},
    ]
    for _ in range(2):
        answer = send(host, evening, *deeds)
        assert [one["status"] for one in answer.json["results"]] == ["done"] * 6
    room = answer.json["room"]
    assert (room["inside"], room["heads"], room["expected"]) == (2, 3, 3)
    assert len(contacts(session)) == 2
    assert bram.state == STATES.REGISTERED
    at = {"at": "2026-11-12T19:40:00+01:00"}
    send(host, evening, {"kind": "in", "key": "sleutel-7", "registration": bram.id} | at)
    assert (
        queries.by_key(session, evening, "sleutel-7").at.isoformat().startswith("2026-11-12T18:40")
    )


NONSENSE: list[Any] = [
    None,
    7,
    [],
    {},
    {"kind": "in"},
    {"kind": "nooit", "key": "sleutel-1"},
    {"kind": "in", "key": "sleutel-1", "registration": "x"},
    {"kind": "in", "key": "sleutel-1", "registration": 10**30},
    {"kind": "in", "key": "sleutel-1", "registration": 999_999},
    {"kind": "in", "key": "sleutel-1", "registration": True},
    {"kind": "in", "key": "sleutel-1", "registration": 1, "guests": -4},
    {"kind": "in", "key": ["x"], "registration": 1},
    {"kind": "in", "key": "sleutel-1", "registration": 1, "at": "gisteren"},
    {"kind": "undo", "key": "sleutel-1", "undoes": "alles"},
    {"kind": "in", "key": "sleutel-1", "undoes": ["nul\0-sleutel"]},
    {"kind": "new", "key": "sleutel-1", "name": "", "company": "x"},
    {"kind": "new", "key": "sleutel-1", "name": "Jan", "company": "x", "email": "a\nb@c"},
    {"kind": "scan", "key": "sleutel-1", "token": "1-aaaaaaaaaaaaaaaaaaaaaaaa"},
    {"kind": "code", "key": "sleutel-1", "token": "NEENEE"},
]


def test_nonsense_is_refused_one_by_one_and_the_rest_is_done(
    session, evening, host: FlaskClient
) -> None:
    who = make_registration(session, evening)
    good = {"kind": "in", "key": "goede-sleutel", "registration": who.id}
    answer = send(host, evening, *NONSENSE, good)
    assert answer.status_code == 200
    *refused, done = answer.json["results"]
    assert {one["status"] for one in refused} == {"refused"}
    assert done["status"] == "done"
    assert len(contacts(session)) == 1


@pytest.mark.parametrize("body", [b"", b"geen json", b"[]", b'{"deeds": 3}', b'{"deeds": null}'])
def test_a_body_that_is_no_list_of_deeds_is_refused(evening, host: FlaskClient, body) -> None:
    kind = "application/json"
    answer = host.post(path(evening, "/verzenden"), data=body, content_type=kind)
    assert answer.status_code == 422
    many = json.dumps({"deeds": [{}] * 201})
    assert host.post(path(evening, "/verzenden"), data=many, content_type=kind).status_code == 422


@pytest.mark.parametrize("deep", ["[" * 200_000, '{"deeds":' * 50_000, '{"deeds": ' + "[" * 90_000])
def test_lists_within_lists_are_refused(evening, host: FlaskClient, deep: str) -> None:
    answer = host.post(path(evening, "/verzenden"), data=deep, content_type="application/json")
    assert answer.status_code == 422


def test_what_is_far_too_much_is_refused(evening, host: FlaskClient) -> None:
    much = json.dumps({"deeds": [{"name": "x" * 600_000}]})
    answer = host.post(path(evening, "/verzenden"), data=much, content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("key", [["x"], {"a": 1}, 7, "x" * 61, None])
def test_a_key_of_another_shape_is_not_given_back(evening, host: FlaskClient, key) -> None:
    (result,) = send(host, evening, {"kind": "in", "key": key}).json["results"]
    assert (result["key"], result["status"]) == (None, "refused")


def test_a_deed_that_fails_is_answered_and_the_rest_is_done(
    session, evening, host: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = make_registration(session, evening), make_registration(session, evening)
    real = Door.do

    def do(door: Door, deed: Deed) -> Outcome:
        outcome = real(door, deed)
        if deed.registration_id == bad.id:
            raise ZeroDivisionError
        return outcome

    monkeypatch.setattr(Door, "do", do)
    deeds = [
        {"kind": "in", "key": f"sleutel-{one.id}", "registration": one.id} for one in (bad, good)
    ]
    answer = send(host, evening, *deeds)
    assert answer.status_code == 200
    assert [one["status"] for one in answer.json["results"]] == ["failed", "done"]
    assert "ging iets mis" in answer.json["results"][0]["words"]
    assert len(contacts(session)) == 1  # what failed halfway left nothing


def test_another_fans_event_does_not_exist_for_a_host(
    session, lasting, evening, host: FlaskClient
) -> None:
    other = make_evening(session, lasting)
    other.fan_id = None
    session.flush()
    who = make_registration(session, evening)
    assert host.get(path(other)).status_code == 404
    assert send(host, other).status_code == 404
    deed = {"kind": "in", "key": "sleutel-1", "registration": who.id}
    assert host.get(path(evening)).status_code == 200
    theirs = make_registration(session, other)
    answer = send(host, evening, deed | {"registration": theirs.id})
    assert answer.json["results"][0]["status"] == "refused"


def test_a_viewer_and_a_pioneer_have_no_door(
    evening, client: FlaskClient, personas: Personas
) -> None:
    for user in (personas.viewer, personas.pioneer):
        log_in(client, user)
        assert client.get(path(evening)).status_code == 403
        assert send(client, evening).status_code == 403


def test_whose_session_ended_is_sent_to_the_log_in_page(evening, client: FlaskClient) -> None:
    answer = send(client, evening, {"kind": "in", "key": "sleutel-1", "registration": 1})
    assert answer.status_code == 303
    assert answer.location.startswith("/inloggen")


def test_a_long_list_costs_no_more_questions_than_a_short_one(
    app, session, evening, host: FlaskClient
) -> None:
    def questions() -> int:
        with app.app_context():
            engine = db.engine
        with statements(engine) as seen:
            host.get(path(evening))
        return len(seen)

    make_registration(session, evening)
    few = questions()
    for _ in range(30):
        make_registration(session, evening)
    assert questions() == few
