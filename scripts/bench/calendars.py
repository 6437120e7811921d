"""The feed of ten thousand events beside what icalendar needs to serialise them, and an unchanged
feed beside the bare page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from icalendar import Calendar
from sqlalchemy import func, select

from pioneers.app import create_app
from pioneers.db import db, insert_rows
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.programmes.actions import create_programme
from pioneers.reach.models import Occasion
from pioneers.reach.rules import Channel
from pioneers.schema import upgrade
from scripts.bench.pages import BARE
from scripts.bench.serving import environment, serving
from scripts.bench.timing import Timing, milliseconds, ratio, repeat
from scripts.bench.visitor import Failed, Visitor

EVENTS = 10_000
PATH = "/agenda/agenda.ics"
FEED_LIMIT, UNCHANGED_LIMIT = 1.5, 2.0  # near the bare page: less than twice is no difference
TOLD = "Een avond over slimmer werken, met twee pioniers; inloop vanaf half acht.\n" * 4


@dataclass
class Feeds:
    """What was measured of one database."""

    kind: str
    bare: Timing
    feed: Timing
    unchanged: Timing
    library: Timing
    size: int


def measure(kind: str, url: str, today: date) -> Feeds:
    """Fill an empty database, serve it, and ask for its feed."""
    fill(url, today)
    with serving(url) as server:
        visitor = Visitor(server.port)
        bare = repeat(lambda: visitor.get(BARE.path), times=50, warm=10, budget=15)
        text = visitor.get(PATH)
        feed = repeat(lambda: visitor.get(PATH), times=7, warm=1, budget=20)
        tag = visitor.header(PATH, "ETag")

        def unchanged() -> None:
            status, _ = visitor.send("GET", PATH, headers={"If-None-Match": tag})
            if status != 304:
                raise Failed(f"{PATH} answered {status}")

        same = repeat(unchanged, times=100, warm=20, budget=15)
    return Feeds(kind, bare, feed, same, library(text), len(text))


def library(text: str) -> Timing:
    """What icalendar needs to serialise the very events of the feed."""
    calendar = Calendar.from_ical(text)
    found = len(calendar.walk("VEVENT"))
    if found != EVENTS:
        raise Failed(f"the feed holds {found} events")
    taken = []
    for _ in range(3):
        started = perf_counter()
        calendar.to_ical()
        taken.append(perf_counter() - started)
    return Timing(tuple(taken))


def fill(url: str, today: date) -> None:
    """Ten thousand published events in the coming year."""
    app = create_app(environment(url))
    with app.app_context():
        upgrade(db.engine)
        programme = create_programme(
            db.session,
            slug="agenda",
            name="Programma agenda",
            starts_on=date(today.year - 1, 1, 1),
            ends_on=date(today.year + 2, 12, 31),
            aware=1000,
            activated=100,
            actor_id=None,
        )
        rows = [_occasion(programme.id, today, number) for number in range(EVENTS)]
        insert_rows(db.session, Occasion.__table__, rows)
        last = db.session.scalar(select(func.max(Occasion.id))) or EVENTS
        first = last - EVENTS + 1
        db.session.add_all(
            _event(programme.id, first + number, today, number) for number in range(EVENTS)
        )
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _occasion(programme_id: int, today: date, number: int) -> dict[str, object]:
    return {
        "programme_id": programme_id,
        "day": today + timedelta(days=number % 360),
        "channel": Channel.EVENT,
        "label": f"Slimmer werken, editie {number}",
    }


def _event(programme_id: int, occasion_id: int, today: date, number: int) -> Event:
    day, made = today + timedelta(days=number % 360), datetime.combine(today, time(0), UTC)
    return Event(
        programme_id=programme_id,
        occasion_id=occasion_id,
        title=f"Slimmer werken, editie {number}",
        kind=EventKind.TALK,
        status=EventStatus.PLANNED,
        starts_at=datetime.combine(day, time(18), UTC),
        ends_at=datetime.combine(day, time(20), UTC),
        created_at=made,
        place="Zwolle",
        address="Hanzelaan 1",
        description=TOLD,
        public_code=f"B{number:06}",
        published_at=made,
    )


def section(found: Sequence[Feeds]) -> list[str]:
    """The part of the report; nothing where nothing was measured."""
    if not found:
        return []
    lines = [
        "## Calendars",
        "",
        f"The public feed of {EVENTS:,} events, every request made anew, beside `to_ical` of",
        "icalendar on the same events (built before); and asked for with the tag that it has.",
        "",
        "| database | feed, ms | icalendar, ms | × | ≤ 1.5× | unchanged (304), ms | bare, ms | × |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        reached = one.feed.median <= FEED_LIMIT * one.library.median
        cells = (
            one.kind,
            milliseconds(one.feed.median),
            milliseconds(one.library.median),
            ratio(one.feed.median, one.library.median),
            "reached" if reached else "**missed**",
            milliseconds(one.unchanged.median),
            milliseconds(one.bare.median),
            ratio(one.unchanged.median, one.bare.median),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]
