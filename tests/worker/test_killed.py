"""Workers that are killed at random: every message arrives once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from pioneers import clock
from pioneers.db import db
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.outcomes import Problem
from tests.conftest import SECRET
from tests.mail.outgoing import ask
from tests.mail.servers import sendgrid_server, smtp_server

MESSAGES = 150
KILLS = 6
Count = Callable[[], Counter[str]]


@contextmanager
def smtp() -> Iterator[tuple[dict[str, str], Count]]:
    """The settings for a real SMTP server, and what it took."""
    with smtp_server() as post:
        yield (
            {
                "MAIL_BACKEND": "smtp",
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(post.port),
                "SMTP_SECURITY": "none",
            },
            post.count,
        )


@contextmanager
def sendgrid() -> Iterator[tuple[dict[str, str], Count]]:
    """The settings for a server that speaks SendGrid's interface, and what it took."""
    with sendgrid_server() as grid:
        yield (
            {
                "MAIL_BACKEND": "sendgrid",
                "SENDGRID_API_KEY": "a-key",
                "SENDGRID_HOST": grid.host,
            },
            grid.count,
        )


def start(app: Flask, root: Path, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A worker of the product, as somebody would start it."""
    environment = os.environ | settings
    environment["DATABASE_URL"] = app.config["SQLALCHEMY_DATABASE_URI"]
    environment |= {"SECRET_KEY": SECRET, "LOG_LEVEL": "ERROR", "PYTHONPATH": str(root)}
    command = [str(Path(sys.executable).parent / "pioneers"), "worker"]
    return subprocess.Popen(command, cwd=root, env=environment)


def waiting(app: Flask) -> int:
    """How many messages are still to go."""
    with app.app_context():
        queued = select(func.count()).where(MailMessage.status == MailStatus.QUEUED)
        found = db.session.scalar(queued) or 0
        db.session.remove()
        return found


def let_leases_lapse(app: Flask, worker: "subprocess.Popen[bytes]") -> None:
    """What the dead worker held is free, as after five minutes."""
    with app.app_context():
        db.session.execute(
            update(MailMessage)
            .where(
                MailMessage.status == MailStatus.QUEUED,
                MailMessage.claimed_by.contains(f"-{worker.pid}-"),
                MailMessage.claimed_until.is_not(None),
            )
            .values(claimed_until=clock.now() - timedelta(seconds=1))
        )
        db.session.commit()
        db.session.remove()


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for something that happens in other processes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("server", [smtp, sendgrid])
def test_every_message_arrives_once_though_workers_are_killed(
    real_app: Flask, root: Path, server: Callable[[], Iterator[tuple[dict[str, str], Count]]]
) -> None:
    chance = random.Random(20261124)  # noqa: S311
    with real_app.app_context():
        asked = [f"iemand{number}@voorbeeld.example" for number in range(MESSAGES)]
        for number, address in enumerate(asked):
            ask(db.session, address=address, key=f"killed:{number}")
        db.session.commit()
        db.session.remove()
    with server() as (settings, count):
        workers = [start(real_app, root, settings) for _ in range(2)]
        try:
            for kill in range(1, KILLS + 1):
                # in the middle of sending, somewhere in the cycle of a message
                goal = kill * MESSAGES // (KILLS + 2)
                assert until(lambda: count().total() >= goal, 60)  # noqa: B023
                time.sleep(chance.random() / 50)
                victim = workers.pop(0)
                victim.send_signal(signal.SIGKILL)
                victim.wait()
                let_leases_lapse(real_app, victim)
                workers.append(start(real_app, root, settings))
            assert until(lambda: waiting(real_app) == 0, 90)
        finally:
            for worker in workers:
                worker.send_signal(signal.SIGTERM)
            codes = [worker.wait(30) for worker in workers]
        received = count()
    assert set(codes) <= {0, -signal.SIGTERM}  # one may not have begun yet
    with real_app.app_context():
        rows = db.session.execute(
            select(MailMessage.to_address, MailMessage.status, MailMessage.problem)
        ).all()
        db.session.remove()
    assert max(received.values()) == 1, "no message twice"
    uncertain = {row.to_address for row in rows if row.problem == Problem.UNCERTAIN}
    sent = {row.to_address for row in rows if row.status == MailStatus.SENT}
    assert sent | uncertain == set(asked), "no message forgotten"
    assert sent <= set(received), "none is called sent that did not arrive"
    assert set(asked) - set(received) <= uncertain, "what did not arrive is shown"
    assert len(uncertain) <= KILLS
