"""Reads of the outbox and of the workers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.models import (
    MailMessage,
    MailStatus,
    MailSwitch,
    MailWording,
    WorkerSeen,
)
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
SILENT = timedelta(minutes=5)  # after so long without a sign of life, the site says so


@dataclass(frozen=True)
class Line:
    """A message in the list."""

    id: int
    kind: str
    to_address: str
    subject: str
    status: MailStatus
    created_at: datetime
    due_at: datetime
    status_at: datetime | None


def list_messages(
    session: AnySession,
    programme_id: int,
    *,
    number: int,
    status: MailStatus | None = None,
    kind: str = "",
) -> Page[Line]:
    """A page of a programme's messages, newest first."""
    wanted = [MailMessage.programme_id == programme_id]
    if status is not None:
        wanted.append(MailMessage.status == status)
    if kind:
        wanted.append(MailMessage.kind == kind)
    total = session.scalar(select(func.count()).select_from(MailMessage).where(*wanted)) or 0
    rows = session.execute(
        select(
            MailMessage.id,
            MailMessage.kind,
            MailMessage.to_address,
            MailMessage.subject,
            MailMessage.status,
            MailMessage.created_at,
            MailMessage.due_at,
            MailMessage.status_at,
        )
        .where(*wanted)
        .order_by(MailMessage.id.desc())
        .limit(SIZE)
        .offset(offset(number))
    )
    return Page([Line(*row) for row in rows], number, SIZE, total)


def count_by_status(session: AnySession, programme_id: int) -> dict[MailStatus, int]:
    """How many of a programme's messages stand where."""
    rows = session.execute(
        select(MailMessage.status, func.count())
        .where(MailMessage.programme_id == programme_id)
        .group_by(MailMessage.status)
    )
    return dict(rows.all())


def kinds_used(session: AnySession, programme_id: int) -> Sequence[str]:
    """The kinds of mail of which a programme has messages."""
    return session.scalars(
        select(MailMessage.kind)
        .where(MailMessage.programme_id == programme_id)
        .distinct()
        .order_by(MailMessage.kind)
    ).all()


def get_message(session: AnySession, programme_id: int, message_id: int) -> MailMessage:
    """A message of the programme; NotFound where there is none."""
    message = session.get(MailMessage, message_id)
    if message is None or message.programme_id != programme_id:
        raise NotFound
    return message


def own_wordings(session: AnySession, programme_id: int) -> dict[tuple[str, str], MailWording]:
    """A programme's own words, by kind and language."""
    rows = session.scalars(select(MailWording).where(MailWording.programme_id == programme_id))
    return {(row.kind, row.language): row for row in rows}


def switches(session: AnySession, programme_id: int) -> dict[str, bool]:
    """The reminders that a programme turned off, or on again."""
    rows = session.execute(
        select(MailSwitch.kind, MailSwitch.is_on).where(MailSwitch.programme_id == programme_id)
    )
    return dict(rows.all())


@dataclass(frozen=True)
class Workers:
    """Whether somebody does the work: when a worker was last seen, and whether that is too long."""

    seen_at: datetime | None
    silent: bool
    waiting: int  # messages that are due and wait, in the whole installation
    failed: int


def workers(session: AnySession) -> Workers:
    """How it stands with the workers of the installation."""
    now = clock.now()
    seen = session.scalar(select(func.max(WorkerSeen.seen_at)))
    counted = dict(
        session.execute(
            select(MailMessage.status, func.count())
            .where(
                MailMessage.status.in_((MailStatus.QUEUED, MailStatus.FAILED)),
                MailMessage.due_at <= now,
            )
            .group_by(MailMessage.status)
        ).all()
    )
    return Workers(
        seen_at=seen,
        silent=seen is None or now - seen > SILENT,
        waiting=counted.get(MailStatus.QUEUED, 0),
        failed=counted.get(MailStatus.FAILED, 0),
    )
