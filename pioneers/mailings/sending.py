"""Sending: the readers are fixed at once, and their mail goes to the outbox in batches.

Each batch is one transaction, and a mail has a key of mailing and reader: a worker that dies in
between is followed up by the next one, and nobody gets it twice. Who leaves before their turn, or
cannot be mailed, is passed over.
"""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.mail.suppressing import suppressed
from pioneers.mailings.emails import mail_reader
from pioneers.mailings.models import Mailing, MailingRecipient, MailingState, RecipientState
from pioneers.mailings.rules import segment_of
from pioneers.mailings.segments import readers
from pioneers.programmes.models import Programme
from pioneers.subscriptions.models import Subscription, SubscriptionState

BATCH = 100


def send_due(session: Session) -> int:
    """Begin what is due, and go on with what was begun; commits each step."""
    for mailing_id in _ids(session, MailingState.PLANNED):
        fix_readers(session, mailing_id)
        session.commit()
    done = 0
    for mailing_id in _ids(session, MailingState.SENDING):
        while queued := send_batch(session, mailing_id):
            session.commit()
            done += queued
        session.commit()
    return done


def _ids(session: Session, state: MailingState) -> list[int]:
    query = select(Mailing.id).where(Mailing.state == state).order_by(Mailing.send_at, Mailing.id)
    if state == MailingState.PLANNED:
        query = query.where(Mailing.send_at <= clock.now())
    found = list(session.scalars(query))
    session.commit()
    return found


def fix_readers(session: Session, mailing_id: int) -> int:
    """Who gets it, as the segment stands now: whoever joins it later is too late."""
    mailing = session.get_one(Mailing, mailing_id, with_for_update=True, populate_existing=True)
    if mailing.state != MailingState.PLANNED:
        return 0
    chosen = readers(mailing.programme_id, segment_of(mailing.segment), mailing.theme)
    rows = [
        {"mailing_id": mailing.id, "subscription_id": one, "state": RecipientState.WAITING}
        for one in session.scalars(chosen)
    ]
    if rows:
        session.execute(insert(MailingRecipient), rows)
    mailing.state, mailing.fixed_at = MailingState.SENDING, clock.now()
    mailing.version += 1
    session.flush()
    return len(rows)


def send_batch(session: Session, mailing_id: int, *, most: int = BATCH) -> int:
    """Put the next ones in the outbox; how many were looked at, and none when all is done."""
    mailing = session.get_one(Mailing, mailing_id, with_for_update=True, populate_existing=True)
    if mailing.state != MailingState.SENDING:
        return 0
    waiting = session.execute(
        select(MailingRecipient, Subscription)
        .join(Subscription, Subscription.id == MailingRecipient.subscription_id)
        .where(
            MailingRecipient.mailing_id == mailing.id,
            MailingRecipient.state == RecipientState.WAITING,
        )
        .order_by(MailingRecipient.subscription_id)
        .limit(most)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not waiting:
        mailing.state, mailing.sent_at = MailingState.SENT, clock.now()
        mailing.version += 1
        return 0
    programme = session.get_one(Programme, mailing.programme_id)
    held = suppressed(session, {reader.email for _row, reader in waiting})
    for row, reader in waiting:
        if reader.state == SubscriptionState.CONFIRMED and reader.email not in held:
            row.mail_id = mail_reader(session, programme, mailing, reader)
            row.state = RecipientState.QUEUED
        else:
            row.state = RecipientState.SKIPPED
    session.flush()
    return len(waiting)
