"""What a foreign calendar says is coming: a bounded list of entries, and what was left out.

icalendar parses, recurring-ical-events repeats; both get what `slimming` left.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from pioneers import clock
from pioneers.agenda.slimming import Unreadable, slim
from pioneers.agenda.watch import TooLong, before
from pioneers.events.rules import MORNING
from pioneers.web.parsing import clean_text

Component = Any  # of icalendar; its types name every value that any property can have
MOST_ENTRIES = 200
AHEAD = timedelta(days=365)
USUAL = timedelta(hours=2)  # how long an event lasts that does not say
SECONDS = 3.0
SECONDS_EACH = 1.0  # for one event and all that it repeats


@dataclass(frozen=True)
class OutsideEntry:
    """One event of a foreign calendar; `key` is its UID, with the moment for one of a series."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    text: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False

    @property
    def digest(self) -> str:
        """Differs when something differs that people have to know."""
        told = (self.title, self.starts_at, self.ends_at, self.place, self.is_cancelled)
        return hashlib.sha256("\x1f".join(map(str, told)).encode()).hexdigest()


@dataclass(frozen=True)
class Reading:
    """What is coming, by when it begins; how many were left out, by reason; whether there was more
    than we take."""

    entries: tuple[OutsideEntry, ...]
    skipped: dict[str, int]
    name: str = ""
    is_capped: bool = False


class _Skip(Exception):
    """This one is left out; the message is the reason."""


def read(data: bytes, *, first: date, last: date) -> Reading:
    """The entries between two days. Raises Unreadable."""
    until = monotonic() + SECONDS
    found = slim(data, first=first, last=last)
    skipped = found.skipped
    entries: dict[str, OutsideEntry] = {}
    for text in _by_uid(found.zones, found.events):
        now = monotonic()
        if now > until:
            raise Unreadable("complicated")
        try:
            entries |= _of_one(text, (first, last), skipped, min(until, now + SECONDS_EACH))
        except TooLong:
            skipped["too_often"] += 1
    ordered = sorted(entries.values(), key=lambda one: (one.starts_at, one.key))
    is_capped = len(ordered) > MOST_ENTRIES
    return Reading(tuple(ordered[:MOST_ENTRIES]), dict(skipped), found.name, is_capped)


def _of_one(
    text: str, span: tuple[date, date], skipped: Counter[str], until: float
) -> dict[str, OutsideEntry]:
    """The entries of one UID. Raises TooLong."""
    entries: dict[str, OutsideEntry] = {}
    try:
        with before(until) if "BEGIN:VTIMEZONE" in text else nullcontext():
            components = list(Calendar.from_ical(text).walk("VEVENT"))
        for component, is_one_of_many in _occurrences(components, *span, until):
            _add(entries, component, is_one_of_many, span, skipped)
    except _Skip as reason:
        skipped[str(reason)] += 1
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        skipped["unclear"] += 1
    return entries


def _add(
    entries: dict[str, OutsideEntry],
    component: Component,
    is_one_of_many: bool,
    span: tuple[date, date],
    skipped: Counter[str],
) -> None:
    try:
        entry = _entry(component, is_one_of_many)
    except _Skip as reason:
        skipped[str(reason)] += 1
        return
    if span[0] <= clock.local(entry.starts_at).date() <= span[1]:
        entries[entry.key] = entry


