"""Subscriptions for tests, and a site that is open."""

from itertools import count
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings
from pioneers.subscriptions.models import SubscribedBy, Subscription, SubscriptionState
from pioneers.subscriptions.rules import VERSION, Asked, wording
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]
NUMBERS = count(1)


def open_the_site(session: AnySession, programme: Programme) -> None:
    """Everybody may see the programme's site."""
    session.add(SiteSettings(programme_id=programme.id, changed_at=clock.now(), is_open=True))
    session.flush()


def make_subscription(session: AnySession, programme: Programme, **facts: Any) -> Subscription:
    """Somebody who confirmed, unless `facts` say otherwise."""
    known: dict[str, Any] = {
        "programme_id": programme.id,
        "email": f"lezer{next(NUMBERS)}@voorbeeld.example",
        "state": SubscriptionState.CONFIRMED,
        "token_nonce": new_nonce(),
        "requested_at": clock.now(),
        "confirmed_at": clock.now(),
    }
    made = Subscription(**known | facts)
    session.add(made)
    session.flush()
    return made


def wish(email: str = "anne@drost.example", **facts: Any) -> Asked:
    """Somebody asks for news on the site."""
    known = {"source": SubscribedBy.SITE, "version": VERSION, "wording": wording("nl", "Slimmer")}
    return Asked(email=email, **known | facts)
