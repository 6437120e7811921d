"""Reads of the network: how often pioneers spoke, and how many events fans hosted."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, Speaker
from pioneers.events.queries import is_held
from pioneers.programmes.models import Programme
from pioneers.reach.models import Occasion

AnySession = Session | scoped_session[Session]


Counter = Callable[[AnySession, Programme, int], dict[int, int]]
_counters: list[Counter] = []


def count_by(counter: Counter) -> None:
    """Let a feature above, which knows of more than talks, count what pioneers contribute."""
    _counters[:] = [counter]


def contributions(session: AnySession, programme: Programme, year: int) -> dict[int, int]:
    """How many contributions each pioneer made in `year`; who made none is left out."""
    return (_counters or [talks])[0](session, programme, year)


def talks(session: AnySession, programme: Programme, year: int) -> dict[int, int]:
    """How many held events each pioneer spoke at in `year`; who did not is left out."""
    rows = session.execute(
        select(Speaker.pioneer_id, func.count().label("talks"))
        .join(Event, Event.id == Speaker.event_id)
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            Event.programme_id == programme.id,
            is_held(clock.now()),
            Occasion.day.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .group_by(Speaker.pioneer_id)
    )
    return {row.pioneer_id: row.talks for row in rows}


def events_of_fans(session: AnySession, programme: Programme) -> dict[int, int]:
    """How many held events each fan hosted; who hosted none is left out."""
    rows = session.execute(
        select(Event.fan_id, func.count().label("events"))
        .where(
            Event.programme_id == programme.id,
            is_held(clock.now()),
            Event.fan_id.is_not(None),
        )
        .group_by(Event.fan_id)
    )
    return {row.fan_id: row.events for row in rows}
