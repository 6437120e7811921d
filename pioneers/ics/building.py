"""iCalendar texts: feeds and invitations, in a form that every client reads alike (RFC 5545, 5546,
7986).

The time zone is written in the classic form (STANDARD and DAYLIGHT with RRULE): clients read the
long lists of dates that libraries make an hour wrong in summer. The text follows from the entries
alone (no moment of making, no random identifiers), so that an unchanged feed is the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pioneers import clock
from pioneers.ics.writing import fold, parameter, text, uri, utc, wall

PRODUCT = "-//Pioneers//Ambassador network//NL"
ZONE = "Europe/Amsterdam"
VTIMEZONE = """BEGIN:VTIMEZONE\r
TZID:Europe/Amsterdam\r
X-LIC-LOCATION:Europe/Amsterdam\r
BEGIN:DAYLIGHT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""
END = "END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Party:
    """Somebody in an invitation."""

    name: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One event as calendars hold it. `changed_at` is when it was made or changed last."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    changed_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_tentative: bool = False
    organizer: Party | None = None
    attendee: Party | None = None


def feed(
    entries: Iterable[Entry],
    *,
    name: str,
    refresh: timedelta = timedelta(hours=1),
    source: str = "",
) -> bytes:
    """A calendar to follow, in the order given; `source` is the address where it is found anew."""
    every = _duration(refresh)
    parts = [
        *_head(None),
        fold(f"NAME:{text(name)}"),
        fold(f"X-WR-CALNAME:{text(name)}"),
        f"REFRESH-INTERVAL;VALUE=DURATION:{every}\r\n",
        f"X-PUBLISHED-TTL:{every}\r\n",
    ]
    if source:
        parts.append(fold(f"SOURCE;VALUE=URI:{uri(source)}"))
    parts.append(VTIMEZONE)
    parts += map(_event, entries)
    return "".join([*parts, END]).encode()


def single(entry: Entry) -> bytes:
    """One event as a file, to be put into a calendar once."""
    return "".join([*_head(None), VTIMEZONE, _event(entry), END]).encode()


def invitation(entry: Entry, *, is_cancellation: bool = False) -> str:
    """An invitation (METHOD:REQUEST) or its cancellation, for one attendee.

    Somebody's own cancellation leaves the event, and so its SEQUENCE, as it was; programs then take
    what was stamped last (RFC 5546, 2.1.5). So that it is never in the second of the invitation, a
    cancellation is stamped a second later.
    """
    method = "CANCEL" if is_cancellation else "REQUEST"
    if is_cancellation:
        stamped = entry.changed_at + timedelta(seconds=1)
        entry = replace(entry, is_cancelled=True, changed_at=stamped)
    return "".join([*_head(method), VTIMEZONE, _event(entry), END])


def _head(method: str | None) -> list[str]:
    parts = [f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"]
    return [*parts, f"METHOD:{method}\r\n"] if method else parts


def _event(entry: Entry) -> str:
    """An entry as a VEVENT."""
    changed = utc(entry.changed_at)
    status = (
        "CANCELLED" if entry.is_cancelled else "TENTATIVE" if entry.is_tentative else "CONFIRMED"
    )
    parts = [
        "BEGIN:VEVENT\r\n",
        fold(f"UID:{text(entry.uid)}"),
        f"DTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"{_when(entry)}STATUS:{status}\r\n",
        fold(f"SUMMARY:{text(entry.title)}"),
    ]
    if entry.place:
        parts.append(fold(f"LOCATION:{text(entry.place)}"))
    if entry.text:
        parts.append(fold(f"DESCRIPTION:{text(entry.text)}"))
    if entry.url:
        parts.append(fold(f"URL:{uri(entry.url)}"))
    if entry.organizer:
        parts.append(fold(f"ORGANIZER{_party(entry.organizer)}"))
    if entry.attendee:
        party = _party(entry.attendee, "ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE")
        parts.append(fold(f"ATTENDEE{party}"))
    parts.append("END:VEVENT\r\n")
    return "".join(parts)


def _when(entry: Entry) -> str:
    """The lines that say when: on the clock of Amsterdam.

    In the hour of October that comes twice, readers differ on which one local time names: an event
    that begins or ends in it is said in UTC, both its moments, since some mix up one of each.
    """
    starts, ends = clock.local(entry.starts_at), clock.local(entry.ends_at)
    if _comes_twice(starts) or _comes_twice(ends):
        return f"DTSTART:{utc(starts)}\r\nDTEND:{utc(ends)}\r\n"
    return f"DTSTART;TZID={ZONE}:{wall(starts)}\r\nDTEND;TZID={ZONE}:{wall(ends)}\r\n"


def _comes_twice(local: datetime) -> bool:
    if local.hour != 2:  # no other hour does, in Amsterdam
        return False
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _party(party: Party, parameters: str = "") -> str:
    named = f";CN={parameter(party.name)}" if party.name else ""
    more = f";{parameters}" if parameters else ""
    return f"{named}{more}:mailto:{uri(party.address)}"


def _duration(span: timedelta) -> str:
    """A DURATION in whole hours, else in minutes."""
    minutes = max(1, int(span.total_seconds()) // 60)
    return f"PT{minutes}M" if minutes % 60 else f"PT{minutes // 60}H"
