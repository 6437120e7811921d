"""Logging in and out."""

import re
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts import passwords
from pioneers.accounts.models import LoginAttempt, User, UserSession
from pioneers.accounts.sessions import COOKIE_KEY, hash_token
from pioneers.audit.models import AuditEntry
from tests.client import log_in
from tests.factories import PASSWORD, make_user


def log_in_by_form(client: FlaskClient, email: str, password: str = PASSWORD, **args: str):
    """What the log-in page answers."""
    data = {"email": email, "password": password}
    return client.post("/inloggen", data=data, query_string=args)


def test_the_right_password_opens_the_site(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    assert log_in_by_form(client, user.email.upper()).status_code == 303
    assert user.email in client.get("/account").text
    session.expire_all()
    assert user.last_login_at is not None


def without(page: str, email: str) -> str:
    """The page without the address that was typed and the form's token."""
    return re.sub(r'name="csrf_token"[^>]*', "", page.replace(email, ""))


@pytest.mark.parametrize("facts", [{}, {"disabled_at": clock.now()}, {"password_hash": None}])
def test_what_is_wrong_is_told_in_one_way(
    client: FlaskClient, session: Session, facts: dict[str, object]
) -> None:
    user = make_user(session, **facts)
    password = PASSWORD if facts else "een heel ander wachtwoord"
    known = log_in_by_form(client, user.email, password)
    unknown = log_in_by_form(client, "niemand@voorbeeld.example", password)
    assert known.status_code == unknown.status_code == 422
    assert without(known.text, user.email) == without(unknown.text, "niemand@voorbeeld.example")
    assert client.get("/account").status_code == 303


def test_the_same_work_is_done_without_account(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    verify = passwords.HASHER.verify

    class Watched:
        def verify(self, kept: str, password: str) -> bool:
            done.append(kept)
            return verify(kept, password)

        def hash(self, password: str) -> str:
            return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)

    passwords._dummy.cache_clear()
    monkeypatch.setattr(passwords, "HASHER", Watched())
    log_in_by_form(client, "niemand@voorbeeld.example")
    passwords._dummy.cache_clear()
    assert len(done) == 1


def test_empty_fields_are_asked_for(client: FlaskClient) -> None:
    answer = log_in_by_form(client, "", "")
    assert answer.status_code == 422


def test_an_old_hash_is_replaced(client: FlaskClient, session: Session) -> None:
    before = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    user = make_user(session, password_hash=before)
    log_in_by_form(client, user.email)
    session.expire_all()
    assert user.password_hash != before
    assert not passwords.needs_rehash(user.password_hash or "")


def test_logging_in_begins_a_fresh_session(client: FlaskClient, session: Session) -> None:
    other = make_user(session)
    user = make_user(session)
    log_in(client, other)
    with client.session_transaction() as cookie:
        planted = cookie[COOKIE_KEY]
        cookie["left"] = "behind"
    client.post("/uitloggen")
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = planted
    log_in_by_form(client, user.email)
    with client.session_transaction() as cookie:
        assert cookie[COOKIE_KEY] != planted
        assert "left" not in cookie
        token = cookie[COOKIE_KEY]
    started = session.scalars(
        select(UserSession).where(UserSession.token_hash == hash_token(token))
    ).one()
    assert started.user_id == user.id


def test_logging_out_ends_the_session_on_the_server(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    log_in_by_form(client, user.email)
    with client.session_transaction() as cookie:
        token = cookie[COOKIE_KEY]
    assert client.get("/uitloggen").status_code == 405
    assert client.post("/uitloggen").status_code == 303
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = token
    assert client.get("/account").status_code == 303


def test_the_log_tells_of_log_ins_without_addresses(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    log_in_by_form(client, user.email, "een verkeerd wachtwoord")
    log_in_by_form(client, "niemand@voorbeeld.example")
    log_in_by_form(client, user.email)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.object_id) for entry in entries] == [
        ("user.login_failed", user.id),
        ("user.login_failed", None),
        ("user.login", user.id),
    ]
    assert all(entry.details == {} for entry in entries)


def test_attempts_hold_no_address(client: FlaskClient, session: Session) -> None:
    log_in_by_form(client, "niemand@voorbeeld.example")
    keys = session.scalars(select(LoginAttempt.key_hash)).all()
    assert len(keys) == 3
    assert all(len(key) == 64 and "niemand" not in key and "127" not in key for key in keys)


def test_one_comes_back_to_the_page_that_was_asked_for(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    asked = client.get("/account/wachtwoord?a=1")
    answer = client.post(asked.location, data={"email": user.email, "password": PASSWORD})
    assert answer.location == "/account/wachtwoord?a=1"


def test_a_form_sent_after_the_session_ended_says_so_and_comes_back(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    answer = client.post(
        "/account", data={"name": "x"}, headers={"Referer": "http://localhost/account?b=2"}
    )
    assert answer.location == "/inloggen?next=/account?b%3D2"
    assert "niets opgeslagen" in client.get(answer.location).text
    back = client.post(answer.location, data={"email": user.email, "password": PASSWORD})
    assert back.location == "/account?b=2"


EVIL = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://[",
    "/\t/evil.example",
    "\x00//evil.example",
    "@evil.example",
)
addresses = st.one_of(
    st.sampled_from(EVIL),
    st.text(alphabet="/\\:@.?#ae \t%", max_size=12).map(lambda text: text + "evil.example"),
)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@given(target=addresses)
def test_nobody_is_led_away_after_logging_in(
    app: Flask, client: FlaskClient, session: Session, target: str
) -> None:
    user = session.scalar(select(User).limit(1)) or make_user(session)
    log_in(client, user)
    where = client.get("/inloggen", query_string={"next": target}).location
    parts = urlsplit(where.replace("\\", "/"))
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert parts.netloc in {"", "localhost"}
