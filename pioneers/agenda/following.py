"""From what a fan's own calendar says to events: proposed once, and kept in step.

What we decided, since a calendar is easily moved by mistake:
- An entry becomes a proposal once. A proposal moves along, and is cancelled when its source is.
- An event that is planned moves along only when its source says that it is newer (SEQUENCE or
  LAST-MODIFIED rose) and nobody changed ours by hand. Else a person is asked (`attention`).
- An event that is planned is never cancelled by a calendar: a person is asked.
- Where all that was to come is gone at once, nothing happens: servers send empty calendars.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.agenda.models import OutsideCalendar, OutsideEvent
from pioneers.agenda.reading import AHEAD, OutsideEntry, Reading
from pioneers.companies.names import fold
from pioneers.events.actions import create_event
from pioneers.events.models import Event, EventStatus
from pioneers.events.rules import EventDraft
from pioneers.hosting.actions import cancel_and_tell, change_and_tell, draft_of
from pioneers.programmes.models import Programme
from pioneers.programmes.places import PlaceBook
from pioneers.programmes.queries import place_book
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused

AnySession = Session | scoped_session[Session]
ALL_AT_ONCE = 3  # so many gone at once, and nothing left, is taken for a mistake
# held, while it lies ahead, says that somebody is in early
OPEN = frozenset({EventStatus.PROPOSED, EventStatus.PLANNED, EventStatus.HELD})


@dataclass
class Outcome:
    """What following did: proposed, moved, cancelled, linked (to an event that was there), asked
    (a person has to decide); and what was left out, by reason."""

    done: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    is_emptied: bool = False


@dataclass
class _Following:
    """What all steps need to know."""

    session: AnySession
    programme: Programme
    calendar: OutsideCalendar
    places: PlaceBook
    actor_id: int | None
    outcome: Outcome


def span_of(programme: Programme) -> tuple[date, date]:
    """The days that are looked at: from today, a year ahead at most, within the programme."""
    first, last = clock.today(), clock.today() + AHEAD
    if programme.ends_on is not None:
        last = min(last, programme.ends_on)
    return first, last


def follow(
    session: AnySession,
    *,
    programme: Programme,
    calendar: OutsideCalendar,
    reading: Reading,
    actor_id: int | None,
) -> Outcome:
    """Bring our events in step with what was read of a calendar."""
    outcome = Outcome(skipped=Counter(reading.skipped))
    known = _known(session, calendar)
    if _is_emptied(reading, known):
        outcome.is_emptied = True
        return outcome
    places = place_book(session)
    doing = _Following(session, programme, calendar, places, actor_id, outcome)
    others = brought(session, calendar.fan_id)
    for entry in reading.entries:
        if entry.key not in known and (entry.key, entry.starts_at) in others:
            outcome.skipped["known"] += 1
            continue
        try:
            with session.begin_nested():
                _take(doing, entry, known.get(entry.key))
        except (Refused, ContactRefused) as refusal:
            outcome.skipped[_reason(refusal)] += 1
    seen = {entry.key for entry in reading.entries}
    for key, (link, event) in known.items():
        if key not in seen and _is_expected(event, reading):
            with session.begin_nested():
                _gone(doing, link, event, "vanished")
    session.flush()
    return outcome


def _known(session: AnySession, calendar: OutsideCalendar) -> dict[str, tuple[OutsideEvent, Event]]:
    rows = session.execute(
        select(OutsideEvent, Event)
        .join(Event, Event.id == OutsideEvent.event_id)
        .where(OutsideEvent.calendar_id == calendar.id)
        .order_by(Event.starts_at, Event.id)
    )
    return {link.uid: (link, event) for link, event in rows}


def brought(session: AnySession, fan_id: int) -> set[tuple[str, datetime]]:
    """What the calendars of a fan that are followed now brought already, and when it begins.

    The hour as well: calendars of different programs may both call their first event 1.
    """
    rows = session.execute(
        select(OutsideEvent.uid, Event.starts_at)
        .join(OutsideCalendar, OutsideCalendar.id == OutsideEvent.calendar_id)
        .join(Event, Event.id == OutsideEvent.event_id)
        .where(OutsideCalendar.fan_id == fan_id, OutsideCalendar.ended_at.is_(None))
    )
    return {(row.uid, row.starts_at) for row in rows}


def _is_emptied(reading: Reading, known: Mapping[str, tuple[OutsideEvent, Event]]) -> bool:
    """Whether nothing is left of several events that are to come."""
    if any(entry.key in known for entry in reading.entries):
        return False
    expected = [event for _link, event in known.values() if _is_expected(event, reading)]
    return len(expected) >= ALL_AT_ONCE and not reading.entries


def _is_expected(event: Event, reading: Reading) -> bool:
    """Whether an event would have been read if it were still in its calendar."""
    if event.status not in OPEN or event.starts_at <= clock.now():
        return False
    if clock.local(event.starts_at).date() > clock.today() + AHEAD:
        return False
    return not reading.is_capped or event.starts_at < reading.entries[-1].starts_at


def _take(doing: _Following, entry: OutsideEntry, known: tuple[OutsideEvent, Event] | None) -> None:
    if known is None:
        if not entry.is_cancelled and entry.starts_at > clock.now():
            _propose(doing, entry)
        return
    link, event = known
    link.seen_at = clock.now()
    if link.digest == entry.digest:
        if link.attention == "vanished":  # it is back
            link.attention = ""
        return
    if event.status not in OPEN or event.ends_at <= clock.now():
        _note(link, entry)
        return
    if entry.is_cancelled:
        _gone(doing, link, event, "cancelled")
        _note(link, entry)
    else:
        _move(doing, link, event, entry)


def _propose(doing: _Following, entry: OutsideEntry) -> None:
    """Make the proposal, unless the fan made the same one by hand."""
    event = _same(doing, entry)
    if event is None:
        event = create_event(
            doing.session,
            programme=doing.programme,
            draft=_draft(doing, entry),
            actor_id=doing.actor_id,
            origin="calendar",
        )
        doing.outcome.done["proposed"] += 1
    else:
        doing.outcome.done["linked"] += 1
    link = OutsideEvent(
        calendar_id=doing.calendar.id,
        uid=entry.key,
        event_id=event.id,
        digest=entry.digest,
        seen_at=clock.now(),
        written=_written(event),
        source_sequence=entry.sequence,
        source_changed_at=entry.changed_at,
    )
    doing.session.add(link)
    doing.session.flush()


def _same(doing: _Following, entry: OutsideEntry) -> Event | None:
    """An event of this fan at that hour with that title, which no calendar brought."""
    taken = select(OutsideEvent.event_id)
    rows = doing.session.scalars(
        select(Event).where(
            Event.programme_id == doing.programme.id,
            Event.fan_id == doing.calendar.fan_id,
            Event.starts_at == entry.starts_at,
            Event.id.not_in(taken),
        )
    )
    return next((one for one in rows if fold(one.title) == fold(entry.title)), None)


def _move(doing: _Following, link: OutsideEvent, event: Event, entry: OutsideEntry) -> None:
    untouched = link.written == _written(event)
    may = untouched and (event.status == EventStatus.PROPOSED or _is_newer(link, entry))
    if not may:
        _ask(doing, link, "moved")
        _note(link, entry)
        return
    new = _draft(doing, entry)
    standing = draft_of(doing.session, event)
    draft = replace(
        standing,
        title=new.title,
        day=new.day,
        starts=new.starts,
        ends=new.ends,
        place=new.place,
        municipality_code=new.municipality_code,
        **{name: getattr(new, name) for name in ("address",) if hasattr(new, name)},
    )
    change_and_tell(
        doing.session,
        programme=doing.programme,
        event=event,
        draft=draft,
        version=event.version,
        actor_id=doing.actor_id,
    )
    link.written = _written(event)
    link.attention = ""
    _note(link, entry)
    doing.outcome.done["moved"] += 1


def _is_newer(link: OutsideEvent, entry: OutsideEntry) -> bool:
    """Whether the source itself says that it changed."""
    if entry.sequence > link.source_sequence:
        return True
    if entry.changed_at is None:
        return False
    return link.source_changed_at is None or entry.changed_at > link.source_changed_at


def _gone(doing: _Following, link: OutsideEvent, event: Event, why: str) -> None:
    """Cancelled at its source, or no longer there."""
    if event.status == EventStatus.PROPOSED and link.written == _written(event):
        cancel_and_tell(
            doing.session, programme=doing.programme, event=event, actor_id=doing.actor_id
        )
        link.written = _written(event)
        link.attention = ""
        doing.outcome.done["cancelled"] += 1
    elif link.attention != why:
        _ask(doing, link, why)


def _ask(doing: _Following, link: OutsideEvent, why: str) -> None:
    link.attention = why
    doing.outcome.done["asked"] += 1


def _written(event: Event) -> str:
    """Differs when somebody changed of our event what its calendar says of it."""
    told = (event.title, event.starts_at, event.ends_at, event.place, event.address)
    return hashlib.sha256("\x1f".join(map(str, told)).encode()).hexdigest()


def _note(link: OutsideEvent, entry: OutsideEntry) -> None:
    """Remember how the source stands now."""
    link.digest = entry.digest
    link.source_sequence, link.source_changed_at = entry.sequence, entry.changed_at


def _draft(doing: _Following, entry: OutsideEntry) -> EventDraft:
    """The entry as a proposal of the fan."""
    begin, end = clock.local(entry.starts_at), clock.local(entry.ends_at)
    place, address, municipality = _where(doing.places, entry.place)
    more: dict[str, Any] = {"description": entry.text, "address": address}
    return EventDraft(
        title=entry.title,
        day=begin.date(),
        fan_id=doing.calendar.fan_id,
        starts=begin.time(),
        ends=end.time(),
        place=place,
        municipality_code=municipality,
        status=EventStatus.PROPOSED,
        **{name: value for name, value in more.items() if name in EventDraft.__dataclass_fields__},
    )


def _where(places: PlaceBook, told: str) -> tuple[str, str, str | None]:
    """Town, the rest of the address, and the municipality of a location."""
    parts = [part.strip() for part in told.split(",") if part.strip()]
    for part in reversed(parts):
        words = part.split()
        while words and any(sign.isdigit() for sign in words[0]):  # 8011 AB Zwolle
            words = words[2:] if len(words) > 2 and len(words[1]) == 2 else words[1:]
        town = " ".join(words)
        municipality = places.municipality(town) if town else None
        if municipality:
            rest = ", ".join(one for one in parts if one is not part)
            return town[:120], rest[:200], municipality
    return told[:120], "", None


def _reason(refusal: Refused | ContactRefused) -> str:
    outside = {"before_programme", "after_programme"}
    return "outside" if str(refusal.code) in outside else "refused"
