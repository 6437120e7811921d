"""Mail queued one by one while two workers send it to an SMTP server on this machine."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, perf_counter, sleep

from sqlalchemy import func, select

from pioneers.app import create_app
from pioneers.db import db
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words
from pioneers.mail.models import MailMessage, MailStatus, WorkerSeen
from pioneers.schema import upgrade
from scripts.bench.serving import BIN, ROOT, environment, free_port

MAILS, WORKERS = 5000, 2
LIMIT = 60.0  # seconds for all of them
PATIENCE = 300.0  # after so long it is a miss, and no reason to wait on
WORDS = Words(
    "U bent aangemeld voor {title}",
    "Beste {name},\n\nU bent erbij op {moment}, in {place}.\n\n[Bekijken of wijzigen](link)\n\n"
    "Kunt u toch niet? Dan maakt u met dezelfde knop plaats voor een ander.",
)
KIND = MailKind("bench.note", WORDS, WORDS, "Meting", "Measurement")


@dataclass(frozen=True)
class Mailing:
    """How it went: seconds until all were queued, and until all were sent."""

    kind: str
    mails: int
    sent: int
    queued_seconds: float
    seconds: float

    @property
    def per_minute(self) -> float:
        """How many were queued and sent per minute."""
        return self.sent / self.seconds * 60


def measure_mailing(kind: str, url: str, mails: int = MAILS) -> Mailing:
    """Queue and send so many in the (empty) database at `url`."""
    with _smtp_server() as port:
        settings = {
            "MAIL_BACKEND": "smtp",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
        }
        app = create_app(environment(url) | settings)
        with app.app_context():
            upgrade(db.engine)
            with _workers(environment(url) | settings):
                _await_workers()
                return _time(kind, mails)


def _time(kind: str, mails: int) -> Mailing:
    begun = perf_counter()
    for number in range(mails):
        queue(db.session, _mail(number))
        db.session.commit()
    queued = perf_counter() - begun
    until = monotonic() + PATIENCE
    sent = 0
    while sent < mails and monotonic() < until:
        sleep(0.1)
        sent = _count(MailStatus.SENT)
    took = perf_counter() - begun
    db.session.remove()
    db.engine.dispose()
    return Mailing(kind, mails, sent, queued, took)


def _count(status: MailStatus) -> int:
    found = db.session.scalar(select(func.count()).where(MailMessage.status == status)) or 0
    db.session.rollback()
    return found


def _mail(number: int) -> NewMail:
    return NewMail(
        kind=KIND,
        key=f"{KIND.key}:{number}",
        address=f"ondernemer{number}@meting.example",
        name=f"Ondernemer {number}",
        language="nl",
        fields={
            "title": "Slimmer werken in de praktijk",
            "name": f"Ondernemer {number}",
            "moment": "donderdag 14 januari, 20.00 uur",
            "place": "Zwolle",
            "link": f"https://pioniers.example/r/{number}",
        },
        programme_name="Slimmer Werken Overijssel",
    )


def _await_workers() -> None:
    until = monotonic() + 60
    while monotonic() < until:
        seen = db.session.scalar(select(func.count()).select_from(WorkerSeen)) or 0
        db.session.rollback()
        if seen == WORKERS:
            return
        sleep(0.1)
    raise RuntimeError("the workers did not start")


@contextmanager
def _workers(settings: dict[str, str]) -> Iterator[None]:
    command = [str(BIN / "pioneers"), "worker"]
    started = [subprocess.Popen(command, cwd=ROOT, env=settings) for _ in range(WORKERS)]
    try:
        yield
    finally:
        _stop(started)


@contextmanager
def _smtp_server() -> Iterator[int]:
    """A server that takes everything and keeps nothing, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink"]
    process = subprocess.Popen([*command, "-l", f"127.0.0.1:{port}"], cwd=ROOT)
    try:
        until = monotonic() + 20
        while monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                sleep(0.1)
        yield port
    finally:
        _stop([process])


def _stop(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def section(mailings: Sequence[Mailing]) -> list[str]:
    """The part of the report about mail."""
    if not mailings:
        return []
    rows = [
        f"| {one.kind} | {one.sent:,} of {one.mails:,} | {one.queued_seconds:.1f} s"
        f" | {one.seconds:.1f} s | {one.per_minute:,.0f} | {_outcome(one)} |"
        for one in mailings
    ]
    return [
        "## Mail",
        "",
        f"{MAILS:,} mails are queued one by one, each in a transaction of its own, while"
        f" {WORKERS} workers send them to an SMTP server on the same machine. Goal: all of them"
        " queued and sent within a minute.",
        "",
        "| database | sent | queued in | sent in | mails per minute | outcome |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
    ]


def _outcome(one: Mailing) -> str:
    reached = one.sent == one.mails and one.seconds <= LIMIT * one.mails / MAILS
    return "reached" if reached else "**missed**"
