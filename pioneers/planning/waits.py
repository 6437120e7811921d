"""What waits for the project leader about an event's pioneer: see events.waiting."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists

from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.events.waiting import Waiting, register
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.rules import STANDING


def _is_to_come(now: datetime) -> ColumnElement[bool]:
    return and_(Event.starts_at > now, Event.status != EventStatus.CANCELLED)


def _wants_pioneer(now: datetime) -> ColumnElement[bool]:
    """Whoever was asked and has not said no keeps it from waiting for the project leader."""
    asked = exists().where(PioneerRequest.event_id == Event.id, PioneerRequest.state.in_(STANDING))
    speaks = exists().where(Speaker.event_id == Event.id)
    return and_(Event.wants_pioneer, _is_to_come(now), ~speaks, ~asked)


def _other_date(now: datetime) -> ColumnElement[bool]:
    proposed = exists().where(
        PioneerRequest.event_id == Event.id, PioneerRequest.state == RequestState.OTHER_DATE
    )
    return and_(_is_to_come(now), proposed)


WANTS_PIONEER = register(
    Waiting("pionier", _l("A pioneer"), _wants_pioneer, _l("asks for a pioneer"))
)
OTHER_DATE = register(
    Waiting("datum", _l("An answer about another date"), _other_date, _l("other date proposed"))
)
