"""The outbox, one message, trying again, lifting."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.outcomes import Problem
from pioneers.mail.suppressing import suppress, suppressed
from pioneers.mail.working import note_alive
from pioneers.mailroom.jobs import empty
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.mail.outgoing import ask, kind

URL = "/p/overijssel/post"


@pytest.fixture
def leader(client: FlaskClient, personas: Personas) -> FlaskClient:
    """The project leader's browser."""
    log_in(client, personas.leader)
    return client


def add(session: Session, programme: Programme, **facts: object) -> MailMessage:
    """A message of the programme, with these facts after it was asked for."""
    mail = {name: facts.pop(name) for name in ("kind", "address", "fields") if name in facts}
    ask(session, programme_id=programme.id, **mail)
    message = session.scalars(select(MailMessage).order_by(MailMessage.id.desc())).first()
    assert message is not None
    for name, value in facts.items():
        setattr(message, name, value)
    session.flush()
    return message


def test_the_outbox_says_what_waits_and_what_failed(
    leader: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    add(session, programme)
    add(session, programme, status=MailStatus.FAILED, address="kapot@voorbeeld.example")
    ask(session, programme_id=personas.elsewhere.id, address="elders@voorbeeld.example")
    page = leader.get(URL).text
    assert "1 bericht wacht op verzending; 1 is mislukt." in page
    assert "kapot@voorbeeld.example" in page
    assert "elders@voorbeeld.example" not in page
    assert "iemand" not in leader.get(f"{URL}?status=failed").text
    assert leader.get(f"{URL}?status=onzin&soort=onzin&pagina=x").status_code == 200


def test_the_outbox_comes_in_pages_of_fifty(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    for _ in range(51):
        add(session, programme)
    assert leader.get(URL).text.count("Tot donderdag</a>") == 50
    assert leader.get(f"{URL}?pagina=2").text.count("Tot donderdag</a>") == 1


def test_the_site_says_that_nobody_sends_the_mail(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    add(session, programme)
    assert "notice-warn" in leader.get(URL).text
    assert "niets wordt verstuurd" in leader.get("/p/overijssel/").text
    assert leader.get("/gezond").json["worker"] == {"seen": None, "silent": True}
    note_alive(session, "een", clock.now())
    assert "notice-warn" not in leader.get(URL).text
    assert leader.get("/gezond").json["worker"]["silent"] is False
    assert leader.get("/gezond").json["mail"] == {"waiting": 1, "failed": 0}


def test_a_message_is_shown_as_text_only(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    fields = {"moment": "<script>alert(1)</script>", "name": "Anne", "link": "https://x.example"}
    message = add(session, programme, fields=fields)
    page = leader.get(f"{URL}/{message.id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_opens_an_account_is_shown_to_nobody(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    message = add(session, programme, kind=kind("tests.secret", secret=True))
    assert "voorbeeld.example/x" in message.text
    assert "voorbeeld.example/x" not in leader.get(f"{URL}/{message.id}").text


def test_a_failed_message_is_tried_again(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    message = add(
        session,
        programme,
        status=MailStatus.FAILED,
        problem=Problem.UNCERTAIN,
        sent_at=clock.now(),
        attempts=6,
        claimed_by="dood",
    )
    assert "waarschijnlijk aangekomen" in leader.get(f"{URL}/{message.id}").text
    assert leader.post(f"{URL}/{message.id}/opnieuw").status_code == 303
    session.expire_all()
    assert (message.status, message.sent_at, message.attempts) == (MailStatus.QUEUED, None, 0)
    assert leader.post(f"{URL}/{message.id}/opnieuw").status_code == 303
    assert "kan niet opnieuw" in leader.get(f"{URL}/{message.id}").text


@pytest.mark.parametrize("facts", [{"problem": Problem.ADDRESS}, {"text": ""}])
def test_what_cannot_arrive_is_not_tried_again(
    leader: FlaskClient, session: Session, programme: Programme, facts: dict[str, object]
) -> None:
    message = add(session, programme, status=MailStatus.FAILED, **facts)
    assert "/opnieuw" not in leader.get(f"{URL}/{message.id}").text
    leader.post(f"{URL}/{message.id}/opnieuw")
    session.expire_all()
    assert message.status == MailStatus.FAILED


def test_an_address_is_let_in_again(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    message = add(session, programme, status=MailStatus.BOUNCED)
    suppress(session, message.to_address, MailStatus.BOUNCED)
    assert "/toelaten" in leader.get(f"{URL}/{message.id}").text
    for _ in range(2):
        assert leader.post(f"{URL}/{message.id}/toelaten").status_code == 303
    assert suppressed(session, {message.to_address}) == {}


def test_another_programmes_message_does_not_exist(
    leader: FlaskClient, session: Session, personas: Personas
) -> None:
    message = add(session, personas.elsewhere)
    for path in (f"{URL}/{message.id}",):
        assert leader.get(path).status_code == 404
    for verb in ("opnieuw", "toelaten"):
        assert leader.post(f"{URL}/{message.id}/{verb}").status_code == 404
    assert leader.get(f"{URL}/99999").status_code == 404


def test_texts_are_emptied_after_their_time_and_the_row_stays(
    app: Flask, session: Session, programme: Programme
) -> None:
    short = kind("tests.short", keep=timedelta(days=1))
    old = add(session, programme, kind=short, status=MailStatus.SENT, status_at=clock.now())
    new = add(session, programme, status=MailStatus.SENT, status_at=clock.now())
    waits = add(session, programme, kind=short)
    old.calendar = "BEGIN:VCALENDAR"
    with app.app_context(), time_machine.travel(clock.now() + timedelta(days=2)):
        assert empty(session) == 1
        assert empty(session) == 0
    assert (old.text, old.html, old.calendar) == ("", "", None)
    assert new.text
    assert waits.text
