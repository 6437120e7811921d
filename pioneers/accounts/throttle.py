"""Slowing down guesses: failed attempts are counted by hashed address and origin.

An attempt is recorded, and that record committed, before anything is verified: of guesses that
arrive together each one counts the others, so that at most the limit is ever verified.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import LoginAttempt
from pioneers.web.throttling import place_of

AnySession = Session | scoped_session[Session]
WINDOW = timedelta(minutes=15)
KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """How many failures within the window one key may have."""

    key_hash: str
    most: int


class Throttled(Exception):
    """Too many failures; `minutes` is how long to wait at most."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def login_limits(secret: str, *, email: str, origin: str) -> tuple[Limit, ...]:
    """What a log-in counts against: this account from here, from here, this account at all."""
    place = place_of(origin)
    return (
        Limit(_key(secret, "account-origin", email, place), 5),
        Limit(_key(secret, "origin", place), 30),
        Limit(_key(secret, "account", email), 20),
    )


def link_origin_limits(secret: str, *, origin: str) -> tuple[Limit, ...]:
    """What asking for a link by mail counts against: from here."""
    return (Limit(_key(secret, "link-origin", place_of(origin)), 20),)


def link_limits(secret: str, *, email: str) -> tuple[Limit, ...]:
    """How many links one address is mailed, whoever asks for them."""
    return (Limit(_key(secret, "link", email), 4),)


def code_limits(secret: str, *, user_id: int) -> tuple[Limit, ...]:
    """What guesses of a second step count against: the account."""
    return (Limit(_key(secret, "code", str(user_id)), 5),)


def record_attempt(session: AnySession, limits: tuple[Limit, ...]) -> list[int]:
    """Note an attempt against every limit; the caller commits before it verifies anything."""
    now = clock.now()
    _remove(session, LoginAttempt.at < now - KEPT)
    rows = [LoginAttempt(key_hash=limit.key_hash, at=now) for limit in limits]
    session.add_all(rows)
    session.flush()  # the ids
    return [row.id for row in rows]


def check_attempt(session: AnySession, limits: tuple[Limit, ...], attempt: list[int]) -> None:
    """Raise Throttled when a limit is passed; that attempt then leaves no trace.

    Else somebody who keeps trying would never be let in again.
    """
    since = clock.now() - WINDOW
    for limit in limits:
        count = session.scalar(
            select(func.count())
            .select_from(LoginAttempt)
            .where(LoginAttempt.key_hash == limit.key_hash, LoginAttempt.at > since)
        )
        if (count or 0) > limit.most:
            forget(session, attempt)
            raise Throttled(int(WINDOW.total_seconds() // 60))


def succeed(session: AnySession, limits: tuple[Limit, ...], attempt: list[int]) -> None:
    """Take back this attempt, and what was counted for this account from this origin."""
    mine = LoginAttempt.id.in_(attempt)
    _remove(session, or_(mine, LoginAttempt.key_hash == limits[0].key_hash))


def forget(session: AnySession, attempt: list[int]) -> None:
    """Take back one attempt."""
    _remove(session, LoginAttempt.id.in_(attempt))


def _remove(session: AnySession, which: ColumnElement[bool]) -> None:
    """Delete attempts in one order, and none that another is deleting: two who log in at once would
    else wait for each other's rows, until PostgreSQL ends one of them as a deadlock.
    """
    ids = session.scalars(
        select(LoginAttempt.id)
        .where(which)
        .order_by(LoginAttempt.id)
        .with_for_update(skip_locked=True)
    ).all()
    if ids:
        session.execute(delete(LoginAttempt).where(LoginAttempt.id.in_(ids)))


def _key(secret: str, *parts: str) -> str:
    """A key that cannot be turned back into an address without the installation's secret."""
    return hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
