"""What the keeper of an installation does to accounts: close, open, promote, reset."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.queries import count_administrators
from pioneers.accounts.rules import Refusal, Refused
from pioneers.accounts.sessions import end_sessions_of
from pioneers.audit.actions import record

AnySession = Session | scoped_session[Session]


def disable_user(
    session: AnySession, *, user: User, actor_id: int | None, origin: str = "web"
) -> None:
    """Close an account at once; raises Refused: YOURSELF, LAST_ADMINISTRATOR."""
    if user.id == actor_id:
        raise Refused(Refusal.YOURSELF)
    if user.is_administrator and not count_administrators(session, but=user.id):
        raise Refused(Refusal.LAST_ADMINISTRATOR)
    user.disabled_at = clock.now()
    end_sessions_of(session, user.id)
    _record_user(session, "user.closed", user, actor_id, origin)


def enable_user(
    session: AnySession, *, user: User, actor_id: int | None, origin: str = "web"
) -> None:
    """Open a closed account again; the roles that it had are still there."""
    user.disabled_at = None
    _record_user(session, "user.opened", user, actor_id, origin)


def make_administrator(
    session: AnySession, *, user: User, actor_id: int | None, origin: str = "web"
) -> None:
    """Let a user manage the installation."""
    user.is_administrator = True
    _record_user(session, "user.administrator_given", user, actor_id, origin)


def withdraw_administrator(session: AnySession, *, user: User, actor_id: int) -> None:
    """Take that away; raises Refused(LAST_ADMINISTRATOR)."""
    if not count_administrators(session, but=user.id):
        raise Refused(Refusal.LAST_ADMINISTRATOR)
    user.is_administrator = False
    _record_user(session, "user.administrator_withdrawn", user, actor_id, "web")


def reset_mfa(
    session: AnySession, *, user: User, actor_id: int | None, origin: str = "web"
) -> None:
    """Forget the second step of somebody who lost their phone, and end their sessions."""
    user.totp_secret = None
    user.totp_confirmed_at = None
    user.totp_last_step = None
    end_sessions_of(session, user.id)
    _record_user(session, "user.mfa_reset", user, actor_id, origin)


def _record_user(
    session: AnySession, action: str, user: User, actor_id: int | None, origin: str
) -> None:
    record(
        session,
        action,
        object_type="user",
        object_id=user.id,
        actor_id=actor_id,
        origin=origin,
    )
