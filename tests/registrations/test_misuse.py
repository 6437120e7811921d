"""The public form against machines, floods and forms that were opened long ago."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.registrations import event_views
from tests.factories import make_programme
from tests.registrations.making import make_open_event
from tests.registrations.sending import GOOD, everybody, send, stamp


def test_a_machine_sees_the_ordinary_page_and_leaves_nothing(
    client: FlaskClient, session: Session, event: Event
) -> None:
    answer = send(client, event, website="https://spam.example")
    assert (answer.status_code, answer.location) == (303, f"/b/{event.public_code}/gelukt")
    assert everybody(session) == []
    assert session.scalars(select(MailMessage)).all() == []


def test_who_is_too_fast_or_has_another_sites_form_presses_once_more(
    client: FlaskClient, session: Session, event: Event
) -> None:
    forged = stamp(event)[:-1] + "1"
    for begun in (stamp(event, 0.5), "", "abc-def", "²-x", forged):
        answer = send(client, event, begun=begun)
        assert answer.status_code == 422
        assert "wel heel snel" in answer.text
        assert 'value="Anne de Vries"' in answer.text
        assert everybody(session) == []
    (begun,) = re.findall('name="begun"[^>]*value="([^"]*)"', answer.text)
    with clock.at(clock.now() + timedelta(seconds=5)):
        assert send(client, event, begun=begun).status_code == 303
    assert len(everybody(session)) == 1


def test_who_takes_a_day_over_the_form_is_welcome(
    client: FlaskClient, session: Session, event: Event
) -> None:
    send(client, event, begun=stamp(event, 86_000))
    assert len(everybody(session)) == 1


def test_who_takes_longer_sees_the_form_filled_in_and_sends_it_again(
    client: FlaskClient, session: Session, event: Event
) -> None:
    answer = send(client, event, begun=stamp(event, 90_000), colleague_1="Bram")
    assert answer.status_code == 422
    assert "stond te lang open" in answer.text
    assert 'value="Anne de Vries"' in answer.text
    assert 'value="Bram"' in answer.text
    assert everybody(session) == []
    (begun,) = re.findall('name="begun"[^>]*value="([^"]*)"', answer.text)
    with clock.at(clock.now() + timedelta(seconds=5)):
        assert send(client, event, begun=begun).status_code == 303
    assert len(everybody(session)) == 1


def test_the_form_works_after_2038(client: FlaskClient, session: Session) -> None:
    with clock.at(datetime(2039, 3, 1, 12, tzinfo=UTC)):
        programme = make_programme(session, slug="later", name="Later")
        programme.starts_on = programme.ends_on = None
        late = make_open_event(session, programme)
        assert send(client, late).status_code == 303
    assert len(everybody(session)) == 1


def test_a_code_that_no_event_has_makes_no_counter(client: FlaskClient, event: Event) -> None:
    counted = client.application.extensions["pioneers_throttle"].storage.storage
    before = len(counted)
    for number in range(5):
        assert client.post(f"/b/AAAAAA{number}2", data=GOOD).status_code == 404
    assert len(counted) == before
    send(client, event)
    assert len(counted) > before


def test_one_origin_cannot_fill_the_room(
    client: FlaskClient, session: Session, event: Event
) -> None:
    def one(number: int, origin: str) -> int:
        return send(client, event, email=f"n{number}@voorbeeld.example", origin=origin).status_code

    most = event_views.PER_ORIGIN.most
    answers = [one(number, f"2001:db8:1:2::{number:x}") for number in range(most + 2)]
    assert answers == [303] * most + [429, 429]
    assert one(900, "2001:db8:1:3::1") == 303
    refused = send(client, event, origin="2001:db8:1:2::1")
    assert "Er melden zich nu heel veel mensen aan" in refused.text
    assert len(everybody(session)) == most + 1


def test_a_flood_from_everywhere_is_dammed(
    client: FlaskClient, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_views, "PER_EVENT", event_views.Limit("flood", 20))
    event.capacity = None
    answers = [
        send(
            client,
            event,
            email=f"n{number}@voorbeeld.example",
            origin=f"198.51.{number // 250}.{number % 250}",
        ).status_code
        for number in range(60)
    ]
    assert answers == [303] * 20 + [429] * 40
    assert len(everybody(session)) == 20


def test_one_address_is_mailed_a_few_times_an_hour_over_all_events(
    client: FlaskClient, session: Session, programme: Programme, event: Event
) -> None:
    most = event_views.PER_ADDRESS.most
    events = [event, *(make_open_event(session, programme) for _one in range(most))]
    for each in events:
        answer = send(client, each, email="Anne@Devries.example")
        assert (answer.status_code, answer.location) == (303, f"/b/{each.public_code}/gelukt")
    assert len(everybody(session)) == most
    assert len(session.scalars(select(MailMessage)).all()) == most
    send(client, event, email="bram@devries.example")
    assert len(everybody(session)) == most + 1
