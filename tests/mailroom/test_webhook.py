"""SendGrid's event webhook: signed or nothing, in whatever order, however often."""

import base64
import itertools
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pioneers import clock
from pioneers.mail.claiming import _outgoing
from pioneers.mail.models import MailMessage, MailStatus, SuppressedAddress
from pioneers.mail.outcomes import Problem
from tests.mail.outgoing import ask, kind

URL = "/mail/sendgrid"
PRIVATE = ec.generate_private_key(ec.SECP256R1())
PUBLIC = base64.b64encode(
    PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
).decode()
HEADER = "X-Twilio-Email-Event-Webhook-{}"
Tell = Callable[..., TestResponse]


def signed(body: bytes, moment: str, key: ec.EllipticCurvePrivateKey = PRIVATE) -> str:
    """The signature as SendGrid makes it."""
    return base64.b64encode(key.sign(moment.encode() + body, ec.ECDSA(hashes.SHA256()))).decode()


@pytest.fixture
def tell(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Post to the webhook; whatever is not given is right."""
    import dataclasses

    config = dataclasses.replace(app.extensions["pioneers_config"], sendgrid_webhook_key=PUBLIC)
    monkeypatch.setitem(app.extensions, "pioneers_config", config)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # it needs no token

    def post(events: object, **changed: str | None) -> TestResponse:
        body = events if isinstance(events, bytes) else json.dumps(events).encode()
        moment = str(int(clock.now().timestamp()))
        moment = changed.get("moment", moment) or ""
        headers = {
            HEADER.format("Timestamp"): moment,
            HEADER.format("Signature"): changed.get("signature", signed(body, moment)) or "",
        }
        return client.post(URL, data=body, headers={k: v for k, v in headers.items() if v})

    return post


@pytest.fixture
def message(session: Session) -> MailMessage:
    """A message that SendGrid took."""
    ask(session)
    found = session.scalars(select(MailMessage)).one()
    found.status, found.sent_at = MailStatus.SENT, clock.now()
    session.flush()
    return found


def event(message: MailMessage, name: str, **facts: str) -> dict[str, str]:
    """An event of a message."""
    told = {"email": message.to_address, "event": name, "message_id": _outgoing(message).mark}
    return told | facts


def held(session: Session) -> list[MailStatus]:
    """Why addresses get no mail."""
    session.expire_all()
    return list(session.scalars(select(SuppressedAddress.reason)))


@pytest.mark.parametrize(
    ("name", "facts", "status", "suppressed"),
    [
        ("delivered", {}, MailStatus.DELIVERED, False),
        ("bounce", {"type": "bounce", "reason": "550 no"}, MailStatus.BOUNCED, True),
        ("bounce", {"type": "blocked"}, MailStatus.BLOCKED, True),
        ("dropped", {"reason": "Bounced Address"}, MailStatus.BOUNCED, True),
        ("dropped", {"reason": "Unsubscribed Address"}, MailStatus.UNSUBSCRIBED, True),
        ("dropped", {"reason": "Other"}, MailStatus.BLOCKED, True),
        ("spamreport", {}, MailStatus.UNSUBSCRIBED, True),
        ("unsubscribe", {}, MailStatus.UNSUBSCRIBED, True),
        ("processed", {}, MailStatus.SENT, False),
        ("deferred", {}, MailStatus.SENT, False),
        ("open", {}, MailStatus.SENT, False),
        ("nonsense", {}, MailStatus.SENT, False),
    ],
)
def test_an_event_says_what_became_of_a_message(
    tell: Tell,
    session: Session,
    message: MailMessage,
    name: str,
    facts: dict[str, str],
    status: MailStatus,
    suppressed: bool,
) -> None:
    for _ in range(2):
        assert tell([event(message, name, **facts)]).status_code == 204
    assert held(session) == [status] * suppressed
    assert message.status == status


def test_the_order_does_not_matter(tell: Tell, session: Session, message: MailMessage) -> None:
    told = [
        event(message, "processed"),
        event(message, "delivered"),
        event(message, "bounce", type="blocked"),
        event(message, "bounce", type="bounce"),
    ]
    for order in itertools.permutations(told):
        message.status = MailStatus.SENT
        session.flush()
        for one in order:
            tell([one])
        assert held(session) == [MailStatus.BOUNCED]
        assert message.status == MailStatus.BOUNCED


def test_it_clears_up_what_a_worker_did_not_live_to_hear(
    tell: Tell, session: Session, message: MailMessage
) -> None:
    message.status, message.problem = MailStatus.FAILED, Problem.UNCERTAIN
    tell([event(message, "processed")])
    session.expire_all()
    assert (message.status, message.problem) == (MailStatus.SENT, "")


def test_what_opens_an_account_is_forgotten_though_the_event_comes_first(
    tell: Tell, session: Session, message: MailMessage
) -> None:
    message.kind = kind("tests.secret", secret=True).key
    message.status = MailStatus.QUEUED
    session.flush()
    tell([event(message, "delivered")])
    session.expire_all()
    assert (message.status, message.text) == (MailStatus.DELIVERED, "")


def test_a_message_that_is_not_ours_is_passed_over(
    tell: Tell, session: Session, message: MailMessage
) -> None:
    marks = [f"{message.id}.0000", f"{message.id}", "", "x", "999999.a", "9" * 400, "²"]
    events = [event(message, "bounce") | {"message_id": mark} for mark in marks]
    assert tell([*events, {"event": "bounce"}, {}, {"event": ["x"], "message_id": 3}]).status_code
    assert held(session) == []
    assert message.status == MailStatus.SENT


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"signature": None}, 403),
        ({"signature": "geen base64!"}, 403),
        ({"signature": "ééé"}, 403),
        ({"signature": "AAAA"}, 403),
        ({"signature": base64.b64encode(b"x" * 64).decode()}, 403),
        ({"moment": None}, 400),
        ({"moment": "gisteren"}, 400),
        ({"moment": "9" * 40}, 400),
        ({"moment": "1500000000"}, 400),
    ],
)
def test_what_is_not_signed_well_leaves_no_trace(
    tell: Tell, session: Session, message: MailMessage, changed: dict[str, str | None], code: int
) -> None:
    answer = tell([event(message, "bounce")], **changed)
    assert answer.status_code == code
    assert held(session) == []
    assert message.status == MailStatus.SENT


def test_anothers_key_an_old_moment_and_a_changed_body_are_refused(
    tell: Tell, session: Session, message: MailMessage
) -> None:
    events = [event(message, "bounce")]
    body = json.dumps(events).encode()
    now = str(int(clock.now().timestamp()))
    other = ec.generate_private_key(ec.SECP256R1())
    old = str(int((clock.now() - timedelta(hours=2)).timestamp()))
    assert tell(events, signature=signed(body, now, other)).status_code == 403
    assert tell(events, moment=old, signature=signed(body, old)).status_code == 400
    assert tell(body + b" ", moment=now, signature=signed(body, now)).status_code == 403
    assert held(session) == []


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"null", b"[1]", b"[", b"\xff\xfe", b"[" * 100_000, b'"x"']
)
def test_what_is_no_list_of_events_is_refused(tell: Tell, session: Session, body: bytes) -> None:
    assert tell(body).status_code == 400


def test_a_huge_body_is_refused(tell: Tell) -> None:
    assert tell(b"[" + b" " * (2 * 1024 * 1024) + b"]").status_code == 413


def test_without_a_key_nothing_is_taken(client: FlaskClient) -> None:
    assert client.post(URL, data=b"[]").status_code == 400
    assert client.get(URL).status_code == 405
