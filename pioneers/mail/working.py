"""Signs of life of workers, and who runs which periodic job. None commits."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.jobs import Job
from pioneers.mail.models import PeriodicJob, WorkerSeen

AnySession = Session | scoped_session[Session]
JOB_LEASE = timedelta(minutes=10)
FORGOTTEN = timedelta(days=1)  # a worker that was not seen for so long is no longer listed


def note_alive(session: AnySession, worker: str, started_at: datetime) -> None:
    """Note that a worker is there."""
    now = clock.now()
    insert = _insert(session)(WorkerSeen)
    session.execute(
        insert.values(name=worker, started_at=started_at, seen_at=now).on_conflict_do_update(
            index_elements=["name"], set_={"seen_at": now}
        )
    )
    session.execute(delete(WorkerSeen).where(WorkerSeen.seen_at < now - FORGOTTEN))


def note_gone(session: AnySession, worker: str) -> None:
    """A worker that ends in order leaves no trace."""
    session.execute(delete(WorkerSeen).where(WorkerSeen.name == worker))


def due_jobs(session: AnySession, jobs: Sequence[Job]) -> list[Job]:
    """The jobs whose turn it is, as far as a look tells; `claim_job` decides."""
    now = clock.now()
    known = {row.name: row for row in session.scalars(select(PeriodicJob))}
    return [
        job
        for job in jobs
        if (row := known.get(job.name)) is None
        or (
            (row.ran_at is None or row.ran_at <= now - job.every)
            and (row.claimed_until is None or row.claimed_until < now)
        )
    ]


def claim_job(session: AnySession, job: Job) -> bool:
    """Take a periodic job that is due; False when it is not, or when another worker has it."""
    now = clock.now()
    insert = _insert(session)(PeriodicJob)
    session.execute(insert.values(name=job.name, problem="").on_conflict_do_nothing())
    claimed = session.execute(
        update(PeriodicJob)
        .where(
            PeriodicJob.name == job.name,
            or_(PeriodicJob.ran_at.is_(None), PeriodicJob.ran_at <= now - job.every),
            or_(PeriodicJob.claimed_until.is_(None), PeriodicJob.claimed_until < now),
        )
        .values(claimed_until=now + JOB_LEASE)
        .returning(PeriodicJob.name)
        .execution_options(synchronize_session=False)
    ).first()
    return claimed is not None


def finish_job(session: AnySession, job: Job, began: datetime, problem: str) -> None:
    """Note that it ran; after a failure it runs again at its next turn."""
    session.execute(
        update(PeriodicJob)
        .where(PeriodicJob.name == job.name)
        .values(ran_at=began, claimed_until=None, problem=problem[:300])
        .execution_options(synchronize_session=False)
    )


def _insert(session: AnySession) -> Callable[[Any], Any]:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if on_postgres else sqlite.insert
