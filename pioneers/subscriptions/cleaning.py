"""Requests that nobody confirmed are kept no longer than they can be."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.subscriptions.models import (
    Subscription,
    SubscriptionEvent,
    SubscriptionState,
    SubscriptionStep,
)
from pioneers.subscriptions.rules import LAPSES_AFTER


def forget_unconfirmed(session: Session) -> int:
    """Delete what nobody confirmed in time; who had left before and asked anew has left again."""
    before = clock.now() - LAPSES_AFTER
    ids = session.scalars(
        select(Subscription.id).where(
            Subscription.state == SubscriptionState.PENDING, Subscription.requested_at < before
        )
    ).all()
    session.commit()
    for number in ids:
        found = session.get(Subscription, number, with_for_update=True)
        if found is not None and found.state == SubscriptionState.PENDING:
            _forget(session, found)
        session.commit()
    return len(ids)


def _forget(session: Session, found: Subscription) -> None:
    left_at = session.scalar(
        select(SubscriptionEvent.at)
        .where(
            SubscriptionEvent.subscription_id == found.id,
            SubscriptionEvent.step == SubscriptionStep.WITHDRAWN,
        )
        .order_by(SubscriptionEvent.id.desc())
        .limit(1)
    )
    if left_at is not None:
        found.state, found.withdrawn_at = SubscriptionState.WITHDRAWN, left_at
        return
    session.execute(delete(SubscriptionEvent).where(SubscriptionEvent.subscription_id == found.id))
    session.delete(found)
