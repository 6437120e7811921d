"""Guards of pages that need no programme: signed in, or administrator."""

from collections.abc import Callable
from functools import wraps

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.web.errors import Forbidden
from pioneers.web.i18n import local_path

View = Callable[..., ResponseReturnValue]


def next_path() -> str:
    """Where to go after logging in: the page of this site that `next` names, else the start."""
    try:
        path = local_path(request.values.get("next"))
    except ValueError:  # an address that cannot be read, such as http://[
        return "/"
    return "/" if path.startswith("/inloggen") else path  # else round and round


def to_login() -> ResponseReturnValue:
    """Send somebody who is not signed in to the log-in page, and back afterwards.

    Back to the page that was asked for, or to the page with the form that was sent.
    """
    if request.method in {"GET", "HEAD"}:
        target: str | None = request.full_path.rstrip("?")
    else:
        target = request.referrer
        flash(_("Your session had ended, so nothing was saved. Log in to go on."), "warn")
    if g.get("session_ended") and request.method == "GET":
        flash(_("Your session has ended. Log in to go on."), "warn")
    path = local_path(target)
    return redirect(url_for("accounts.login", next=None if path == "/" else path), 303)


def signed_in(view: View) -> View:
    """Guard: whoever is signed in."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return to_login()
        return view(*args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def administrator(view: View) -> View:
    """Guard: the administrator of the installation."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return to_login()
        if not current_user.is_administrator:
            raise Forbidden
        return view(*args, **kwargs)

    guarded.access = "administrator"  # type: ignore[attr-defined]
    return guarded
