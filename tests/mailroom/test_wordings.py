"""Rewording a mail, with a preview; switching a reminder."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.mail.kinds import KINDS
from pioneers.mail.models import MailMessage, MailWording
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas
from tests.mail.outgoing import ask, kind

URL = "/p/overijssel/post/teksten"
NOTE = f"{URL}/tests.note/nl"
WORDS = {"subject": "Welkom op {moment}", "body": "Dag {name}!\n\n[Kijken](link)", "version": "0"}


@pytest.fixture
def leader(client: FlaskClient, personas: Personas) -> FlaskClient:
    """The project leader's browser."""
    kind()
    log_in(client, personas.leader)
    return client


def own(session: Session) -> MailWording | None:
    """The programme's own words."""
    session.expire_all()
    return session.scalars(select(MailWording)).one_or_none()


def test_a_mail_is_reworded_in_one_language(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    assert "Tot donderdag" in leader.get(NOTE).text
    assert leader.post(NOTE, data=WORDS).status_code == 303
    for language in ("nl", "en"):
        ask(session, programme_id=programme.id, language=language)
    subjects = list(session.scalars(select(MailMessage.subject).order_by(MailMessage.id)))
    assert subjects == ["Welkom op donderdag", "See you donderdag"]
    assert "eigen tekst" in leader.get(URL).text


@pytest.mark.parametrize("button", ["preview", "look"])
def test_a_preview_shows_the_mail_and_saves_nothing(
    leader: FlaskClient, session: Session, button: str
) -> None:
    answer = leader.post(NOTE, data=WORDS | {button: "1"})
    assert answer.status_code == 200
    assert "Welkom op donderdag" in answer.text
    assert "Dag Anne!" in answer.text
    assert own(session) is None
    if button == "look":
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "https://voorbeeld.example/" in answer.text


def test_a_preview_runs_no_script(leader: FlaskClient) -> None:
    evil = WORDS | {"body": "<script>alert(1)</script> {name}"}
    for button in ("preview", "look"):
        answer = leader.post(NOTE, data=evil | {button: "1"})
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": "Dag {naam}"}, "subject"),
        ({"body": "Dag {naam}"}, "body"),
        ({"body": "[Kijken](adres)"}, "body"),
        ({"subject": ""}, "subject"),
        ({"body": " "}, "body"),
        ({"subject": "x" * 201}, "subject"),
        ({"body": "x" * 8001}, "body"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_what_is_wrong_is_said_at_its_place(
    leader: FlaskClient,
    session: Session,
    change: dict[str, str],
    field: str,
    button: dict[str, str],
) -> None:
    answer = leader.post(NOTE, data=WORDS | change | button)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert own(session) is None


def test_who_saves_over_anothers_words_is_told(leader: FlaskClient, session: Session) -> None:
    leader.post(NOTE, data=WORDS)
    answer = leader.post(NOTE, data=WORDS | {"subject": "Mijn woorden"})
    assert answer.status_code == 200
    assert "Welkom op {moment}" in answer.text
    words = own(session)
    assert words is not None
    assert words.subject == "Welkom op {moment}"
    again = WORDS | {"subject": "Mijn woorden", "version": str(words.version)}
    assert leader.post(NOTE, data=again).status_code == 303
    assert leader.post(NOTE, data=again).status_code == 200


def test_the_first_words_come_back(leader: FlaskClient, session: Session) -> None:
    leader.post(NOTE, data=WORDS)
    for _ in range(2):
        assert leader.post(f"{NOTE}/terug").status_code == 303
    assert own(session) is None
    assert "Tot donderdag" in leader.get(NOTE).text


def test_a_reminder_that_is_off_is_not_queued(
    leader: FlaskClient, session: Session, programme: Programme
) -> None:
    reminder = kind("tests.reminder", can_be_off=True)
    for on in ("0", "0", "1"):
        assert leader.post(f"{URL}/tests.reminder/schakelen", data={"aan": on}).status_code == 303
        assert ask(session, kind=reminder, programme_id=programme.id) is (on == "1")
        assert ask(session, kind=reminder, programme_id=None)


def test_what_is_no_reminder_cannot_be_off(leader: FlaskClient) -> None:
    assert leader.post(f"{URL}/tests.note/schakelen", data={"aan": "0"}).status_code == 400


@pytest.mark.parametrize("path", ["tests.onzin/nl", "tests.note/fr", "accounts.login_link/nl"])
def test_what_no_programme_words_does_not_exist(leader: FlaskClient, path: str) -> None:
    assert leader.get(f"{URL}/{path}").status_code == 404
    assert leader.post(f"{URL}/{path}", data=WORDS).status_code == 404


def test_every_kind_of_mail_uses_fields_that_it_has() -> None:
    from pioneers.mail.rendering import check_fields

    for one in KINDS.values():
        for words in (one.nl, one.en):
            check_fields(words, one.fields)


def test_the_preview_is_reached_without_a_script(leader: FlaskClient) -> None:
    page = leader.get(NOTE).text
    assert f'formaction="{NOTE}#voorbeeld"' in page
    assert page.index('id="body"') < page.index('id="voorbeeld"') < page.index("<table")


def test_a_mail_with_codes_is_previewed_with_pictures(leader: FlaskClient) -> None:
    path = f"{URL}/registration.confirmed/nl"
    assert "staat onder elke code een QR-code" in leader.get(path).text
    words = {"subject": "x", "body": "{codes}", "version": "0", "look": "1"}
    answer = leader.post(path, data=words)
    assert answer.text.count('src="data:image/png;base64,') == 2
    assert "img-src data:" in answer.headers["Content-Security-Policy"]
