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
from pioneers.subscriptions.models import Subscription, SubscriptionEvent
from pioneers.web.opened import opened_stamp
from tests.conftest import SECRET
from tests.subscriptions.scene import make_subscription

PATH = "/nieuwsbrief/overijssel"
PLACES = count(1)


def send(client: FlaskClient, seconds: int = 30, **data: Any) -> Any:
    """Send the form so many seconds after it was opened."""
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        begun = opened_stamp(SECRET, "news-overijssel")
    filled = {"email": "anne@drost.example", "agreed": "y", "begun": begun}
    place = f"203.0.113.{next(PLACES) % 250}"  # limits are counted by where one is
    return client.post(PATH, data=filled | data, environ_base={"REMOTE_ADDR": place})


def subscribed(session: Session) -> int:
    return session.scalar(select(func.count(Subscription.id))) or 0


def test_somebody_asks_for_news_about_two_themes(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    page = client.get(PATH)
    assert "Nieuwsbrief" in page.text
    sent = send(client, email="fresh@drost.example", themes=["co_creation", "smarter_working"])
    assert (sent.status_code, sent.location) == (303, f"{PATH}/dank")
    made = session.scalars(select(Subscription)).one()
    assert made.themes == "smarter_working,co_creation"
    assert "Slimmer Werken Overijssel" in session.scalars(select(SubscriptionEvent.wording)).one()
    assert client.get(sent.location).status_code == 200


def test_who_is_known_sees_what_everybody_sees(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    make_subscription(session, opened, email="known@drost.example")
    known, fresh = (send(client, email=f"{who}@drost.example") for who in ("known", "unknown"))
    assert (known.status_code, known.location) == (fresh.status_code, fresh.location)


@pytest.mark.parametrize(
    "data",
    [
        {"email": ""},
        {"email": "geen adres"},
        {"email": "a@b.example\r\nBcc: c@d.example"},
        {"agreed": ""},
        {"themes": ["geen thema"]},
        {"begun": "1-abc"},
    ],
)
def test_what_is_wrong_is_shown_and_nothing_is_kept(
    client: FlaskClient, session: Session, opened: Programme, data: dict[str, Any]
) -> None:
    assert send(client, **data).status_code == 422
    assert subscribed(session) == 0


def test_a_machine_is_thanked_and_nothing_is_kept(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    assert send(client, website="https://spam.example").status_code == 303
    assert subscribed(session) == 0


@pytest.mark.parametrize("seconds", [0, 1, 90_000])
def test_what_is_sent_too_fast_or_too_late_is_looked_at_once_more(
    client: FlaskClient, session: Session, opened: Programme, seconds: int
) -> None:
    sent = send(client, seconds)
    assert sent.status_code == 422
    assert "anne@drost.example" in sent.text
    assert subscribed(session) == 0


def test_nobodys_mailbox_is_flooded(
    client: FlaskClient, session: Session, opened: Programme
) -> None:
    answers = [send(client, email="vol@drost.example") for _ in range(8)]
    assert {answer.status_code for answer in answers} == {303}
    assert len(session.scalars(select(MailMessage)).all()) == 1


def test_a_site_that_is_closed_has_no_form(client: FlaskClient, programme: Programme) -> None:
    assert client.get(PATH).status_code == 404
    assert client.get(f"{PATH}/dank").status_code == 404
