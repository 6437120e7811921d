"""A link by mail: to log in, to choose a new password, and the invitations that are mailed."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.sessions import start_session
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.suppressing import suppress, suppressed
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas, make_user

ASKED = "/inloggen/link"
FORGOT = "/wachtwoord-vergeten"
UNKNOWN = "niemand@voorbeeld.example"


def mailed(session: Session) -> MailMessage:
    """The one message in the outbox."""
    session.expire_all()
    return session.scalars(select(MailMessage)).one()


def path_in(message: MailMessage) -> str:
    """The path of the link in a message."""
    found = re.search(r"https?://[^/\s]+(/\S+)", message.text)
    assert found is not None
    return found[1]


def asked(client: FlaskClient, session: Session, user: User, **query: str) -> str:
    """The path of the link that `user` asked for and was mailed."""
    client.post(ASKED, data={"email": user.email.upper()}, query_string=query)
    return path_in(mailed(session))


def test_a_link_by_mail_logs_in(client: FlaskClient, session: Session) -> None:
    user = make_user(session, password_hash=None, language="en")
    path = asked(client, session, user, next="/account")
    message = mailed(session)
    assert (message.to_address, message.language) == (user.email, "en")
    assert message.subject == "Your link to log in"
    assert user.email in client.get(path).text
    answer = client.post(path)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.get("/account").status_code == 200


def test_looking_at_the_link_logs_nobody_in(client: FlaskClient, session: Session) -> None:
    path = asked(client, session, make_user(session))
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.get("/account").status_code == 303
    assert client.post(path).status_code == 303


def test_the_link_works_once(client: FlaskClient, session: Session) -> None:
    path = asked(client, session, make_user(session))
    client.post(path)
    client.post("/uitloggen")
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert client.get("/account").status_code == 303


def test_the_link_works_a_quarter_of_an_hour(client: FlaskClient, session: Session) -> None:
    path = asked(client, session, make_user(session))
    with time_machine.travel(clock.now() + timedelta(minutes=14)):
        assert client.get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.post(path).status_code == 410


def test_the_link_ends_when_the_account_is_closed_or_somebody_logs_in(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    path = asked(client, session, user)
    user.disabled_at = clock.now()
    assert client.get(path).status_code == 410
    user.disabled_at = None
    assert client.get(path).status_code == 200
    start_session(session, user)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "WzEsICJ4Il0.Z.Y", "1" * 3000, "ünïcode", "%00"])
def test_a_made_up_link_lets_nobody_in(client: FlaskClient, session: Session, token: str) -> None:
    make_user(session)
    assert client.get(f"{ASKED}/{token}").status_code == 410
    assert client.post(f"{ASKED}/{token}").status_code == 410


def test_a_link_for_a_password_does_not_log_in_and_the_other_way_round(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    path = asked(client, session, user)
    assert client.get(path.replace(ASKED, "/wachtwoord")).status_code == 410
    client.post(FORGOT, data={"email": user.email})
    (other,) = session.scalars(
        select(MailMessage).where(MailMessage.kind == "accounts.new_password")
    )
    assert client.get(path_in(other).replace("/wachtwoord", ASKED)).status_code == 410


def test_the_second_step_is_asked_after_the_link_too(client: FlaskClient, session: Session) -> None:
    user = make_user(session, totp_secret="A" * 32, totp_confirmed_at=clock.now())
    path = asked(client, session, user)
    assert client.post(path).location == "/inloggen/code"
    assert client.get("/account").status_code == 303
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("page", [ASKED, FORGOT])
@pytest.mark.parametrize("facts", [{}, {"disabled_at": clock.now()}])
def test_the_answer_does_not_tell_who_has_an_account(
    client: FlaskClient, session: Session, page: str, facts: dict[str, object]
) -> None:
    user = make_user(session, **facts)
    answers = [client.post(page, data={"email": email}) for email in (user.email, UNKNOWN)]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].location == answers[1].location
    pages = [client.get(answer.location).text for answer in answers]
    assert re.sub(r'value="[^"]*"', "", pages[0]) == re.sub(r'value="[^"]*"', "", pages[1])
    session.expire_all()
    sent = list(session.scalars(select(MailMessage.to_address)))
    assert sent == ([] if facts else [user.email])
    assert session.scalar(select(User).where(User.email == UNKNOWN)) is None


@pytest.mark.parametrize("email", ["", "geen adres", "a@b.example\nBcc: x@y.example"])
def test_what_is_no_address_is_said_at_the_field(client: FlaskClient, email: str) -> None:
    answer = client.post(ASKED, data={"email": email})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_who_keeps_asking_for_an_address_is_answered_and_mailed_no_more(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    for email in (user.email, UNKNOWN):
        codes = [client.post(ASKED, data={"email": email}).status_code for _ in range(6)]
        assert codes == [303] * 6
    assert session.query(MailMessage).count() == 4


def test_who_keeps_asking_from_one_place_waits(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    for number in range(20):
        data = {"email": f"n{number}@voorbeeld.example"}
        assert client.post(ASKED, data=data).status_code == 303
    assert client.post(ASKED, data={"email": user.email}).status_code == 429
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    answer = client.post(ASKED, data={"email": user.email}, environ_base=elsewhere)
    assert answer.status_code == 303
    assert session.query(MailMessage).count() == 1


def test_somebody_who_forgot_their_password_chooses_another(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    client.post(FORGOT, data={"email": user.email})
    path = path_in(mailed(session))
    answer = client.post(path, data={"password": "vier losse woorden samen"})
    assert answer.status_code == 303
    data = {"email": user.email, "password": "vier losse woorden samen"}
    assert client.post("/inloggen", data=data).status_code == 303
    assert client.get(path).status_code == 410


def test_who_asks_for_a_link_gets_it_though_they_unsubscribed(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    suppress(session, user.email, MailStatus.UNSUBSCRIBED)
    asked(client, session, user)
    assert suppressed(session, {user.email}) == {}


def test_the_log_in_page_leads_to_both(client: FlaskClient) -> None:
    page = client.get("/inloggen?next=/account").text
    assert f'href="{ASKED}?next=/account"' in page
    assert f'href="{FORGOT}"' in page
    assert client.get("/inloggen").text.count("next=") == 0


def test_an_invitation_is_mailed_and_shown_once(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    data = {"email": "nieuw@voorbeeld.example", "role": "viewer"}
    page = client.post(f"/p/{programme.slug}/toegang/uitnodigen", data=data).text
    message = mailed(session)
    assert message.to_address == "nieuw@voorbeeld.example"
    assert path_in(message) in page
    assert client.application.test_client().get(path_in(message)).status_code == 200


def test_an_invitation_that_is_withdrawn_is_not_mailed_any_more(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    data = {"email": "nieuw@voorbeeld.example", "role": "viewer"}
    client.post(f"/p/{programme.slug}/toegang/uitnodigen", data=data)
    record_id = mailed(session).record_id
    client.post(f"/p/{programme.slug}/toegang/uitnodigingen/{record_id}/intrekken")
    assert mailed(session).status == MailStatus.WITHDRAWN


def test_a_link_that_the_administrator_makes_is_mailed_and_shown(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.administrator)
    page = client.post(f"/beheer/accounts/{personas.viewer.id}/wachtwoordlink").text
    message = mailed(session)
    assert message.to_address == personas.viewer.email
    assert path_in(message) in page