def _by_uid(zones: dict[str, str], events: list[list[str]]) -> Iterator[str]:
    """A calendar for each UID; an event without one has one made of its own lines."""
    groups: dict[str, list[str]] = defaultdict(list)
    for lines in events:
        told = next((line for line in lines if line[:4].upper() == "UID:"), "")
        uid = told[4:].strip()
        if not uid:
            uid = "made-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
            lines = [line for line in lines if line[:3].upper() != "UID"] + [f"UID:{uid}"]
        groups[uid].append("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))
    for texts in groups.values():
        told = "\r\n".join(texts)
        used = (zone for name, zone in zones.items() if name in told)
        shared = "".join(f"BEGIN:VTIMEZONE\r\n{zone}\r\nEND:VTIMEZONE\r\n" for zone in used)
        yield f"BEGIN:VCALENDAR\r\n{shared}{told}\r\nEND:VCALENDAR\r\n"


def _occurrences(
    components: list[Component], first: date, last: date, until: float
) -> Iterator[tuple[Component, bool]]:
    """The events of one UID within the days, each once, and whether it is one of a series."""
    if any("dtstart" not in one for one in components):
        raise _Skip("no_start")
    kept = _newest(components)
    series = [one for one in kept if "rrule" in one or "rdate" in one]
    changed = [one for one in kept if "recurrence-id" in one]
    if not series:
        if changed:  # of a series that is not here
            yield from ((one, True) for one in changed)
        else:
            yield kept[0], False
        return
    calendar = Calendar()
    for one in kept:
        calendar.add_component(one)
    span = (first - timedelta(days=1), last + timedelta(days=1))
    yield from ((one, True) for one in _repeated(calendar, span, until))


def _repeated(calendar: Calendar, span: tuple[date, date], until: float) -> Iterator[Component]:
    """What repeats within the days, one by one, as long as there is time; no more than we need."""
    with before(until):
        query = recurring_ical_events.of(calendar, keep_recurrence_attributes=False)
        begin, end = map(query.to_datetime, span)
    places = iter(range(4 * MOST_ENTRIES))
    for series in query.series:
        found = series.between(begin, end)
        for _place in places:
            with before(until):
                one = next(found, None)
            if one is None:
                break
            yield one.as_component(query.keep_recurrence_attributes)
            if monotonic() > until:
                raise TooLong


def _newest(components: list[Component]) -> list[Component]:
    """Of each event, and of each changed one of a series, the one with the highest SEQUENCE."""
    best: dict[str, Component] = {}
    for one in components:
        key = one["recurrence-id"].to_ical().decode() if "recurrence-id" in one else ""
        if key not in best or _age(one) >= _age(best[key]):
            best[key] = one
    return list(best.values())


def _age(component: Component) -> tuple[int, float]:
    changed = _changed_at(component)
    return _sequence(component), changed.timestamp() if changed else 0.0


def _entry(component: Component, is_one_of_many: bool) -> OutsideEntry:
    """The component as an entry; raises _Skip."""
    title = _text(component, "summary", 200)
    if not title:
        raise _Skip("untitled")
    if str(component.get("class", "PUBLIC")).upper() not in {"PUBLIC", ""}:
        raise _Skip("private")
    starts_at, ends_at = _when(component)
    return OutsideEntry(
        key=_key(component, starts_at if is_one_of_many else None),
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=_text(component, "location", 300),
        text=_text(component, "description", 2000, lines=True),
        sequence=_sequence(component),
        changed_at=_changed_at(component),
        is_cancelled=str(component.get("status", "")).upper() == "CANCELLED",
    )


def _when(component: Component) -> tuple[datetime, datetime]:
    """When it begins and ends, to the minute; a whole day is one from midnight to midnight."""
    start = component.decoded("dtstart")
    end = component.decoded("dtend") if "dtend" in component else None
    if end is None and "duration" in component:
        end = start + component.decoded("duration")
    if not isinstance(start, datetime):
        if isinstance(end, date) and (end - start).days > 1:
            raise _Skip("long")
        return clock.from_local(start, time(0)), clock.from_local(start, time(23, 59))
    begin = _moment(start)
    finish = _moment(end) if isinstance(end, datetime) else begin + USUAL
    if finish == begin:
        finish = begin + USUAL
    if finish < begin:
        raise _Skip("hours")
    _check_night(clock.local(begin), clock.local(finish))
    return begin, finish


def _check_night(begin: datetime, finish: datetime) -> None:
    """What ends after the next morning is no evening with a speaker."""
    days = (finish.date() - begin.date()).days
    fits = days == 0 or (days == 1 and finish.time() <= MORNING and finish.time() < begin.time())
    if not fits:
        raise _Skip("long")


def _moment(value: datetime) -> datetime:
    """In UTC, to the minute. A time without zone is what the clock in Amsterdam shows."""
    aware = value.replace(tzinfo=clock.AMSTERDAM) if value.tzinfo is None else value
    return aware.astimezone(UTC).replace(second=0, microsecond=0)


def _key(component: Component, moment: datetime | None) -> str:
    uid = str(component["uid"])
    if len(uid) > 200:
        uid = "long-" + hashlib.sha256(uid.encode()).hexdigest()
    if moment is None:
        return uid
    told: Any = component.get("recurrence-id")
    when = told.dt if told is not None else moment
    if isinstance(when, datetime):
        return f"{uid}#{_moment(when):%Y%m%dT%H%M}"
    return f"{uid}#{when:%Y%m%d}"


def _sequence(component: Component) -> int:
    try:
        return max(0, min(int(component.get("sequence", 0)), 2**31 - 1))
    except (ValueError, TypeError):
        return 0


def _changed_at(component: Component) -> datetime | None:
    try:
        told = component.decoded("last-modified")
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return _moment(told) if isinstance(told, datetime) else None


def _text(component: Component, name: str, most: int, *, lines: bool = False) -> str:
    value = component.get(name, "")
    if isinstance(value, list):
        value = value[0]
    return str(clean_text(str(value), lines=lines))[:most].strip()
