"""iCalendar texts: feeds and invitations, in a form that every client reads alike (RFC 5545, 5546).

The time zone is written in the classic form (STANDARD and DAYLIGHT with RRULE): clients read the
long lists of dates that libraries make an hour wrong in summer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText

from pioneers import clock

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


def feed(entries: Iterable[Entry], *, name: str, refresh: timedelta = timedelta(hours=1)) -> bytes:
    """A calendar to follow, in the order given."""
    calendar = _calendar(None)
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(refresh))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def invitation(entry: Entry, *, is_cancellation: bool = False) -> str:
    """An invitation (METHOD:REQUEST) or its cancellation, for one attendee."""
    calendar = _calendar("CANCEL" if is_cancellation else "REQUEST")
    calendar.add_component(_event(entry))
    return str(calendar.to_ical().decode())


def _calendar(method: str | None) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    for name, moment in (("dtstart", entry.starts_at), ("dtend", entry.ends_at)):
        event.add(name, clock.local(moment).replace(tzinfo=None), parameters={"TZID": ZONE})
    event.add("summary", entry.title)
    status = "CANCELLED" if entry.is_cancelled else "TENTATIVE" if entry.is_tentative else None
    event.add("status", status or "CONFIRMED")
    for name, value in (("location", entry.place), ("description", entry.text)):
        if value:
            event.add(name, value)
    if entry.url:
        event.add("url", entry.url)
    if entry.organizer:
        event.add("organizer", _party(entry.organizer))
    if entry.attendee:
        attendee = _party(entry.attendee)
        attendee.params["RSVP"] = vText("FALSE")
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        event.add("attendee", attendee)
    return event


def _party(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.address}")
    address.params["CN"] = vText(party.name)
    return address
