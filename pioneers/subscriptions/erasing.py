"""Of somebody who is erased no subscription is left; that there was one stays. None commits."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.erasing import Erased, register_eraser
from pioneers.subscriptions.models import Subscription, SubscriptionState
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]
STANDS = (SubscriptionState.PENDING, SubscriptionState.CONFIRMED)


def is_wanted(session: AnySession, person_id: int) -> bool:
    """Whether somebody is written to, or asked to be."""
    query = select(Subscription.id).where(
        Subscription.person_id == person_id, Subscription.state.in_(STANDS)
    )
    return session.scalar(query.limit(1)) is not None


@register_eraser
def erase(session: AnySession, erased: Erased) -> None:
    """Let the address go, and end what was agreed."""
    theirs = select(Subscription).where(
        Subscription.programme_id == erased.programme_id,
        or_(Subscription.person_id.in_(erased.ids), Subscription.email.in_(erased.emails)),
    )
    for one in session.scalars(theirs.order_by(Subscription.id).with_for_update()).all():
        if one.state in STANDS:
            one.state, one.withdrawn_at = SubscriptionState.WITHDRAWN, clock.now()
        one.email, one.name, one.person_id = f"verwijderd-{one.id}@invalid", "", None
        one.token_nonce = new_nonce()
        one.version += 1
    session.flush()
