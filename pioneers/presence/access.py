"""Who stands at the door: on pages that everybody can open, whether this is a host of the event."""

from flask import g
from flask_login import current_user

from pioneers.accounts.rules import Permission, allowed
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import programmes_of
from pioneers.web.errors import NotFound


def is_host(event: Event) -> Programme | None:
    """The event's programme when the present user hosts the event; None for anybody else."""
    if not current_user.is_authenticated:
        return None
    own = programmes_of(db.session, user_id=current_user.id)
    for programme, roles in own:
        if programme.id == event.programme_id and allowed(roles, Permission.HOST_EVENTS):
            g.programmes, g.programme, g.roles = own, programme, roles
            try:
                hosted(programme, event.id)
            except NotFound:
                return None
            return programme
    return None
