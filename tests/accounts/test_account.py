"""One's own account, and choosing a new password with a link."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import UserSession
from tests.client import log_in
from tests.factories import PASSWORD, Personas, make_user

FRESH = "vier losse woorden samen"


def test_name_and_language_can_be_changed(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    log_in(client, user)
    data = {"name": "Sanne ten Wolde", "language": "en"}
    assert client.post("/account", data=data).status_code == 303
    page = client.get("/account").text
    assert "Sanne ten Wolde" in page
    assert '<html lang="en">' in page


@pytest.mark.parametrize("data", [{"name": "", "language": "nl"}, {"name": "x", "language": "fr"}])
def test_a_wrong_profile_is_refused(
    client: FlaskClient, session: Session, data: dict[str, str]
) -> None:
    log_in(client, make_user(session))
    assert client.post("/account", data=data).status_code == 422


@pytest.mark.parametrize(
    "data",
    [
        {"current": "niet goed", "password": FRESH},
        {"current": PASSWORD, "password": "kort"},
        {"current": PASSWORD, "password": "wachtwoord1234"},
    ],
)
def test_a_password_changes_only_with_the_old_one_and_a_good_one(
    client: FlaskClient, session: Session, data: dict[str, str]
) -> None:
    user = make_user(session)
    before = user.password_hash
    log_in(client, user)
    assert client.get("/account/wachtwoord").status_code == 200
    assert client.post("/account/wachtwoord", data=data).status_code == 422
    session.expire_all()
    assert user.password_hash == before


def test_one_can_log_out_elsewhere(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    other = client.application.test_client()
    log_in(other, user)
    log_in(client, user)
    client.post("/account/overal-uitloggen")
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def link_for(client: FlaskClient, personas: Personas, user_id: int) -> str:
    """The link that the administrator gets to give away."""
    log_in(client, personas.administrator)
    page = client.post(f"/beheer/accounts/{user_id}/wachtwoordlink").text
    client.post("/uitloggen")
    return "/wachtwoord/" + page.split("/wachtwoord/")[1].split('"')[0]


def test_a_link_sets_a_new_password_once(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    elsewhere = client.application.test_client()
    log_in(elsewhere, personas.viewer)
    link = link_for(client, personas, personas.viewer.id)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": "kort"}).status_code == 422
    assert client.post(link, data={"password": FRESH}).status_code == 303
    assert client.post(link, data={"password": "nog vijf andere woorden"}).status_code == 410
    assert elsewhere.get("/account").status_code == 303
    data = {"email": personas.viewer.email, "password": FRESH}
    assert client.post("/inloggen", data=data).status_code == 303


def test_a_link_for_a_password_expires(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    link = link_for(client, personas, personas.viewer.id)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=2), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link, data={"password": FRESH}).status_code == 410


def test_a_forged_link_does_not_work(client: FlaskClient, personas: Personas) -> None:
    link = link_for(client, personas, personas.viewer.id)
    for forged in (f"{link}x", "/wachtwoord/a.b.c", "/wachtwoord/WzFd.x.y"):
        assert client.get(forged).status_code == 410


def test_only_the_administrator_makes_such_a_link(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert client.post(f"/beheer/accounts/{personas.viewer.id}/wachtwoordlink").status_code == 403
    assert session.scalars(select(UserSession)).one().user_id == personas.leader.id
