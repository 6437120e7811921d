"""Workers: sharing the work, periodic jobs, signs of life, stopping."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.db import db
from pioneers.mail.backends.smtp import Server, Smtp
from pioneers.mail.building import Sender
from pioneers.mail.jobs import Job
from pioneers.mail.models import MailMessage, MailStatus, PeriodicJob, WorkerSeen
from pioneers.mail.queries import workers
from pioneers.mail.working import claim_job, due_jobs, finish_job, note_alive
from pioneers.worker.running import Worker
from tests.conftest import SECRET
from tests.mail.outgoing import ask
from tests.mail.servers import Post, smtp_server

SENDER = Sender("pioniers@voorbeeld.example", "Pioniers")


@pytest.fixture
def post() -> Iterator[Post]:
    """An SMTP server."""
    with smtp_server() as server:
        yield server


def smtp(post: Post) -> Smtp:
    """The way to it."""
    return Smtp(Server("127.0.0.1", post.port, "none"), SENDER)


def test_many_workers_share_the_work(real_app: Flask, post: Post) -> None:
    with real_app.app_context():
        for number in range(120):
            ask(db.session, key=f"shared:{number}", address=f"a{number}@voorbeeld.example")
        db.session.commit()
        db.session.remove()
    done: list[str] = []

    def work() -> None:
        with real_app.app_context():
            worker = Worker(db.session, smtp(post), ())
            worker.once()
            done.append(worker.name)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
    assert len(post.taken) == 120
    assert set(post.count().values()) == {1}
    with real_app.app_context():
        assert set(db.session.scalars(select(MailMessage.status))) == {MailStatus.SENT}
        db.session.remove()


def test_a_job_runs_at_its_turn_and_by_one_worker(session: Session) -> None:
    job = Job("tests.job", timedelta(hours=1), lambda _session: 0)
    began = clock.now()
    assert due_jobs(session, [job]) == [job]
    assert claim_job(session, job)
    assert not claim_job(session, job)
    assert due_jobs(session, [job]) == []
    finish_job(session, job, began, "")
    assert not claim_job(session, job)
    with time_machine.travel(began + timedelta(hours=1, seconds=1)):
        assert due_jobs(session, [job]) == [job]
        assert claim_job(session, job)


def test_the_job_of_a_dead_worker_is_taken_over(session: Session) -> None:
    job = Job("tests.job", timedelta(minutes=1), lambda _session: 0)
    assert claim_job(session, job)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert claim_job(session, job)


def test_a_job_that_fails_stops_neither_the_others_nor_the_mail(
    app: Flask, session: Session, post: Post
) -> None:
    ran: list[str] = []

    def fails(_session: Session) -> int:
        raise RuntimeError("no")

    def works(_session: Session) -> int:
        ran.append("works")
        return 1

    hour = timedelta(hours=1)
    ask(session)
    with app.app_context():
        worker = Worker(db.session, smtp(post), [Job("a", hour, fails), Job("b", hour, works)])
        worker.once()
    assert ran == ["works"]
    assert len(post.taken) == 1
    session.expire_all()
    problems = session.execute(select(PeriodicJob.name, PeriodicJob.problem))
    assert dict(problems.all()) == {"a": "RuntimeError", "b": ""}


def test_the_site_knows_whether_a_worker_is_there(session: Session) -> None:
    assert workers(session).silent
    note_alive(session, "one", clock.now())
    note_alive(session, "one", clock.now())
    assert not workers(session).silent
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert workers(session).silent
    with time_machine.travel(clock.now() + timedelta(days=2)):
        note_alive(session, "two", clock.now())
    assert list(session.scalars(select(WorkerSeen.name))) == ["two"]


def run(app: Flask, root: Path, outbox: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """The command."""
    environment = os.environ | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": SECRET,
        "MAIL_FOLDER": str(outbox),
        "PYTHONPATH": str(root),
        "LOG_LEVEL": "ERROR",
    }
    command = [str(Path(sys.executable).parent / "pioneers"), "worker", *arguments]
    return subprocess.Popen(command, cwd=root, env=environment)


def test_the_command_does_what_is_due_and_ends(real_app: Flask, root: Path, tmp_path: Path) -> None:
    with real_app.app_context():
        ask(db.session)
        db.session.commit()
        db.session.remove()
    assert run(real_app, root, tmp_path, "--once").wait(60) == 0
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_a_worker_stops_in_order_when_it_is_asked_to(
    real_app: Flask, root: Path, tmp_path: Path
) -> None:
    process = run(real_app, root, tmp_path)
    with real_app.app_context():
        try:
            for _ in range(600):
                seen = db.session.scalar(select(WorkerSeen.name))
                db.session.remove()
                if seen is not None:
                    break
                with pytest.raises(subprocess.TimeoutExpired):
                    process.wait(0.1)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        db.session.remove()
        assert db.session.scalar(select(WorkerSeen.name)) is None
        db.session.remove()
