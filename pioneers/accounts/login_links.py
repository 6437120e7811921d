"""A link by mail that logs somebody in.

Nothing is stored: the link is signed and carries a fingerprint of the account as it stands: its
password and its latest session. Logging in, by this link or otherwise, makes a new session, and so
ends every link that was made before; a quarter of an hour ends it too.
"""

import hashlib

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User, UserSession

AnySession = Session | scoped_session[Session]
VALID_SECONDS = 15 * 60


def make_login_link(session: AnySession, *, user: User, secret: str) -> str:
    """A token for the page that logs `user` in; mail it to them only."""
    return _signer(secret).dumps([user.id, _fingerprint(session, user)])


def user_by_login_link(session: AnySession, *, token: str, secret: str) -> User | None:
    """The user whom `token` lets in, locked; None when it does not work (any more)."""
    try:
        user_id, fingerprint = _signer(secret).loads(token, max_age=VALID_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    user = session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None or not user.is_active:
        return None
    return user if _fingerprint(session, user) == fingerprint else None


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="pioneers-login-link")


def _fingerprint(session: AnySession, user: User) -> str:
    latest = session.scalar(select(func.max(UserSession.id)).where(UserSession.user_id == user.id))
    told = f"{latest or 0}\n{user.password_hash or ''}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
