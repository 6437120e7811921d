"""Following an invitation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.actions import invite, withdraw_invitation
from pioneers.accounts.models import Grant, Invitation, User
from pioneers.accounts.queries import roles_anywhere, user_by_email
from pioneers.accounts.rules import Role
from pioneers.db import db
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import PASSWORD, Personas, make_programme, make_user

EMAIL = "nieuw@voorbeeld.example"
GOOD = {"name": "Nieuwe Naam", "password": "vier losse woorden samen"}


def invited(
    session: Session, programme: Programme, email: str = EMAIL, role: Role = Role.VIEWER
) -> str:
    """The path of an invitation."""
    _invitation, token = invite(
        session, email=email, programme_id=programme.id, role=role, actor_id=None
    )
    session.flush()
    return f"/uitnodiging/{token}"


def test_somebody_new_chooses_a_password_and_is_in(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    link = invited(session, programme)
    assert EMAIL in client.get(link).text
    assert client.post(link, data=GOOD).status_code == 303
    assert "Nieuwe Naam" in client.get("/account").text
    user = user_by_email(session, EMAIL)
    assert user is not None
    assert roles_anywhere(session, user.id) == {Role.VIEWER}


def test_looking_at_an_invitation_changes_nothing(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    link = invited(session, programme)
    for _look in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert session.scalars(select(Invitation)).one().accepted_at is None


def test_an_invitation_works_once(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    link = invited(session, programme)
    client.post(link, data=GOOD)
    client.post("/uitloggen")
    assert client.get(link).status_code == 410
    assert client.post(link, data=GOOD).status_code == 410


def test_an_invitation_expires(client: FlaskClient, session: Session, programme: Programme) -> None:
    link = invited(session, programme)
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link, data=GOOD).status_code == 410
    assert user_by_email(session, EMAIL) is None


def test_whatever_is_wrong_with_a_link_the_page_is_the_same(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    withdrawn = invited(session, programme)
    invitation = session.scalars(select(Invitation)).one()
    withdraw_invitation(session, invitation=invitation, actor_id=personas.leader.id)
    session.flush()
    pages = [client.get(link) for link in (withdrawn, "/uitnodiging/verzonnen")]
    assert {page.status_code for page in pages} == {410}
    assert EMAIL not in pages[0].text


@pytest.mark.parametrize(
    "data",
    [{}, {"name": "", "password": GOOD["password"]}, {"name": "x", "password": "kort"}],
)
def test_what_is_filled_in_wrongly_leaves_the_invitation_open(
    client: FlaskClient, session: Session, programme: Programme, data: dict[str, str]
) -> None:
    link = invited(session, programme)
    assert client.post(link, data=data | {"csrf_token": "x"}).status_code == 422
    assert client.post(link, data=GOOD).status_code == 303


def test_somebody_with_an_account_logs_in_and_accepts(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    link = invited(session, personas.elsewhere, personas.viewer.email, Role.PIONEER)
    page = client.get(link)
    assert f"/inloggen?next={link}" in page.text
    assert client.post(link, data=GOOD).status_code == 200
    data = {"email": personas.viewer.email, "password": PASSWORD}
    assert client.post(f"/inloggen?next={link}", data=data).location == link
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 303
    assert roles_anywhere(session, personas.viewer.id) == {Role.VIEWER, Role.PIONEER}


def test_an_invitation_of_somebody_else_cannot_be_taken(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    link = invited(session, programme, role=Role.PROJECT_LEADER)
    log_in(client, personas.viewer)
    assert client.get(link).status_code == 403
    assert EMAIL not in client.get(link).text
    assert client.post(link).status_code == 403
    assert roles_anywhere(session, personas.viewer.id) == {Role.VIEWER}


def test_an_administrator_is_invited_too(client: FlaskClient, session: Session) -> None:
    _invitation, token = invite(session, email=EMAIL, programme_id=None, role=None, actor_id=None)
    session.flush()
    assert client.post(f"/uitnodiging/{token}", data=GOOD).status_code == 303
    user = user_by_email(session, EMAIL)
    assert user is not None
    assert user.is_administrator


def test_of_two_who_accept_at_once_one_is_refused(real_app: Flask) -> None:
    with real_app.app_context():
        programme = make_programme(db.session, slug="overijssel")
        link = invited(db.session(), programme)
        db.session.commit()

    def accept(number: int) -> int:
        data = GOOD | {"name": f"Naam {number}"}
        return real_app.test_client().post(link, data=data).status_code

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = list(pool.map(accept, range(6)))
    assert answers.count(303) == 1
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 1
        assert db.session.scalar(select(func.count()).select_from(Grant)) == 1


def test_a_member_who_accepts_twice_at_once_gets_one_role(real_app: Flask) -> None:
    with real_app.app_context():
        programme = make_programme(db.session, slug="overijssel")
        user = make_user(db.session)
        email = user.email
        link = invited(db.session(), programme, email)
        db.session.commit()

    def accept(_number: int) -> int:
        browser = real_app.test_client()
        browser.post("/inloggen", data={"email": email, "password": PASSWORD})
        return browser.post(link).status_code

    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(accept, range(4)))
    assert sorted(answers) == [303, 410, 410, 410]
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Grant)) == 1
