"""Asking for news, confirming, choosing, and leaving. No action commits.

Each writes what happened as an event, which is the proof of the consent. A subscription is locked
before it is changed, so that a button pressed twice does once what it says.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.actions import withdraw as withdraw_mail
from pioneers.mail.suppressing import lift_on_request
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.subscriptions.emails import ALREADY, CONFIRM, RECORD, mail_about
from pioneers.subscriptions.models import (
    SubscribedBy,
    Subscription,
    SubscriptionEvent,
    SubscriptionState,
    SubscriptionStep,
)
from pioneers.subscriptions.rules import ONCE_IN, Asked, has_lapsed
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]
Told = Callable[[AnySession, int, str], None]
_ON_WITHDRAWAL: list[Told] = []


def register_withdrawal(tell: Told) -> None:
    """Let `tell(session, programme_id, email)` know of whoever leaves: features above keep consents
    of their own, which end then too."""
    _ON_WITHDRAWAL.append(tell)


def ask_for_news(session: AnySession, *, programme: Programme, asked: Asked) -> Subscription:
    """Somebody fills in an address: it is asked by mail whether they want this.

    Whoever has news already is told so, and nothing changes: it may be somebody else who fills in.
    """
    subscription, is_new = _find_or_make(session, programme, asked)
    now = clock.now()
    if subscription.state == SubscriptionState.CONFIRMED:
        if asked.source == SubscribedBy.SITE:  # the others get a mail about what they did
            day = clock.today().isoformat()
            mail_about(session, programme, subscription, ALREADY, day)
        return subscription
    is_pending = subscription.state == SubscriptionState.PENDING
    if not is_new and is_pending and subscription.requested_at > now - ONCE_IN:
        return subscription
    subscription.state, subscription.requested_at = SubscriptionState.PENDING, now
    subscription.withdrawn_at = subscription.confirmed_at = None
    _take_over(subscription, asked)
    event = _note(session, subscription, SubscriptionStep.REQUESTED, asked=asked)
    mail_about(session, programme, subscription, CONFIRM, str(event.id))
    return subscription


def give_proven(session: AnySession, *, programme: Programme, asked: Asked) -> bool:
    """Somebody who came by a link in a mail to this address wants news: no more is asked. False
    when they have it already."""
    subscription, _is_new = _find_or_make(session, programme, asked)
    if subscription.state == SubscriptionState.CONFIRMED:
        return False
    if subscription.state == SubscriptionState.WITHDRAWN:
        subscription.themes = ""
    _take_over(subscription, asked)
    _note(session, subscription, SubscriptionStep.REQUESTED, asked=asked)
    _confirm(session, subscription)
    return True


def confirm(session: AnySession, subscription: Subscription) -> bool:
    """Whoever owns the address wants it; False when that stood already. Raises Refused: lapsed."""
    session.refresh(subscription, with_for_update=True)
    if subscription.state == SubscriptionState.CONFIRMED:
        return False
    if subscription.state == SubscriptionState.PENDING and has_lapsed(
        subscription.requested_at, clock.now()
    ):
        raise Refused("lapsed")
    _confirm(session, subscription)
    return True


def choose(session: AnySession, subscription: Subscription, *, themes: str, language: str) -> None:
    """They choose what their news is about, and its language."""
    session.refresh(subscription, with_for_update=True)
    if (themes, language) == (subscription.themes, subscription.language):
        return
    subscription.themes, subscription.language = themes, language
    subscription.version += 1
    _note(session, subscription, SubscriptionStep.THEMES)


def stop(session: AnySession, subscription: Subscription, *, mailing_id: int | None = None) -> bool:
    """They want no more of it; mail that waits stays here. False when they had left already."""
    session.refresh(subscription, with_for_update=True)
    if subscription.state == SubscriptionState.WITHDRAWN:
        return False
    subscription.state, subscription.withdrawn_at = SubscriptionState.WITHDRAWN, clock.now()
    subscription.version += 1
    _note(session, subscription, SubscriptionStep.WITHDRAWN, mailing_id=mailing_id)
    withdraw_mail(session, record_type=RECORD, record_id=subscription.id)
    for tell in _ON_WITHDRAWAL:
        tell(session, subscription.programme_id, subscription.email)
    return True


def stop_address(session: AnySession, *, programme_id: int, email: str) -> bool:
    """The same by address, where somebody says it elsewhere."""
    found = session.scalar(
        select(Subscription).where(
            Subscription.programme_id == programme_id, Subscription.email == email.lower()
        )
    )
    return found is not None and stop(session, found)


def _find_or_make(
    session: AnySession, programme: Programme, asked: Asked
) -> tuple[Subscription, bool]:
    """The subscription of the address, locked; who makes it at the same moment makes one."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(Subscription)
    values = {
        "programme_id": programme.id,
        "email": asked.email.lower(),
        "state": SubscriptionState.PENDING,
        "token_nonce": new_nonce(),
        "requested_at": clock.now(),
        "name": "",
        "language": asked.language,
        "themes": "",
        "version": 1,
    }
    statement = insert.values(values).on_conflict_do_nothing().returning(Subscription.id)
    made = session.execute(statement).scalar()
    found = session.scalars(
        select(Subscription)
        .where(Subscription.programme_id == programme.id, Subscription.email == asked.email.lower())
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return found, made is not None


def _take_over(subscription: Subscription, asked: Asked) -> None:
    """What they filled in, as long as they have no news."""
    subscription.language = asked.language
    subscription.themes = asked.themes or subscription.themes
    subscription.name = (asked.name or subscription.name)[:160]
    subscription.person_id = asked.person_id or subscription.person_id
    subscription.version += 1


def _confirm(session: AnySession, subscription: Subscription) -> None:
    subscription.state = SubscriptionState.CONFIRMED
    subscription.confirmed_at, subscription.withdrawn_at = clock.now(), None
    subscription.version += 1
    _note(session, subscription, SubscriptionStep.CONFIRMED)
    lift_on_request(session, subscription.email)


def _note(
    session: AnySession,
    subscription: Subscription,
    step: SubscriptionStep,
    *,
    asked: Asked | None = None,
    mailing_id: int | None = None,
) -> SubscriptionEvent:
    event = SubscriptionEvent(
        subscription_id=subscription.id,
        step=step,
        at=clock.now(),
        source=None if asked is None else asked.source,
        version="" if asked is None else asked.version,
        wording="" if asked is None else asked.wording,
        themes=subscription.themes,
        mailing_id=mailing_id,
    )
    session.add(event)
    session.flush()
    return event
