"""Logging in, step by step.

Unlike an action these steps commit themselves: an attempt must be on record before anything is
verified, and no lock may be held while argon2 works.
"""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.passwords import hash_password, needs_rehash, verify_password
from pioneers.accounts.queries import user_by_email
from pioneers.accounts.sessions import start_session
from pioneers.accounts.throttle import (
    Limit,
    Throttled,
    check_attempt,
    login_limits,
    record_attempt,
    succeed,
)
from pioneers.audit.actions import record

AnySession = Session | scoped_session[Session]


def begin_attempt(session: AnySession, limits: tuple[Limit, ...]) -> list[int]:
    """Put an attempt on record and commit it; raises Throttled when there were too many."""
    attempt = record_attempt(session, limits)
    session.commit()
    try:
        check_attempt(session, limits, attempt)
    except Throttled:
        session.commit()
        raise
    return attempt


def identify(
    session: AnySession, *, email: str, password: str, origin: str, secret: str
) -> User | None:
    """The user of `email` when the password is right; None when not, or when there is none.

    Both take the same time. Raises Throttled after too many failures. The caller commits.
    """
    email = email.strip().lower()
    limits = login_limits(secret, email=email, origin=origin)
    attempt = begin_attempt(session, limits)
    user = user_by_email(session, email)
    user_id = user.id if user else None
    kept = user.password_hash if user is not None and user.is_active else None
    session.rollback()
    if not verify_password(kept, password):
        record(session, "user.login_failed", object_type="user", object_id=user_id)
        return None
    succeed(session, limits, attempt)
    user = session.get(User, user_id, populate_existing=True)
    if user is None or not user.is_active or user.password_hash != kept:
        return None  # changed while we looked
    if kept is not None and needs_rehash(kept):
        user.password_hash = hash_password(password)
    return user


def note_link_asked(session: AnySession, *, user_id: int | None) -> None:
    """Note that somebody asked for a link by mail, whether or not the address has an account."""
    record(session, "user.link_asked", object_type="user", object_id=user_id)


def admit(session: AnySession, user: User) -> str:
    """Start a session that has passed every step; returns its token. The caller commits."""
    user.last_login_at = clock.now()
    record(session, "user.login", object_type="user", object_id=user.id, actor_id=user.id)
    return start_session(session, user)
