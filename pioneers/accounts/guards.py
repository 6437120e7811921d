"""Guards of pages that need no programme: signed in, or administrator."""

from collections.abc import Callable
from functools import wraps

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pioneers.web.errors import Forbidden

type_View = Callable[..., ResponseReturnValue]


def to_login() -> ResponseReturnValue:
    """Send somebody who is not signed in to the log-in page, and back afterwards."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=target))


def signed_in(view: type_View) -> type_View:
    """Guard: whoever is signed in."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return to_login()
        return view(*args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def administrator(view: type_View) -> type_View:
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
