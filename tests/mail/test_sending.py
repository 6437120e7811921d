"""Sending to real servers that take, refuse, hang and hang up."""

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.backends.base import Backend
from pioneers.mail.backends.folder import Folder
from pioneers.mail.backends.sendgrid import SendGrid
from pioneers.mail.backends.smtp import Server, Smtp
from pioneers.mail.building import Sender
from pioneers.mail.claiming import claim, hand_over, record
from pioneers.mail.models import MailMessage, MailStatus, SuppressedAddress
from pioneers.mail.outbox import Round, send_due
from pioneers.mail.outcomes import PAUSES, Problem, Sent
from pioneers.mail.suppressing import lift, suppress
from tests.mail.outgoing import ask, kind
from tests.mail.servers import Grid, Post, sendgrid_server, smtp_server

SENDER = Sender("pioniers@voorbeeld.example", "Pioniers")
ADDRESS = "anne@voorbeeld.example"


@pytest.fixture
def post() -> Iterator[Post]:
    """An SMTP server."""
    with smtp_server() as server:
        yield server


@pytest.fixture
def grid() -> Iterator[Grid]:
    """A server that speaks SendGrid's interface."""
    with sendgrid_server() as server:
        yield server


@pytest.fixture
def smtp(post: Post) -> Iterator[Backend]:
    """The way to `post`."""
    made = Smtp(Server("127.0.0.1", post.port, "none"), SENDER, wait=2, wait_for_taking=0.5)
    yield made
    made.close()


@pytest.fixture
def sendgrid(grid: Grid) -> Backend:
    """The way to `grid`."""
    return SendGrid("a-key", grid.host, SENDER, wait=0.5)


def only(session: Session) -> MailMessage:
    """The one message."""
    session.expire_all()
    return session.scalars(select(MailMessage)).one()


def test_mail_leaves_over_one_connection(session: Session, post: Post, smtp: Backend) -> None:
    for _ in range(3):
        ask(session)
    assert send_due(session, smtp, "w") == Round(3, 3)
    assert send_due(session, smtp, "w") == Round()
    assert [one["Subject"] for one in post.taken] == ["Tot donderdag"] * 3
    assert post.connections == 1
    assert set(session.scalars(select(MailMessage.status))) == {MailStatus.SENT}


def test_what_is_asked_twice_leaves_once(session: Session, post: Post, smtp: Backend) -> None:
    assert ask(session, key="k")
    assert not ask(session, key="k")
    send_due(session, smtp, "w")
    assert not ask(session, key="k")
    assert send_due(session, smtp, "w") == Round()
    assert len(post.taken) == 1


def test_mail_waits_for_its_moment(session: Session, post: Post, smtp: Backend) -> None:
    ask(session, due_at=clock.now() + timedelta(hours=1))
    assert send_due(session, smtp, "w") == Round()
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        assert send_due(session, smtp, "w").sent == 1


def test_a_temporary_refusal_is_tried_again_after_growing_pauses_and_given_up_visibly(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session)
    post.rcpt = lambda _address: "451 4.7.1 later, greylisted"
    now = clock.now()
    with time_machine.travel(now, tick=False) as traveller:
        for pause in PAUSES:
            send_due(session, smtp, "w")
            message = only(session)
            assert message.status == MailStatus.QUEUED
            assert message.due_at - clock.now() == pause
            assert send_due(session, smtp, "w") == Round()
            traveller.shift(pause)
        send_due(session, smtp, "w")
    message = only(session)
    assert (message.status, message.attempts) == (MailStatus.FAILED, len(PAUSES) + 1)
    assert "greylisted" in message.problem


def test_what_was_refused_for_a_while_arrives_later(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session)
    post.data = lambda: "452 4.3.1 full"
    send_due(session, smtp, "w")
    post.data = lambda: "250 taken"
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        send_due(session, smtp, "w")
    assert len(post.taken) == 1
    assert only(session).status == MailStatus.SENT


@pytest.mark.parametrize(
    ("answer", "status", "held"),
    [
        ("550 5.1.1 no such mailbox", MailStatus.BOUNCED, True),
        ("550 unknown", MailStatus.BOUNCED, True),
        ("554 5.7.1 relaying denied", MailStatus.BLOCKED, False),
        ("550 5.7.26 not signed", MailStatus.BLOCKED, False),
    ],
)
def test_a_wrong_address_and_a_server_that_does_not_want_us_are_different(
    session: Session, post: Post, smtp: Backend, answer: str, status: MailStatus, held: bool
) -> None:
    ask(session, address=ADDRESS)
    post.rcpt = lambda _address: answer
    send_due(session, smtp, "w")
    assert only(session).status == status
    assert [row.address for row in session.scalars(select(SuppressedAddress))] == [ADDRESS] * held


