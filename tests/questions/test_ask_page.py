"""The public form: people, machines, and whoever asks very often."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.questions.models import AskedBy, Question
from pioneers.questions.rules import CONSENT, CONSENT_VERSION
from pioneers.web.opened import opened_stamp
from tests.conftest import SECRET

PATH = "/vraag/overijssel"
ADDRESSES = count(1)
FILLED = {
    "text": "Hoe begin ik?",
    "name": "Anne de Vries",
    "company": "De Vries Metaal",
    "email": "anne@devries-metaal.example",
    "agreed": "y",
}


def send(client: FlaskClient, seconds: int = 30, **data: str) -> Any:
    """Send the form so many seconds after it was opened."""
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        begun = opened_stamp(SECRET, "ask-overijssel")
    address = f"198.51.100.{next(ADDRESSES) % 250}"  # limits are counted by where one is
    return client.post(
        PATH, data=FILLED | {"begun": begun} | data, environ_base={"REMOTE_ADDR": address}
    )


def asked(session: Session) -> int:
    return session.scalar(select(func.count(Question.id))) or 0


def test_somebody_asks_and_gets_a_mail(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    assert "binnen 5 werkdagen" in client.get(PATH).text
    sent = send(client)
    assert (sent.status_code, sent.location) == (303, f"{PATH}/dank")
    question = session.scalars(select(Question)).one()
    assert (question.asked_by, question.consent_version) == (AskedBy.SITE, CONSENT_VERSION)
    assert question.consent_wording == CONSENT["nl"]
    assert session.scalars(select(MailMessage)).one().kind == "question.received"
    assert client.get(sent.location).status_code == 200


def test_a_machine_that_fills_in_the_hidden_field_is_thanked_and_nothing_is_kept(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    sent = send(client, website="https://spam.example")
    assert (sent.status_code, sent.location) == (303, f"{PATH}/dank")
    assert asked(session) == 0


@pytest.mark.parametrize("seconds", [0, 1, 90_000])
def test_what_is_sent_too_fast_or_from_an_old_page_is_looked_at_once_more(
    client: FlaskClient, session: Session, running: Programme, seconds: int
) -> None:
    sent = send(client, seconds)
    assert sent.status_code == 422
    assert "Hoe begin ik?" in sent.text
    assert asked(session) == 0


def test_a_stamp_that_is_not_ours_is_replaced(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    assert send(client, begun="1-abc").status_code == 422
    assert asked(session) == 0


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"name": ""},
        {"name": "Koop op www.spam.example"},
        {"email": "geen adres"},
        {"agreed": ""},
        {"wants_call": "y"},
        {"phone": "12"},
    ],
)
def test_a_mistake_is_shown_and_nothing_is_kept(
    client: FlaskClient, session: Session, running: Programme, data: dict[str, str]
) -> None:
    sent = send(client, **data)
    assert sent.status_code == 422
    assert "error-summary" in sent.text
    assert asked(session) == 0


def test_whoever_owns_an_address_is_not_flooded_and_the_page_tells_nothing(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    answers = {
        send(client, email="vol@adres.example", text=f"Vraag {each}").location for each in range(8)
    }
    assert answers == {f"{PATH}/dank"}
    mails = select(func.count()).where(MailMessage.to_address == "vol@adres.example")
    assert session.scalar(mails) == 5
    assert asked(session) == 8, "what was asked is kept, whatever the address was used for"


def test_pressing_the_button_twice_asks_once(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    with clock.at(clock.now() - timedelta(seconds=30)):
        begun = opened_stamp(SECRET, "ask-overijssel")
    answers = [send(client, begun=begun).location for _ in range(2)]
    assert answers == [f"{PATH}/dank"] * 2
    assert asked(session) == 1


def test_very_many_from_one_place_are_slowed_down(
    client: FlaskClient, session: Session, running: Programme
) -> None:
    codes = [
        client.post(PATH, data={}, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code
        for _ in range(12)
    ]
    assert codes[:10] == [422] * 10
    assert codes[10:] == [429, 429]


def test_a_programme_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/vraag/nergens").status_code == 404
    assert client.post("/vraag/nergens", data=FILLED).status_code == 404
