"""What a worker does: send mail, run periodic jobs, show that it is there, stop when asked."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.db import expect_writes
from pioneers.mail.backends.base import Backend
from pioneers.mail.claiming import anything_due
from pioneers.mail.jobs import Job
from pioneers.mail.outbox import Round, send_due
from pioneers.mail.working import claim_job, due_jobs, finish_job, note_alive, note_gone

log = structlog.get_logger("pioneers.worker")
ALIVE_EVERY = timedelta(seconds=30)
POLL = 2.0  # seconds between looks at an outbox that was empty
PATIENCE = 15.0  # and after the server or the database did not answer


def worker_name() -> str:
    """A name that no other worker has or had: process numbers come back."""
    return f"{socket.gethostname()[:50]}-{os.getpid()}-{secrets.token_hex(3)}"


@contextmanager
def _reading(session: scoped_session[Session]) -> Iterator[None]:
    """A transaction that only looks: an idle worker holds nobody up."""
    expect_writes(False)
    try:
        yield
    finally:
        try:
            session.rollback()
        finally:  # whatever the database does
            expect_writes(True)


class Worker:
    """One worker, in one process and one thread."""

    def __init__(
        self,
        session: scoped_session[Session],
        backend: Backend,
        jobs: Sequence[Job],
        *,
        poll: float = POLL,
    ) -> None:
        self.session, self.backend, self.jobs, self.poll = session, backend, jobs, poll
        self.name = worker_name()
        self.started_at = clock.now()
        self._alive_at: datetime | None = None
        self._stop = threading.Event()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the message in hand and end."""
        self._stop.set()

    def listen(self) -> None:
        """End on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def once(self) -> None:
        """Do what is due, and end."""
        try:
            self.note_alive()
            self.run_jobs()
            while not self._stop.is_set():
                did = self.send()
                if not did.claimed or not did.reachable:
                    break
        finally:
            self._end()

    def forever(self) -> None:
        """Go on until stopped; a database or server that is away is waited for."""
        while not self._stop.is_set():
            pause = 0.0
            try:
                self.note_alive()
                did = self.send()
                self.run_jobs()
                if not did.reachable:
                    pause = PATIENCE
                elif not did.claimed:
                    pause = self.poll
            except SQLAlchemyError:
                log.error("worker_without_database", exc_info=True)
                pause = PATIENCE
            self.session.remove()
            self._stop.wait(pause)
        self._end()

    def send(self) -> Round:
        """Send a batch of what is due."""
        with _reading(self.session):
            waits = anything_due(self.session)
        if not waits:
            return Round()
        return send_due(self.session, self.backend, self.name, carry_on=self._carry_on)

    def run_jobs(self) -> None:
        """Run the periodic jobs whose turn it is, unless another worker does."""
        with _reading(self.session):
            due = due_jobs(self.session, self.jobs)
        for job in due:
            if self._stop.is_set():
                return
            mine = claim_job(self.session, job)
            self.session.commit()
            if mine:
                self._run(job)
                self.note_alive()

    def _run(self, job: Job) -> None:
        began, problem = clock.now(), ""
        try:
            done = job.run(self.session())
            self.session.commit()
            log.info("job", job=job.name, done=done)
        except Exception as error:  # one job's failure is not the others'
            self.session.rollback()
            problem = type(error).__name__
            log.error("job_failed", job=job.name, exc_info=True)
        finish_job(self.session, job, began, problem)
        self.session.commit()

    def note_alive(self) -> None:
        """Show that this worker is there, twice a minute."""
        now = clock.now()
        if self._alive_at is None or now - self._alive_at >= ALIVE_EVERY:
            note_alive(self.session, self.name, self.started_at)
            self.session.commit()
            self._alive_at = now

    def _carry_on(self) -> bool:
        self.note_alive()
        return not self._stop.is_set()

    def _end(self) -> None:
        self.backend.close()
        try:
            note_gone(self.session, self.name)
            self.session.commit()
        except SQLAlchemyError:
            log.error("worker_without_database", exc_info=True)
        self.session.remove()
