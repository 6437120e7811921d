"""The second step of logging in."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role, needs_mfa
from pioneers.accounts.totp import matching_step
from pioneers.audit.models import AuditEntry
from tests.client import log_in
from tests.conftest import build_app
from tests.factories import PASSWORD, Personas, make_user

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(session: Session, **facts: object) -> User:
    """A user who set the second step up."""
    return make_user(session, totp_secret=SECRET, totp_confirmed_at=clock.now(), **facts)


def code(shift: int = 0) -> str:
    """What the app shows, `shift` steps from now."""
    return pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * shift))


def give_password(client: FlaskClient, user: User, **args: str) -> str:
    """Where the log-in page leads to."""
    data = {"email": user.email, "password": PASSWORD}
    return client.post("/inloggen", data=data, query_string=args).location


def test_the_code_of_the_app_is_asked_for(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False):
        user = with_app(session)
        step = give_password(client, user, next="/account/wachtwoord")
        assert step == "/inloggen/code?next=/account/wachtwoord"
        assert client.get("/account").status_code == 303
        assert client.get(step).status_code == 200
        assert client.post(step, data={"code": "000000"}).status_code == 422
        answer = client.post(step, data={"code": f"{code()[:3]} {code()[3:]}"})
        assert answer.location == "/account/wachtwoord"
        assert client.get("/account").status_code == 200


def test_a_code_works_once(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        user = with_app(session)
        give_password(client, user)
        seen = code()
        assert client.post("/inloggen/code", data={"code": seen}).status_code == 303
        client.post("/uitloggen")
        give_password(client, user)
        assert client.post("/inloggen/code", data={"code": seen}).status_code == 422
        assert client.post("/inloggen/code", data={"code": code(-1)}).status_code == 422
        time.shift(timedelta(seconds=30))
        assert client.post("/inloggen/code", data={"code": code()}).status_code == 303


@pytest.mark.parametrize(("shift", "accepted"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_a_little_off(shift: int, accepted: bool) -> None:
    moment = NOON + timedelta(seconds=30 * shift)
    shown = pyotp.TOTP(SECRET).at(moment)
    assert (matching_step(SECRET, shown, now=NOON) is not None) is accepted


def test_guesses_of_the_code_are_limited(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        user = with_app(session)
        give_password(client, user)
        for _guess in range(5):
            assert client.post("/inloggen/code", data={"code": "000000"}).status_code == 422
        assert client.post("/inloggen/code", data={"code": code()}).status_code == 422
        assert client.get("/account").status_code == 303
        time.shift(timedelta(minutes=15))
        assert client.post("/inloggen/code", data={"code": code()}).status_code == 303


def test_the_second_step_waits_ten_minutes(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        give_password(client, with_app(session))
        time.shift(timedelta(minutes=10))
        answer = client.post("/inloggen/code", data={"code": code()})
        assert answer.location.startswith("/inloggen")
        assert client.get("/account").status_code == 303


def test_without_a_password_there_is_no_second_step(client: FlaskClient) -> None:
    assert client.get("/inloggen/code").status_code == 303
    assert client.get("/inloggen/instellen").status_code == 303
    assert client.post("/inloggen/instellen", data={"begin": "1"}).status_code == 303


def test_setting_it_up_asks_for_a_code_that_works(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    log_in(client, user)
    assert "data:image/png" not in client.get("/inloggen/instellen").text
    client.post("/inloggen/instellen", data={"begin": "1"})
    assert "data:image/png" in client.get("/inloggen/instellen").text
    session.expire_all()
    assert not user.has_mfa
    assert client.post("/inloggen/instellen", data={"code": "1"}).status_code == 422
    right = pyotp.TOTP(user.totp_secret or "").now()
    assert client.post("/inloggen/instellen", data={"code": right}).status_code == 303
    session.expire_all()
    assert user.has_mfa
    assert client.get("/account").status_code == 200
    assert "user.mfa_enabled" in session.scalars(select(AuditEntry.action)).all()


def test_switching_it_off_asks_for_the_password(client: FlaskClient, session: Session) -> None:
    user = with_app(session)
    log_in(client, user)
    path = "/account/tweede-stap-uit"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": "niet goed"}).status_code == 422
    assert client.post(path, data={"password": PASSWORD}).status_code == 303
    session.expire_all()
    assert not user.has_mfa


def test_who_sees_other_peoples_data_needs_two_steps() -> None:
    assert needs_mfa(frozenset(), is_administrator=True)
    assert needs_mfa(frozenset({Role.VIEWER, Role.PROJECT_LEADER}), is_administrator=False)
    assert not needs_mfa(frozenset({Role.VIEWER, Role.PIONEER}), is_administrator=False)


def strict(app: Flask) -> None:
    """Let `app` require the second step, as production does."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.extensions["pioneers_config"] = build_app(url, REQUIRE_MFA="1").extensions[
        "pioneers_config"
    ]


@pytest.fixture
def strict_app(app: Flask):
    """The application that requires the second step."""
    before = app.extensions["pioneers_config"]
    strict(app)
    yield app
    app.extensions["pioneers_config"] = before


def test_where_it_is_required_it_comes_before_everything(
    strict_app: Flask, client: FlaskClient, session: Session, personas: Personas
) -> None:
    step = give_password(client, personas.leader, next="/account")
    assert step == "/inloggen/instellen?next=/account"
    assert client.get("/account").status_code == 303
    assert client.get("/p/overijssel/toegang").status_code == 303
    assert client.post(step, data={"begin": "1"}).location == step
    session.expire_all()
    right = pyotp.TOTP(personas.leader.totp_secret or "").now()
    assert client.post(step, data={"code": right}).location == "/account"
    assert client.get("/account").status_code == 200
    assert client.get("/account/tweede-stap-uit").status_code == 403


def test_a_viewer_is_let_in_with_a_password(
    strict_app: Flask, client: FlaskClient, personas: Personas
) -> None:
    assert give_password(client, personas.viewer) == "/"


def test_a_role_that_asks_for_it_ends_the_session(
    strict_app: Flask, client: FlaskClient, session: Session, personas: Personas
) -> None:
    viewers = client.application.test_client()
    log_in(viewers, personas.viewer)
    log_in(client, personas.leader)
    client.post(f"/p/overijssel/toegang/{personas.viewer.id}", data={"project_leader": "1"})
    assert viewers.get("/account").status_code == 303
    assert give_password(viewers, personas.viewer).startswith("/inloggen/instellen")
