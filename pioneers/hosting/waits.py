"""What hosts did that the project leader wants to know of: see events.waiting."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists

from pioneers.audit.models import AuditEntry
from pioneers.events.models import Event, EventStatus
from pioneers.events.waiting import Waiting, register

NEWS = timedelta(days=7)  # how long a host's move waits for the leader's attention


def _moved(now: datetime) -> ColumnElement[bool]:
    by_host = exists().where(
        AuditEntry.object_type == "event",
        AuditEntry.object_id == Event.id,
        AuditEntry.action == "event.moved_by_host",
        AuditEntry.at > now - NEWS,
    )
    stands = Event.status.in_((EventStatus.PLANNED, EventStatus.HELD))
    return and_(stands, Event.starts_at > now, by_host)


MOVED = register(
    Waiting("verzet", _l("A look: its host moved it"), _moved, _l("moved by its host"))
)