def test_one_bad_address_does_not_hold_the_others_up(
    session: Session, post: Post, smtp: Backend
) -> None:
    post.rcpt = lambda address: "550 5.1.1 no" if address == ADDRESS else "250 yes"
    ask(session)
    ask(session, address=ADDRESS)
    ask(session)
    assert send_due(session, smtp, "w") == Round(3, 2)
    assert post.connections == 1


def test_a_message_that_is_refused_fails_at_once(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session)
    post.data = lambda: "554 5.6.0 we do not like it"
    send_due(session, smtp, "w")
    assert (only(session).status, only(session).attempts) == (MailStatus.FAILED, 1)


@pytest.mark.parametrize("answer", ["drop", "hang"])
def test_a_connection_that_is_lost_half_way_is_tried_again(
    session: Session, post: Post, smtp: Backend, answer: str
) -> None:
    ask(session)
    ask(session)
    post.data = lambda: answer
    assert send_due(session, smtp, "w") == Round(1, 0, reachable=False)
    first, second = session.scalars(select(MailMessage).order_by(MailMessage.id))
    assert (first.status, first.problem) == (MailStatus.QUEUED, Problem.UNREACHABLE)
    assert (first.sent_at, first.claimed_until, second.claimed_until) == (None, None, None)
    post.data = lambda: "250 taken"
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert send_due(session, smtp, "w") == Round(2, 2)
    assert set(post.count().values()) == {1}


def test_a_server_that_is_away_is_waited_for(session: Session) -> None:
    ask(session)
    away = Smtp(Server("127.0.0.1", 9, "none"), SENDER, wait=0.5)
    assert send_due(session, away, "w") == Round(1, 0, reachable=False)
    assert only(session).status == MailStatus.QUEUED


def test_a_server_that_says_nothing_is_not_waited_for_long(session: Session) -> None:
    ask(session)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], "none")
        assert not send_due(session, Smtp(server, SENDER, wait=0.3), "w").reachable
    assert (only(session).status, only(session).attempts) == (MailStatus.QUEUED, 1)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_nothing_leaves_in_clear_where_it_should_not(
    session: Session, post: Post, security: str
) -> None:
    ask(session)
    careful = Smtp(Server("127.0.0.1", post.port, security), SENDER, wait=1)
    assert not send_due(session, careful, "w").reachable
    assert post.taken == []


def test_a_worker_that_stops_within_a_message_hands_nothing_over(
    session: Session, post: Post, smtp: Backend
) -> None:
    """As when it is killed there: the message has gone out but for the dot."""
    ask(session)
    (message,) = claim(session, "dead")

    def stops() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        smtp.deliver(message, stops)
    assert post.taken == []
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert send_due(session, smtp, "w").sent == 1
    assert len(post.taken) == 1


def test_who_lost_the_lease_hands_nothing_over(session: Session, post: Post, smtp: Backend) -> None:
    ask(session)
    (message,) = claim(session, "first")
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert [one.id for one in claim(session, "second")] == [message.id]
        assert not hand_over(session, message.id, "first")
        smtp.deliver(message, lambda: hand_over(session, message.id, "first"))
        assert post.taken == []
        assert hand_over(session, message.id, "second")
    record(session, message.id, "first", Sent())
    assert only(session).status == MailStatus.QUEUED


def test_what_a_dead_worker_had_handed_over_is_not_sent_again_but_shown(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session)
    (message,) = claim(session, "dead")
    assert hand_over(session, message.id, "dead")
    session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert send_due(session, smtp, "w") == Round()
    assert post.taken == []
    assert (only(session).status, only(session).problem) == (MailStatus.FAILED, Problem.UNCERTAIN)


def test_what_a_dead_worker_had_only_claimed_is_sent_by_another(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session)
    claim(session, "dead")
    session.commit()
    assert send_due(session, smtp, "w") == Round()
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert send_due(session, smtp, "w").sent == 1


def test_who_is_asked_to_stop_gives_back_the_rest(
    session: Session, post: Post, smtp: Backend
) -> None:
    for _ in range(3):
        ask(session)
    answers = iter([True, False])
    assert send_due(session, smtp, "w", carry_on=lambda: next(answers)) == Round(1, 1)
    assert send_due(session, smtp, "other") == Round(2, 2)


@pytest.mark.parametrize(
    "reason", [MailStatus.BOUNCED, MailStatus.BLOCKED, MailStatus.UNSUBSCRIBED]
)
def test_a_suppressed_address_gets_nothing_and_the_status_says_why(
    session: Session, post: Post, smtp: Backend, reason: MailStatus
) -> None:
    suppress(session, ADDRESS.upper(), reason)
    ask(session, address=ADDRESS)
    send_due(session, smtp, "w")
    assert (only(session).status, only(session).problem) == (reason, Problem.SUPPRESSED)
    assert post.taken == []
    assert lift(session, ADDRESS)
    ask(session, address=ADDRESS)
    send_due(session, smtp, "w")
    assert len(post.taken) == 1


