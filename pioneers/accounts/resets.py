"""A link with which somebody who forgot their password chooses a new one.

Nothing is stored: the link is signed, carries a fingerprint of the present password's hash, and so
stops working with its first use, with any other change of the password, and after a day.
"""

import hashlib

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.audit.actions import record

AnySession = Session | scoped_session[Session]
VALID_SECONDS = 24 * 3600


def make_reset(
    session: AnySession, *, user: User, secret: str, actor_id: int | None, origin: str = "web"
) -> str:
    """A token for the page that sets a new password; hand it to that person only."""
    record(
        session,
        "user.reset_made",
        object_type="user",
        object_id=user.id,
        actor_id=actor_id,
        origin=origin,
    )
    return reset_token(user=user, secret=secret)


def reset_token(*, user: User, secret: str) -> str:
    """Such a token by itself, for who asked for it by mail."""
    return _signer(secret).dumps([user.id, _fingerprint(user)])


def user_by_reset(session: AnySession, *, token: str, secret: str) -> User | None:
    """The user whose password `token` may replace, locked; None when it does not work any more."""
    try:
        user_id, fingerprint = _signer(secret).loads(token, max_age=VALID_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    user = session.scalar(select(User).where(User.id == user_id).with_for_update())
    works = user is not None and user.is_active and _fingerprint(user) == fingerprint
    return user if works else None


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="pioneers-password-reset")


def _fingerprint(user: User) -> str:
    return hashlib.sha256((user.password_hash or "").encode()).hexdigest()[:32]
