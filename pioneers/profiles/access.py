"""Whose profile somebody keeps: one's own, and the project leader everybody's."""

from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, own_pioneer_id
from pioneers.db import db
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound


def own_id(programme: Programme) -> int | None:
    """The pioneer that the present user is; None for nobody."""
    return own_pioneer_id(db.session, programme, user_id=current_user.id, email=current_user.email)


def kept(programme: Programme, pioneer_id: int) -> Pioneer:
    """A pioneer whose profile this person may change; NotFound otherwise."""
    found = get_pioneer(db.session, programme, pioneer_id)
    if not may(Permission.EDIT_NETWORK) and own_id(programme) != pioneer_id:
        raise NotFound
    return found


def is_own(programme: Programme, pioneer: Pioneer) -> bool:
    """Whether this person is the pioneer."""
    return own_id(programme) == pioneer.id
