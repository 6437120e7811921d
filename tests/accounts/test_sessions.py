"""Sessions end: by doing nothing, after a day's work, when the account closes."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import UserSession
from tests.client import log_in
from tests.factories import PASSWORD, make_user

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_thirty_idle_minutes_end_a_session(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        log_in(client, make_user(session))
        time.shift(timedelta(minutes=29))
        assert client.get("/account").status_code == 200
        time.shift(timedelta(minutes=29))
        assert client.get("/account").status_code == 200
        time.shift(timedelta(minutes=30))
        answer = client.get("/account")
        assert answer.location == "/inloggen?next=/account"
        assert "notice-warn" in client.get(answer.location).text


def test_twelve_hours_end_a_session_however_busy(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        log_in(client, make_user(session))
        for _quarter in range(4 * 12 - 1):
            time.shift(timedelta(minutes=15))
            assert client.get("/account").status_code == 200
        time.shift(timedelta(minutes=15))
        assert client.get("/account").status_code == 303


def test_presence_is_written_at_most_once_a_minute(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        log_in(client, make_user(session))
        for seconds, seen in ((59, NOON), (1, NOON + timedelta(seconds=60))):
            time.shift(timedelta(seconds=seconds))
            client.get("/account")
            session.expire_all()
            assert session.scalars(select(UserSession)).one().seen_at == seen


def test_the_page_knows_when_the_session_ends(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        log_in(client, make_user(session))
        assert 'data-session-ends="1800"' in client.get("/account").text
        time.shift(timedelta(minutes=28))
        assert client.post("/sessie/verleng").json == {"ends": 1800}
        time.shift(timedelta(minutes=20))
        assert client.get("/account").status_code == 200


def test_extending_needs_a_session(client: FlaskClient) -> None:
    assert client.post("/sessie/verleng").status_code == 303
    assert client.get("/sessie/verleng").status_code == 405


def test_closing_an_account_ends_its_sessions_at_once(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    log_in(client, user)
    assert client.get("/account").status_code == 200
    user.disabled_at = clock.now()
    session.flush()
    assert client.get("/account").status_code == 303


def test_changing_the_password_ends_the_other_sessions(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    other = client.application.test_client()
    log_in(other, user)
    log_in(client, user)
    data = {"current": PASSWORD, "password": "vier losse woorden samen"}
    assert client.post("/account/wachtwoord", data=data).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_the_persons_language_is_spoken(client: FlaskClient, session: Session) -> None:
    log_in(client, make_user(session, language="en"))
    assert '<html lang="en">' in client.get("/account").text
    client.post("/taal", data={"language": "nl"})
    assert '<html lang="nl">' in client.get("/account").text
