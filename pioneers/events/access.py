"""Which events somebody may host: all of them, or those of the fans that they speak for."""

from flask import g
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.queries import get_event
from pioneers.fans.queries import own_fan_ids
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound


def hosted_fans(programme: Programme) -> frozenset[int] | None:
    """The fans whose events the present user hosts; None for who hosts every event."""
    if may(Permission.EDIT_EVENTS):
        return None
    if "own_fans" not in g:
        g.own_fans = own_fan_ids(
            db.session, programme, user_id=current_user.id, email=current_user.email
        )
    found: frozenset[int] = g.own_fans
    return found


def hosted(programme: Programme, event_id: int) -> Event:
    """An event that the present user may host; NotFound for any other, another fan's included."""
    event = get_event(db.session, programme, event_id)
    fans = hosted_fans(programme)
    if fans is not None and event.fan_id not in fans:
        raise NotFound
    return event
