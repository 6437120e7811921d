"""The leader writes, chooses readers, tries, plans and stops; others do not come in."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.models import MailMessage
from pioneers.mailings.models import Mailing, MailingState
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.mailings.scene import make_mailing
from tests.subscriptions.scene import make_subscription

PATH = "/p/overijssel/mailings"
WORDS = {
    "kind": "newsletter",
    "event": "",
    "subject": "Nieuws",
    "body": "Tekst",
    "theme": "",
    "language": "nl",
    "form_key": "EENMALIG",
}


@pytest.fixture
def leader(client: FlaskClient, sending: Programme, personas: Personas) -> FlaskClient:
    """The browser of the project leader."""
    log_in(client, personas.leader)
    return client


def test_a_form_that_is_pressed_twice_makes_one(leader: FlaskClient, session: Session) -> None:
    first, second = (leader.post(f"{PATH}/nieuw", data=WORDS) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert session.scalar(select(func.count(Mailing.id))) == 1
    assert "Nieuws" in leader.get(first.location).text


@pytest.mark.parametrize(
    "wrong",
    [{"subject": ""}, {"body": ""}, {"body": "x" * 20_001}, {"kind": "invitation"}],
)
def test_what_is_missing_is_said(
    leader: FlaskClient, session: Session, wrong: dict[str, str]
) -> None:
    assert leader.post(f"{PATH}/nieuw", data=WORDS | wrong).status_code == 422
    assert session.scalar(select(func.count(Mailing.id))) == 0


def test_other_words_are_tried_again_and_an_old_page_is_not_saved(
    leader: FlaskClient, session: Session, sending: Programme
) -> None:
    made = make_mailing(session, sending)
    path = f"{PATH}/{made.id}"
    data = WORDS | {"version": "1", "subject": "Anders"}
    assert leader.post(f"{path}/wijzigen", data=data).status_code == 303
    session.refresh(made)
    assert (made.subject, made.tested_at) == ("Anders", None)
    assert leader.post(f"{path}/wijzigen", data=data).status_code == 422


def test_readers_are_counted_listed_and_chosen(
    leader: FlaskClient, session: Session, sending: Programme
) -> None:
    make_subscription(session, sending, email="anne@voorbeeld.example")
    made = make_mailing(session, sending)
    path = f"{PATH}/{made.id}"
    assert leader.get(f"{path}/aantal").text == "1 persoon krijgt dit"
    assert leader.get(f"{path}/aantal?part=pioneer").text == "0 mensen krijgen dit"
    assert "anne@voorbeeld.example" in leader.get(f"{path}/mensen").text
    assert leader.post(f"{path}/lezers", data={"part": "pioneer"}).status_code == 303
    session.refresh(made)
    assert made.segment == {"part": "pioneer"}
    assert "anne@voorbeeld.example" not in leader.get(f"{path}/mensen").text


def test_a_mailing_is_tried_planned_and_stopped(
    leader: FlaskClient, session: Session, sending: Programme
) -> None:
    make_subscription(session, sending)
    made = make_mailing(session, sending, tested_at=None)
    path = f"{PATH}/{made.id}"
    assert leader.post(f"{path}/plannen", data={"now": "1"}).status_code == 422
    for _ in range(2):
        assert leader.post(f"{path}/test").status_code == 303
    assert session.scalar(select(func.count(MailMessage.id))) in (1, 2)  # a minute may pass
    later = clock.local(clock.now() + timedelta(days=2))
    moment = {"day": later.date().isoformat(), "hour": "09:00"}
    for _ in range(2):
        assert leader.post(f"{path}/plannen", data=moment).status_code == 303
    session.refresh(made)
    assert made.state == MailingState.PLANNED
    assert leader.post(f"{path}/stoppen").status_code == 303
    session.refresh(made)
    assert (made.state, made.send_at) == (MailingState.DRAFT, None)


def test_a_viewer_does_not_send(
    client: FlaskClient, session: Session, sending: Programme, personas: Personas
) -> None:
    log_in(client, personas.viewer)
    assert client.get(PATH).status_code == 403
