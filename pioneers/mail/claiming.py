"""Which worker has which message: leases, and the mark of handing over. None commits.

Every step is one conditional statement, so that of two workers one has it and the other knows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.building import Outgoing
from pioneers.mail.kinds import KINDS
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.outcomes import (
    Forgone,
    Outcome,
    Problem,
    Refused,
    Sent,
    TryAgain,
    Uncertain,
    pause_after,
)
from pioneers.mail.suppressing import suppress, suppressed

AnySession = Session | scoped_session[Session]
# Longer than any server may take over one message: see the time-outs of the back ends.
LEASE = timedelta(minutes=5)
BATCH = 50


def claim(session: AnySession, worker: str, *, most: int = BATCH) -> list[Outgoing]:
    """Take messages that are due, oldest first; those to suppressed addresses go no further."""
    now = clock.now()
    # In a WITH, so that it is looked up once: as a bare subselect it may be for each row.
    due = (
        select(MailMessage.id)
        .where(*_free(now))
        .order_by(MailMessage.due_at, MailMessage.id)
        .limit(most)
        .with_for_update(skip_locked=True)  # SQLite, where one writes at a time, leaves it out
        .cte("due")
    )
    rows = session.scalars(
        update(MailMessage)
        .where(MailMessage.id.in_(select(due.c.id)))
        .values(claimed_by=worker, claimed_until=now + LEASE)
        .returning(MailMessage)
        .execution_options(populate_existing=True)
    ).all()
    held = suppressed(session, {row.to_address for row in rows})
    kept = []
    for row in sorted(rows, key=lambda row: (row.due_at, row.id)):
        reason = held.get(row.to_address.lower())
        if reason is None:
            kept.append(_outgoing(row))
        else:
            row.status, row.status_at, row.problem = reason, now, Problem.SUPPRESSED
            row.claimed_until = None
            forget_secret(row)
    session.flush()
    return kept


def anything_due(session: AnySession) -> bool:
    """Whether a round of sending would do anything: a read, for who has nothing to do."""
    now = clock.now()
    lapsed = and_(MailMessage.sent_at.is_not(None), MailMessage.claimed_until < now)
    found = select(MailMessage.id).where(
        MailMessage.status == MailStatus.QUEUED,
        or_(and_(*_free(now)), lapsed),
    )
    return session.scalar(found.limit(1)) is not None


def _free(now: datetime) -> Sequence[Any]:
    return (
        MailMessage.status == MailStatus.QUEUED,
        MailMessage.due_at <= now,
        MailMessage.sent_at.is_(None),
        or_(MailMessage.claimed_until.is_(None), MailMessage.claimed_until < now),
    )


def _outgoing(row: MailMessage) -> Outgoing:
    return Outgoing(
        id=row.id,
        key=row.unique_key,
        to_address=row.to_address,
        to_name=row.to_name,
        subject=row.subject,
        text=row.text,
        html=row.html,
        calendar=row.calendar,
        calendar_method=row.calendar_method,
        reply_to=row.reply_to,
        unsubscribe=row.unsubscribe,
    )


def hand_over(session: AnySession, message_id: int, worker: str) -> bool:
    """Mark that the message is handed over now; False when this worker has it no longer."""
    now = clock.now()
    marked = session.execute(
        update(MailMessage)
        .where(
            MailMessage.id == message_id,
            MailMessage.claimed_by == worker,
            MailMessage.claimed_until > now,
            MailMessage.status == MailStatus.QUEUED,
            MailMessage.sent_at.is_(None),
        )
        .values(sent_at=now, claimed_until=now + LEASE)
        .returning(MailMessage.id)
        .execution_options(synchronize_session=False)
    ).first()
    return marked is not None


def record(session: AnySession, message_id: int, worker: str, outcome: Outcome) -> None:
    """Write down what became of it, as long as the message is this worker's."""
    if isinstance(outcome, Forgone):
        return
    row = session.scalar(
        select(MailMessage)
        .where(
            MailMessage.id == message_id,
            MailMessage.claimed_by == worker,
            # failed: the lease ran out while the server thought it over
            MailMessage.status.in_((MailStatus.QUEUED, MailStatus.FAILED)),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return
    row.attempts += 1
    row.claimed_until = None
    row.status_at = now = clock.now()
    if isinstance(outcome, Sent):
        row.status, row.problem = MailStatus.SENT, ""
        row.sent_at = row.sent_at or now
        row.provider_id = outcome.provider_id
        forget_secret(row)
    elif isinstance(outcome, Uncertain):
        row.status, row.problem = MailStatus.FAILED, Problem.UNCERTAIN
    else:
        _not_sent(session, row, outcome, now)
    session.flush()


def _not_sent(
    session: AnySession, row: MailMessage, outcome: TryAgain | Refused, now: datetime
) -> None:
    row.problem = str(outcome.problem)[:300]
    row.sent_at = None
    if isinstance(outcome, Refused):
        row.status = outcome.status
        if outcome.suppress:
            suppress(session, row.to_address, outcome.status)
        return
    pause = pause_after(row.attempts)
    if pause is None:
        row.status = MailStatus.FAILED
    else:
        row.status, row.due_at = MailStatus.QUEUED, now + pause


def forget_secret(row: MailMessage) -> None:
    """What opens an account is kept no longer than it takes to leave."""
    kind = KINDS.get(row.kind)
    if kind is not None and kind.secret:
        row.text = row.html = ""


def release(session: AnySession, worker: str) -> None:
    """Give back what this worker claimed and did not come to."""
    session.execute(
        update(MailMessage)
        .where(
            MailMessage.claimed_by == worker,
            MailMessage.status == MailStatus.QUEUED,
            MailMessage.sent_at.is_(None),
        )
        .values(claimed_until=None)
        .execution_options(synchronize_session=False)
    )


def give_up_uncertain(session: AnySession) -> int:
    """Messages that a worker handed over and did not live to hear of: failed, visibly.

    In nearly all cases the server took them. To send them again could be to send them twice, so
    that is for a person to decide, or for the event webhook to clear up.
    """
    now = clock.now()
    result = session.execute(
        update(MailMessage)
        .where(
            MailMessage.status == MailStatus.QUEUED,
            MailMessage.sent_at.is_not(None),
            MailMessage.claimed_until < now,
        )
        .values(
            status=MailStatus.FAILED,
            status_at=now,
            problem=Problem.UNCERTAIN,
            attempts=MailMessage.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