def test_a_heavier_reason_replaces_a_lighter_one_in_whatever_order(session: Session) -> None:
    for reasons in (
        (MailStatus.BLOCKED, MailStatus.UNSUBSCRIBED),
        (MailStatus.UNSUBSCRIBED, MailStatus.BLOCKED),
    ):
        for reason in reasons:
            suppress(session, ADDRESS, reason)
        session.expire_all()
        assert session.scalars(select(SuppressedAddress.reason)).one() == MailStatus.UNSUBSCRIBED
        lift(session, ADDRESS)


def test_a_block_is_not_for_ever(session: Session, post: Post, smtp: Backend) -> None:
    suppress(session, ADDRESS, MailStatus.BLOCKED)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        ask(session, address=ADDRESS)
        assert send_due(session, smtp, "w").sent == 1


@pytest.mark.parametrize("address", ["a@b.example\nBcc: x@y.example", "geen adres", "x" * 400])
def test_what_is_no_address_fails_visibly_and_stops_nothing(
    session: Session, post: Post, smtp: Backend, address: str
) -> None:
    assert ask(session, address=address)
    ask(session)
    assert send_due(session, smtp, "w") == Round(1, 1)
    failed = session.scalars(select(MailMessage).order_by(MailMessage.id)).first()
    assert failed is not None
    assert (failed.status, failed.problem) == (MailStatus.FAILED, Problem.ADDRESS)
    assert "\n" not in failed.to_address


def test_what_opens_an_account_is_forgotten_once_it_left(
    session: Session, post: Post, smtp: Backend
) -> None:
    ask(session, kind=kind("tests.secret", secret=True))
    send_due(session, smtp, "w")
    assert "voorbeeld.example/x" in post.taken[0].get_body(("plain",)).get_content()
    assert (only(session).text, only(session).html) == ("", "")


def test_a_folder_gets_a_file_and_no_double(session: Session, tmp_path: Path) -> None:
    ask(session, calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    folder = Folder(tmp_path / "outbox", SENDER)
    (message,) = claim(session, "dead")
    folder.deliver(message, lambda: True)  # and killed before it could say so
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert send_due(session, folder, "w").sent == 1
    (file,) = (tmp_path / "outbox").iterdir()
    found = email.message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert found["Subject"] == "Tot donderdag"
    assert only(session).provider_id == file.name


def test_sendgrid_takes_mail(session: Session, grid: Grid, sendgrid: Backend) -> None:
    ask(session, address=ADDRESS)
    assert send_due(session, sendgrid, "w").sent == 1
    assert grid.keys == ["Bearer a-key"]
    assert grid.count() == {ADDRESS: 1}
    assert only(session).provider_id == "sg-1"


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_sendgrid_is_asked_again_later(
    session: Session, grid: Grid, sendgrid: Backend, status: int
) -> None:
    ask(session)
    grid.answer = lambda: (status, '{"errors": []}')
    assert not send_due(session, sendgrid, "w").reachable
    assert (only(session).status, only(session).sent_at) == (MailStatus.QUEUED, None)
    grid.answer = lambda: (202, "")
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert send_due(session, sendgrid, "w").sent == 1


@pytest.mark.parametrize("status", [400, 413])
def test_sendgrid_refuses_for_good(
    session: Session, grid: Grid, sendgrid: Backend, status: int
) -> None:
    ask(session)
    grid.answer = lambda: (status, '{"errors": [{"message": "wrong"}]}')
    send_due(session, sendgrid, "w")
    assert only(session).status == MailStatus.FAILED
    assert "wrong" in only(session).problem


@pytest.mark.parametrize("answer", [0, -1], ids=["hangs up", "hangs"])
def test_an_answer_of_sendgrid_that_is_lost_is_not_guessed(
    session: Session, grid: Grid, sendgrid: Backend, answer: int
) -> None:
    ask(session)
    grid.answer = lambda: (answer, "")
    send_due(session, sendgrid, "w")
    assert (only(session).status, only(session).problem) == (MailStatus.FAILED, Problem.UNCERTAIN)


def test_sendgrid_that_is_away_is_waited_for(session: Session) -> None:
    ask(session)
    away = SendGrid("a-key", "http://127.0.0.1:9", SENDER, wait=0.5)
    assert not send_due(session, away, "w").reachable
    assert only(session).status == MailStatus.QUEUED


def test_who_lost_the_lease_sends_sendgrid_no_whole_request(
    session: Session, grid: Grid, sendgrid: Backend
) -> None:
    ask(session)
    (message,) = claim(session, "first")
    assert type(sendgrid.deliver(message, lambda: False)).__name__ == "Forgone"
    assert grid.taken == []
