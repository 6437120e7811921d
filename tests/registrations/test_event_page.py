"""Registering on the public page: people, machines, and everything that is typed wrong."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    RegistrationConsent,
    RegistrationState,
)
from tests.factories import make_fan, make_pioneer
from tests.registrations.conftest import Registers
from tests.registrations.making import make_open_event
from tests.registrations.sending import everybody, send


def test_the_page_says_what_where_when_and_who(
    client: FlaskClient, session: Session, programme: Programme, event: Event
) -> None:
    fan = make_fan(session, programme, name="Ondernemend Vechtdal")
    pioneer = make_pioneer(session, programme)
    shown = make_open_event(
        session, programme, capacity=3, fan_id=fan.id, pioneers=[pioneer], description="Kom <b>!"
    )
    page = client.get(f"/b/{shown.public_code}").text
    for words in (
        "Dorpsstraat 1, Ommen",
        "Ondernemend Vechtdal",
        "Sanne",
        "Er zijn nog 3 plaatsen",
    ):
        assert words in page
    assert "Kom &lt;b&gt;!" in page
    assert 'name="robots"' not in page
    assert '<meta name="description"' in page
    assert client.get(f"/b/{(shown.public_code or '').lower()}").status_code == 200


def test_somebody_registers_and_is_mailed(
    client: FlaskClient, session: Session, event: Event
) -> None:
    answer = send(
        client,
        event,
        people="4",
        colleague_1="Bram Bos",
        kvk="01234567",
        phone="06-12345678",
        news="y",
    )
    assert answer.status_code == 303
    assert answer.location == f"/b/{event.public_code}/gelukt"
    assert "U bent aangemeld" in client.get(answer.location).text
    lead, colleague = everybody(session)
    assert (lead.kvk_number, lead.phone, lead.guests) == ("01234567", "+31612345678", 2)
    assert (colleague.name, colleague.lead_id) == ("Bram Bos", lead.id)
    assert event.seats_taken == 4
    consents = session.scalars(select(RegistrationConsent)).all()
    assert {one.purpose for one in consents} == {"registration", "news"}
    mail, asks_for_news = session.scalars(select(MailMessage).order_by(MailMessage.id.desc()))
    assert asks_for_news.kind == "subscription.confirm"
    assert "/r/" in mail.text


def test_names_of_colleagues_count_also_without_scripts(
    client: FlaskClient, session: Session, event: Event
) -> None:
    send(client, event, colleague_1="Bram", colleague_3="Cor")
    assert [one.name for one in everybody(session)] == ["Anne de Vries", "Bram", "Cor"]


def test_a_full_event_offers_the_waiting_list(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    registers("bram", people=9)
    registers("cor", people=9)
    page = client.get(f"/b/{event.public_code}").text
    assert "Zet mij op de wachtlijst" in page
    answer = send(client, event)
    assert answer.location.endswith("/gelukt?lijst=wachtlijst")
    assert "U staat op de wachtlijst" in client.get(answer.location).text
    assert everybody(session)[-1].state == RegistrationState.WAITING


def test_the_same_address_twice_sees_the_same_page_and_gets_its_link(
    client: FlaskClient, session: Session, event: Event
) -> None:
    first = send(client, event)
    second = send(client, event, name="Iemand anders", email="ANNE@DEVRIES.example")
    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert len(everybody(session)) == 1
    kinds = session.scalars(select(MailMessage.kind).order_by(MailMessage.id)).all()
    assert kinds == ["registration.confirmed", "registration.link"]


def test_the_page_of_thanks_says_who_and_where_the_mail_goes(
    client: FlaskClient, event: Event
) -> None:
    answer = send(client, event, people="4", colleague_1="Bram Bos")
    page = client.get(answer.location)
    for words in ("anne@devries.example", "Anne de Vries, Bram Bos, 2 collega", "/agenda/overi"):
        assert words in page.text
    assert "bijeenkomst.ics" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert "anne@devries.example" not in client.get(answer.location).text
    client.delete_cookie(client.application.config["SESSION_COOKIE_NAME"])
    assert "anne@devries.example" not in client.get(answer.location).text


def test_the_page_of_thanks_is_of_this_event_only(
    client: FlaskClient, session: Session, programme: Programme, event: Event
) -> None:
    other = make_open_event(session, programme)
    send(client, event)
    assert "anne@devries.example" not in client.get(f"/b/{other.public_code}/gelukt").text


def test_many_long_names_fit_in_the_cookie(client: FlaskClient, event: Event) -> None:
    names = {f"colleague_{place}": "é" * 150 for place in range(1, 9)}
    answer = send(client, event, people="9", **names)
    assert len(answer.headers["Set-Cookie"]) < 4000
    assert "5 collega" in client.get(answer.location).text


def test_who_is_known_reads_the_same_words_as_who_is_new(
    client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    registers("anne", people=9)
    registers("cor", people=9)  # waits
    pages = []
    for who in ("cor", "dirk"):
        answer = send(client, event, email=f"{who}@voorbeeld.example")
        pages.append(client.get(answer.location).text.replace(f"{who}@", "x@"))
    assert "U staat op plaats 2" in pages[0]
    assert strip(pages[0]) == strip(pages[1])


def strip(page: str) -> str:
    """A page without what differs each time."""
    return re.sub('name="csrf_token" value="[^"]*"', "", page)


def test_an_error_is_the_target_of_the_form_and_takes_the_focus(
    client: FlaskClient, event: Event
) -> None:
    page = send(client, event, name="").text
    assert 'action="#nakijken"' in page
    assert '<div class="error-summary" id="nakijken" role="alert" tabindex="-1"' in page


def test_names_of_colleagues_stay_open_after_an_error(client: FlaskClient, event: Event) -> None:
    assert '<details class="more">' in client.get(f"/b/{event.public_code}").text
    page = send(client, event, name="", people="5").text
    assert page.index('<details class="more" open>') < page.index('id="colleague_1"')
    hidden = re.findall('data-place="([0-9])" hidden', page)
    assert hidden == ["5", "6", "7", "8"]


def test_the_page_can_be_passed_on(client: FlaskClient, event: Event) -> None:
    page = client.get(f"/b/{event.public_code}").text
    assert f'data-share="http://localhost/b/{event.public_code}"' in page
    assert re.search("<button[^>]*data-share=[^>]* hidden>Delen</button>", page)


def test_what_the_waiting_list_says_tells_not_whether_an_address_is_registered(
    client: FlaskClient, registers: Registers, event: Event
) -> None:
    registers("anne", people=9)  # one of ten seats is left
    known = send(client, event, email="anne@voorbeeld.example", people="2")
    unknown = send(client, event, email="bram@voorbeeld.example", people="2")
    assert known.location == unknown.location
    assert known.location.endswith("lijst=wachtlijst")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("company", "x" * 10_000),
        ("name", "\x00\x01"),
        ("name", "\u200b\u202e"),
        ("company", "\x00\x01"),
        ("company", ""),
        ("name", "Klik https://evil.example/phish"),
        ("name", "WWW.evil.example"),
        ("company", "ga naar ftp://evil.example"),
        ("colleague_1", "www.evil.example"),
        ("email", "anne@"),
        ("email", "jän@devries.example"),
        ("email", "anne@devries.example\r\nBcc: iemand@voorbeeld.example"),
        ("email", "x" * 10_000 + "@devries.example"),
        ("phone", "12"),
        ("phone", "0" * 10_000),
        ("kvk", "123"),
        ("people", "10"),
        ("people", "-1"),
        ("people", "veel"),
        ("colleague_1", "x" * 10_000),
        ("agreed", ""),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field_and_kept(
    client: FlaskClient, session: Session, event: Event, field: str, value: str
) -> None:
    answer = send(client, event, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "De Vries Metaal" in answer.text or field == "company"
    assert everybody(session) == []


def test_a_party_larger_than_the_room_is_told_so(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    small = make_open_event(session, programme, capacity=2)
    answer = send(client, small, people="3")
    assert answer.status_code == 422
    assert "Er zijn in totaal 2 plaatsen" in answer.text


@pytest.mark.parametrize(
    "name",
    ["Çelik Yıldız-Öztürk", "Þórður", "李小龙", "<script>alert(1)</script>", "=HYPERLINK(1)"],
)
def test_any_name_is_a_name(client: FlaskClient, session: Session, event: Event, name: str) -> None:
    assert send(client, event, name=name).status_code == 303
    assert everybody(session)[0].name == name
    (mail,) = session.scalars(select(MailMessage))
    assert "<script>" not in mail.html


def test_questions_of_the_event_are_asked(
    client: FlaskClient, session: Session, event: Event
) -> None:
    diet = EventQuestion(
        event_id=event.id,
        position=1,
        label="Wat eet u?",
        kind=QuestionKind.CHOICE,
        choices="vlees\nvis",
        is_required=True,
    )
    session.add(diet)
    session.flush()
    name = f"question_{diet.id}"
    assert "Wat eet u?" in client.get(f"/b/{event.public_code}").text
    for wrong in ("", "stenen"):
        assert send(client, event, **{name: wrong}).status_code == 422
    assert send(client, event, **{name: "vis"}).status_code == 303


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"status": EventStatus.CANCELLED}, 200, "is geannuleerd"),
        ({"ahead": timedelta(minutes=-5)}, 200, "is begonnen"),
        ({"ahead": timedelta(days=-5)}, 200, "is voorbij"),
        ({"published_at": None}, 404, ""),
        ({"status": EventStatus.PROPOSED}, 404, ""),
    ],
)
def test_a_page_that_is_not_open_says_why(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    facts: dict[str, object],
    status: int,
    words: str,
) -> None:
    event = make_open_event(session, programme, **facts)
    for answer in (client.get(f"/b/{event.public_code}"), send(client, event)):
        assert answer.status_code == status
        assert words in answer.text
        assert '<form method="post" novalidate' not in answer.text
        assert status == 404 or 'href="/agenda/overijssel"' in answer.text
    assert everybody(session) == []
    assert client.get(f"/b/{event.public_code}/gelukt").status_code == status


@pytest.mark.parametrize("code", ["ABCDEFGH", "x", "A" * 300, "%00", "..%2f"])
def test_a_code_that_no_event_has_is_not_found(client: FlaskClient, code: str) -> None:
    assert client.get(f"/b/{code}").status_code == 404


def test_the_page_costs_as_many_queries_with_many_people_as_with_few(
    app: Flask, client: FlaskClient, session: Session, registers: Registers, event: Event
) -> None:
    from pioneers.db import db
    from tests.database import statements

    with app.app_context():
        engine = db.engine
    event.capacity = 100

    def cost() -> int:
        session.flush()
        with statements(engine) as seen:
            client.get(f"/b/{event.public_code}")
        return len(seen)

    few = cost()
    for number in range(30):
        registers(f"n{number}")
    assert cost() == few <= 9
