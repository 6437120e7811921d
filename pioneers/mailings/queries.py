"""Reads of mailings: the list, the people behind a count, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mailings.models import Mailing, MailingRecipient, MailingState, RecipientState
from pioneers.mailings.rules import Outcome, segment_of
from pioneers.mailings.segments import readers
from pioneers.programmes.models import Programme
from pioneers.subscriptions.models import (
    Subscription,
    SubscriptionEvent,
    SubscriptionState,
    SubscriptionStep,
)
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
FIXED = (MailingState.SENDING, MailingState.SENT, MailingState.CANCELLED)
LEFT = "left"


@dataclass(frozen=True)
class Reader:
    """Somebody whom a mailing goes to, or went to."""

    email: str
    name: str
    outcome: Outcome | None = None
    mail_id: int | None = None


def get_mailing(session: AnySession, programme: Programme, mailing_id: int) -> Mailing:
    """A mailing of the programme; NotFound."""
    found = session.get(Mailing, mailing_id)
    if found is None or found.programme_id != programme.id:
        raise NotFound
    return found


def list_mailings(session: AnySession, programme: Programme, number: int) -> Page[Mailing]:
    """What is being written first, then the newest."""
    of_it = Mailing.programme_id == programme.id
    total = session.scalar(select(func.count(Mailing.id)).where(of_it)) or 0
    begun = case((Mailing.state.in_((MailingState.SENT, MailingState.CANCELLED)), 1), else_=0)
    query = select(Mailing).where(of_it).order_by(begun, Mailing.id.desc())
    rows = session.scalars(query.limit(SIZE).offset(offset(number))).all()
    return Page(list(rows), number, SIZE, total)


def count_subscribers(session: AnySession, programme: Programme) -> int:
    """How many confirmed addresses there are."""
    return (
        session.scalar(
            select(func.count(Subscription.id)).where(
                Subscription.programme_id == programme.id,
                Subscription.state == SubscriptionState.CONFIRMED,
            )
        )
        or 0
    )


def event_names(session: AnySession, programme: Programme) -> dict[int, str]:
    """The events of the programme, newest first, as a list to choose from shows them."""
    rows = session.execute(
        select(Event.id, Event.title, Event.starts_at)
        .where(Event.programme_id == programme.id)
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(300)
    )
    return {number: f"{title} ({at:%d-%m-%Y})" for number, title, at in rows}


def _outcome() -> ColumnElement[str]:
    """What became of a recipient's mail."""
    status = MailMessage.status
    waits = or_(MailingRecipient.state == RecipientState.WAITING, status == MailStatus.QUEUED)
    skipped = or_(MailingRecipient.state == RecipientState.SKIPPED, status == MailStatus.WITHDRAWN)
    return case(
        (skipped, Outcome.SKIPPED.value),
        (waits, Outcome.WAITING.value),
        (status == MailStatus.DELIVERED, Outcome.DELIVERED.value),
        (status == MailStatus.SENT, Outcome.SENT.value),
        (status == MailStatus.BOUNCED, Outcome.BOUNCED.value),
        else_=Outcome.FAILED.value,
    )


def _left() -> ColumnElement[bool]:
    """Whether they left by a link of this mailing."""
    return (
        exists()
        .where(
            SubscriptionEvent.subscription_id == MailingRecipient.subscription_id,
            SubscriptionEvent.mailing_id == MailingRecipient.mailing_id,
            SubscriptionEvent.step == SubscriptionStep.WITHDRAWN,
        )
        .correlate(MailingRecipient)
    )


def results(session: AnySession, mailing: Mailing) -> Mapping[str, int]:
    """How many of each outcome, and how many left."""
    outcome = _outcome().label("outcome")
    rows = session.execute(
        select(outcome, func.count(), func.sum(case((_left(), 1), else_=0)))
        .select_from(MailingRecipient)
        .outerjoin(MailMessage, MailMessage.id == MailingRecipient.mail_id)
        .where(MailingRecipient.mailing_id == mailing.id)
        .group_by(outcome)
    ).all()
    counts = {one.value: 0 for one in Outcome} | {row[0]: row[1] for row in rows}
    return counts | {LEFT: sum(int(row[2] or 0) for row in rows)}


def list_readers(
    session: AnySession, mailing: Mailing, *, wanted: str, number: int
) -> Page[Reader]:
    """Who gets it as things stand, or who got it; `wanted` is an outcome or `left`."""
    if mailing.state not in FIXED:
        chosen = readers(mailing.programme_id, segment_of(mailing.segment), mailing.theme)
        ids = chosen.order_by(None).subquery()
        query: Any = select(Subscription.email, Subscription.name).join(
            ids, ids.c.id == Subscription.id
        )
    else:
        query = _of_fixed(mailing, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(Subscription.email).limit(SIZE).offset(offset(number)))
    return Page([_reader(*row) for row in rows], number, SIZE, total)


def _of_fixed(mailing: Mailing, wanted: str) -> Any:
    outcome = _outcome()
    conditions = [MailingRecipient.mailing_id == mailing.id]
    if wanted == LEFT:
        conditions.append(_left())
    elif wanted:
        conditions.append(and_(outcome == wanted))
    return (
        select(Subscription.email, Subscription.name, outcome.label("outcome"), MailMessage.id)
        .select_from(MailingRecipient)
        .join(Subscription, Subscription.id == MailingRecipient.subscription_id)
        .outerjoin(MailMessage, MailMessage.id == MailingRecipient.mail_id)
        .where(*conditions)
    )


def _reader(
    email: str, name: str, outcome: str | None = None, mail_id: int | None = None
) -> Reader:
    return Reader(email, name, Outcome(outcome) if outcome else None, mail_id)
