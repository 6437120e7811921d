"""Who is looking: Flask-Login on our own sessions, the person's language, the session's end."""

from datetime import timedelta
from typing import cast

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user

from pioneers import clock
from pioneers.accounts.models import User, UserSession
from pioneers.accounts.queries import roles_anywhere
from pioneers.accounts.rules import needs_mfa
from pioneers.accounts.sessions import (
    COOKIE_KEY,
    Limits,
    end_session,
    find_session,
    is_stale,
    mark_seen,
)
from pioneers.config import Config
from pioneers.db import db, writing
from pioneers.web import i18n
from pioneers.web.addresses import page_address

manager = LoginManager()
manager.session_protection = None  # a session is bound to its row, not to a browser's name


def settings() -> Config:
    """The configuration of the present application."""
    return cast(Config, current_app.extensions["pioneers_config"])


def limits() -> Limits:
    """How long sessions last here."""
    config = settings()
    return Limits(
        timedelta(minutes=config.session_idle_minutes), timedelta(hours=config.session_hours)
    )


@manager.user_loader  # type: ignore[untyped-decorator]
def load_user(token: str) -> User | None:
    """The person whose session has `token`; None without one that has passed every step."""
    found = find_session(db.session, token, limits())
    if found is None:
        return None
    g.user_session = found[0]
    g.pending_user = found[1]
    return found[1] if found[0].mfa_passed else None


def enter(token: str) -> None:
    """Put a fresh session in the cookie; whatever the cookie held before is gone."""
    leave()
    session[COOKIE_KEY] = token


def leave() -> None:
    """End the session of this cookie and empty the cookie."""
    token = own_token()
    if token is not None:
        end_session(db.session, token)
    session.clear()
    for name in ("user_session", "pending_user", "_login_user"):
        g.pop(name, None)


def pending_user() -> User | None:
    """The person who gave a right password and still has to take the second step."""
    if current_user.is_authenticated:
        return None
    return cast("User | None", g.get("pending_user"))


def note_presence() -> None:
    """Before a request: who is it, in which language, and are they still there?"""
    if request.endpoint == "static" or COOKIE_KEY not in session:
        return
    if not current_user.is_authenticated and pending_user() is None:
        session.pop(COOKIE_KEY)
        g.session_ended = True
        return
    user_session: UserSession = g.user_session
    if is_stale(user_session):
        _write_presence(user_session.id)
    if current_user.is_authenticated and i18n.COOKIE not in request.cookies:
        i18n.speak(current_user.language)


def _write_presence(session_id: int) -> None:
    """In a short transaction of its own: the request itself may only read, or fail."""
    db.session.rollback()
    with writing():
        mark_seen(db.session, session_id)
        db.session.commit()


def mfa_required(user: User) -> bool:
    """Whether this account must take a second step here."""
    roles = roles_anywhere(db.session, user.id)
    return settings().require_mfa and needs_mfa(roles, is_administrator=user.is_administrator)


def own_token() -> str | None:
    """The token of the present session."""
    token = session.get(COOKIE_KEY)
    return token if isinstance(token, str) else None


def seconds_left() -> int | None:
    """How many seconds the present session lasts if nothing happens; None without one."""
    user_session: UserSession | None = g.get("user_session")
    if user_session is None or not current_user.is_authenticated:
        return None
    return max(0, int((limits().ends_at(user_session) - clock.now()).total_seconds()))


def initials(name: str) -> str:
    """At most two letters for the round mark in the header."""
    words = [word for word in name.split() if word[:1].isalpha()]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper() or "?"


def for_the_frame() -> dict[str, object]:
    """What base.html shows of the person who is signed in."""
    if not current_user.is_authenticated:
        return {"login_href": page_address("accounts.login")}
    return {
        "user_name": current_user.name,
        "user_initials": initials(current_user.name),
        "account_href": page_address("accounts.account"),
        "logout_href": page_address("accounts.logout"),
        "session_ends": seconds_left(),
        "session_extend_href": page_address("accounts.extend"),
    }


def init_current(app: Flask) -> None:
    """Attach the above to `app`."""
    manager.init_app(app)
    app.before_request(note_presence)
    app.context_processor(for_the_frame)
