"""Accounts of the installation, for its administrator; and from the command line."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import Invitation
from pioneers.accounts.queries import roles_anywhere
from pioneers.accounts.rules import Role
from pioneers.config import ConfigurationError
from pioneers.db import db
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.conftest import build_app
from tests.factories import PASSWORD, Personas, make_user

URL = "/beheer/accounts"
Run = Callable[..., Result]


def test_the_administrator_sees_every_account(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.administrator)
    page = client.get(URL).text
    assert personas.viewer.email in page
    assert personas.stranger.email in page


def test_nobody_else_does(client: FlaskClient, session: Session, personas: Personas) -> None:
    assert client.get(URL).status_code == 303
    log_in(client, personas.leader)
    viewer = personas.viewer.id
    assert client.get(URL).status_code == 403
    for verb in ("sluiten", "openen", "beheerder", "geen-beheerder"):
        assert client.post(f"{URL}/{viewer}/{verb}").status_code == 403
        assert client.get(f"{URL}/{viewer}/{verb}").status_code == 405
    session.expire_all()
    assert not personas.viewer.is_administrator


def test_an_account_that_does_not_exist_is_not_found(
    client: FlaskClient, personas: Personas
) -> None:
    log_in(client, personas.administrator)
    for verb in ("sluiten", "openen", "beheerder", "geen-beheerder", "wachtwoordlink"):
        assert client.post(f"{URL}/999999/{verb}").status_code == 404


def test_closing_an_account_keeps_its_roles(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    viewer = client.application.test_client()
    log_in(viewer, personas.viewer)
    log_in(client, personas.administrator)
    client.post(f"{URL}/{personas.viewer.id}/sluiten")
    assert viewer.get("/account").status_code == 303
    data = {"email": personas.viewer.email, "password": PASSWORD}
    assert viewer.post("/inloggen", data=data).status_code == 422
    client.post(f"{URL}/{personas.viewer.id}/openen")
    assert viewer.get("/account").status_code == 303
    assert viewer.post("/inloggen", data=data).status_code == 303
    assert roles_anywhere(session, personas.viewer.id) == {Role.VIEWER}


def test_one_does_not_lock_oneself_out(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.administrator)
    own = personas.administrator.id
    client.post(f"{URL}/{own}/sluiten")
    client.post(f"{URL}/{own}/geen-beheerder")
    assert client.get(URL).status_code == 200
    client.post(f"{URL}/{personas.leader.id}/beheerder")
    client.post(f"{URL}/{own}/geen-beheerder")
    assert client.get(URL).status_code == 403


@pytest.fixture
def run(app: Flask):
    """Runs `pioneers user …`."""
    return lambda *args: app.test_cli_runner().invoke(args=["user", *args])


def test_a_command_prints_an_invitation_that_works(
    run: Run, client: FlaskClient, session: Session, programme: Programme
) -> None:
    result = run(
        *("create", "Els@Voorbeeld.example", "--programme", "overijssel"),
        *("--role", "project_leader", "--address", "https://crm.example/"),
    )
    assert result.exit_code == 0, result.output
    link = result.stdout.strip()
    assert link.startswith("https://crm.example/uitnodiging/")
    path = link.removeprefix("https://crm.example")
    data = {"name": "Els ten Brink", "password": "vier losse woorden samen"}
    assert client.post(path, data=data).status_code == 303
    assert client.get("/p/overijssel/toegang").status_code == 200


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("create", "geen-adres", "--administrator"), "geen-adres"),
        (("create", "a@b.example"), "--programme"),
        (("create", "a@b.example", "--programme", "niets", "--role", "viewer"), "niets"),
        (("create", "a@b.example", "--programme", "overijssel"), "--role"),
        (("create", "a@b.example", "--programme", "overijssel", "--role", "baas"), "baas"),
        (("create", "a@b.example", "--administrator", "--role", "viewer"), "--administrator"),
        (
            ("create", "kijker@voorbeeld.example", "--programme", "overijssel", "--role", "viewer"),
            "already",
        ),
        (("disable", "niemand@voorbeeld.example"), "no account"),
        (("disable", "beheerder@voorbeeld.example"), "last administrator"),
        (("reset-mfa", "niemand@voorbeeld.example"), "no account"),
        (("reset-password", "niemand@voorbeeld.example"), "no account"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    run: Run, session: Session, personas: Personas, args: tuple[str, ...], words: str
) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert not session.scalars(select(Invitation)).all()


def test_a_lost_phone_is_forgotten_by_command(
    run: Run, client: FlaskClient, session: Session
) -> None:
    user = make_user(session, totp_secret="JBSWY3DPEHPK3PXP", totp_confirmed_at=clock.now())
    assert "two steps" in run("list").stdout
    assert run("reset-mfa", user.email).exit_code == 0
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/inloggen", data=data).location == "/"


def test_accounts_are_closed_and_opened_by_command(run: Run, session: Session) -> None:
    user = make_user(session)
    assert run("disable", user.email).exit_code == 0
    assert f"{user.email}\t{user.name}\tclosed" in run("list").stdout
    assert run("enable", user.email).exit_code == 0
    assert "closed" not in run("list").stdout


def test_a_link_for_a_password_is_printed(run: Run, client: FlaskClient, session: Session) -> None:
    result = run("reset-password", make_user(session).email)
    path = result.stdout.strip().removeprefix("http://127.0.0.1:5000")
    assert client.get(path).status_code == 200


def test_production_refuses_demonstration_accounts(real_app: Flask) -> None:
    url = real_app.config["SQLALCHEMY_DATABASE_URI"]
    strict = {"PIONEERS_ENV": "production", "SITE_ADDRESS": "https://crm.example"}
    _close(build_app(url, **strict))
    with real_app.app_context():
        make_user(db.session, is_demonstration=True)
        db.session.commit()
    with pytest.raises(ConfigurationError, match="demonstration"):
        build_app(url, **strict)


def test_production_starts_before_the_database_is_made(tmp_path) -> None:
    strict = {"PIONEERS_ENV": "production", "SITE_ADDRESS": "https://crm.example"}
    _close(build_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}", **strict))


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
