"""Guessing passwords is slow, also for many at once, and tells nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.accounts import login as logging_in
from pioneers.accounts.models import LoginAttempt
from pioneers.db import db
from pioneers.web.throttling import place_of
from tests.factories import PASSWORD, make_user

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


WRONG = "fout"


def attempt(client: FlaskClient, email: str, password: str = WRONG, origin: str = "192.0.2.1"):
    """The status of a log-in from an address."""
    answer = client.post(
        "/inloggen",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": origin},
    )
    return answer.status_code


def test_five_failures_close_the_account_for_that_origin(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    with time_machine.travel(NOON, tick=False) as time:
        assert [attempt(client, user.email) for _ in range(6)] == [422] * 5 + [429]
        assert attempt(client, user.email, PASSWORD) == 429
        assert attempt(client, user.email, PASSWORD, origin="198.51.100.7") == 303
        client.post("/uitloggen")
        time.shift(timedelta(minutes=15))
        assert attempt(client, user.email, PASSWORD) == 303


def test_an_account_that_does_not_exist_closes_in_the_same_way(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    known = [attempt(client, user.email) for _ in range(7)]
    unknown = [attempt(client, "niemand@voorbeeld.example") for _ in range(7)]
    assert known == unknown


def test_one_origin_cannot_try_many_accounts(client: FlaskClient, session: Session) -> None:
    answers = [attempt(client, f"naam{number}@voorbeeld.example") for number in range(31)]
    assert answers == [422] * 30 + [429]


def test_many_origins_cannot_try_one_account(client: FlaskClient, session: Session) -> None:
    email = make_user(session).email
    answers = [attempt(client, email, origin=f"192.0.2.{number}") for number in range(21)]
    assert answers == [422] * 20 + [429]


def test_success_forgets_the_failures(client: FlaskClient, session: Session) -> None:
    email = make_user(session).email
    for _round in range(3):
        assert [attempt(client, email) for _ in range(4)] == [422] * 4
        assert attempt(client, email, PASSWORD) == 303
        client.post("/uitloggen")


def test_old_attempts_are_removed(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        attempt(client, "a@voorbeeld.example")
        time.shift(timedelta(minutes=61))
        attempt(client, "b@voorbeeld.example")
    assert session.scalar(select(func.count()).select_from(LoginAttempt)) == 3


def test_the_addresses_of_one_household_are_one_origin() -> None:
    assert place_of("2001:db8:1:2::1") == place_of("2001:db8:1:2:ffff::9")
    assert place_of("2001:db8:1:2::1") != place_of("2001:db8:1:3::1")
    assert place_of("192.0.2.1") == place_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert place_of("::ffff:192.0.2.1") != place_of("::ffff:192.0.2.2")


def test_guesses_that_arrive_together_do_not_pass_the_limit(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    def watched(kept: str | None, password: str) -> bool:
        verified.append(password)
        return False

    monkeypatch.setattr(logging_in, "verify_password", watched)
    with real_app.app_context():
        email = make_user(db.session).email
        db.session.commit()

    def guess(number: int) -> int:
        return attempt(real_app.test_client(), email, f"gok {number}")

    with ThreadPoolExecutor(max_workers=12) as pool:
        answers = list(pool.map(guess, range(24)))
    assert len(verified) <= 5
    assert set(answers) <= {422, 429}
    assert 429 in answers
