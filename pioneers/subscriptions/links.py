"""The address at which somebody confirms, chooses and leaves: theirs alone, without an account."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.current import settings
from pioneers.subscriptions.models import Subscription
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, record_of, sign

AnySession = Session | scoped_session[Session]
PURPOSE = "subscription"


def token_of(subscription: Subscription) -> str:
    """The token of the mailed links."""
    return sign(settings().secret_key, PURPOSE, subscription.id, subscription.token_nonce)


def own_link(subscription: Subscription) -> str:
    """Where they confirm, see what they chose, and change it."""
    return link("subscriptions.own", token=token_of(subscription))


def stop_link(subscription: Subscription, mailing_id: int | None = None) -> str:
    """Where a mail program posts to when somebody leaves in one click; `mailing_id`: out of which
    mailing."""
    extra = {} if mailing_id is None else {"m": mailing_id}
    return link("subscriptions.one_click", token=token_of(subscription), **extra)


def by_token(session: AnySession, token: str, *, lock: bool = False) -> Subscription | None:
    """The subscription of a genuine token; None for any other."""
    number = record_of(token)
    if number is None:
        return None
    query = select(Subscription).where(Subscription.id == number)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        return None
    secret = settings().secret_key
    return found if is_genuine(secret, PURPOSE, found.id, found.token_nonce, token) else None
