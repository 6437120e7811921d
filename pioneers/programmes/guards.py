"""The guard of every page inside a programme: load it, authorise, hand it to the view."""

from collections.abc import Callable
from functools import wraps

from flask import g
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pioneers.accounts.guards import to_login
from pioneers.accounts.rules import Permission, allowed
from pioneers.db import db
from pioneers.programmes.queries import one_of, programmes_of
from pioneers.web.errors import Forbidden

View = Callable[..., ResponseReturnValue]


def permitted(permission: Permission) -> Callable[[View], View]:
    """Guard: a role in the programme `slug` that carries `permission`.

    A programme in which the user has no role does not exist for them: 404 before 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **kwargs: object) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return to_login()
            # All of one's programmes: the frame of the page offers them, so this is one query.
            g.programmes = programmes_of(db.session, user_id=current_user.id)
            programme, roles = one_of(g.programmes, slug)
            g.programme, g.roles = programme, roles
            if not allowed(roles, permission):
                raise Forbidden
            return view(programme, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def may(permission: Permission) -> bool:
    """Whether the person who looks at this programme's page has `permission`."""
    return allowed(getattr(g, "roles", frozenset()), permission)
