"""Log-in sessions on the server: the cookie holds a random token, the table its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User, UserSession

AnySession = Session | scoped_session[Session]
COOKIE_KEY = "_user_id"  # where Flask-Login looks within the signed cookie
SEEN_EVERY = timedelta(minutes=1)  # a moment on the page is written at most this often
PENDING = timedelta(minutes=10)  # how long the second step of logging in may take


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without anything happening, and at most."""

    idle: timedelta
    absolute: timedelta

    def ends_at(self, user_session: UserSession) -> datetime:
        """The moment at which the session ends if nothing happens any more."""
        return min(user_session.seen_at + self.idle, user_session.started_at + self.absolute)


def hash_token(token: str) -> str:
    """What is kept of a token of 256 random bits; a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(session: AnySession, user: User, *, mfa_passed: bool = True) -> str:
    """Begin a session for `user` and return its token, for the cookie only.

    With `mfa_passed` False it only opens the page that asks for the second step.
    """
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(
        UserSession(
            user_id=user.id,
            token_hash=hash_token(token),
            started_at=now,
            seen_at=now,
            mfa_passed=mfa_passed,
        )
    )
    return token


# Asked by every request, so built once.
OPEN = (
    select(UserSession, User)
    .join(User, User.id == UserSession.user_id)
    .where(
        UserSession.token_hash == bindparam("token_hash"),
        UserSession.ended_at.is_(None),
        User.disabled_at.is_(None),
    )
)


def find_session(
    session: AnySession, token: str, limits: Limits
) -> tuple[UserSession, User] | None:
    """The session of `token` and its user; None when ended, expired, or the user is disabled."""
    found = session.execute(OPEN, {"token_hash": hash_token(token)}).first()
    if found is None:
        return None
    user_session, user = found
    now = clock.now()
    if now >= limits.ends_at(user_session):
        return None
    if not user_session.mfa_passed and now >= user_session.started_at + PENDING:
        return None
    return user_session, user


def is_stale(user_session: UserSession) -> bool:
    """Whether it is time to note again that the person is there."""
    return clock.now() - user_session.seen_at >= SEEN_EVERY


def mark_seen(session: AnySession, session_id: int) -> None:
    """Note that the person is there now."""
    session.execute(
        update(UserSession).where(UserSession.id == session_id).values(seen_at=clock.now())
    )


def pass_mfa(session: AnySession, session_id: int) -> None:
    """Note that the second step of logging in was taken."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(mfa_passed=True))


def end_session(session: AnySession, token: str) -> None:
    """End the session of `token`; one that does not exist is no error."""
    session.execute(
        update(UserSession)
        .where(UserSession.token_hash == hash_token(token), UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_sessions_of(session: AnySession, user_id: int, *, but: str | None = None) -> None:
    """End every session of a user, except the one with token `but`."""
    ending = update(UserSession).where(
        UserSession.user_id == user_id, UserSession.ended_at.is_(None)
    )
    if but is not None:
        ending = ending.where(UserSession.token_hash != hash_token(but))
    session.execute(ending.values(ended_at=clock.now()))
