"""What follows a talk: what happens with its speaker's cards in the two weeks from its day on, or
until the speaker's next talk. Cards of an event are always of that event."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.programmes.models import Programme
from pioneers.reach.models import Occasion

AnySession = Session | scoped_session[Session]
AFTER_TALK = timedelta(days=14)


Talks = dict[int, list[tuple[date, int]]]


def talks_of(session: AnySession, programme: Programme) -> Talks:
    """Of each pioneer the days of the talks until now, and which events these were."""
    rows = session.execute(
        select(Speaker.pioneer_id, Occasion.day, Event.id)
        .join(Event, Event.id == Speaker.event_id)
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            Event.programme_id == programme.id,
            Event.status.in_((EventStatus.HELD, EventStatus.PLANNED)),
            Occasion.day <= clock.today(),
        )
        .order_by(Occasion.day, Event.id)
    )
    found: Talks = defaultdict(list)
    for pioneer_id, day, event_id in rows:
        found[pioneer_id].append((day, event_id))
    return found


def talk_of(
    talks: Talks, pioneer_id: int | None, event_id: int | None, day: date
) -> tuple[date, int] | None:
    """The talk that something on `day` follows: cards of an event are always of that event."""
    if event_id is not None:
        return day, event_id
    mine = talks.get(pioneer_id or 0, [])
    place = bisect_right(mine, (day, 2**31)) - 1
    if place < 0 or day - mine[place][0] >= AFTER_TALK:
        return None
    return mine[place]


def days_after(talks: Talks, event_id: int) -> dict[int, tuple[date, date]]:
    """Of each speaker of an event the days that follow it: from the first until before the last."""
    found: dict[int, tuple[date, date]] = {}
    for pioneer_id, mine in talks.items():
        for place, (day, one) in enumerate(mine):
            if one == event_id:
                following = mine[place + 1][0] if place + 1 < len(mine) else date.max
                found[pioneer_id] = (day, min(day + AFTER_TALK, following))
    return found
