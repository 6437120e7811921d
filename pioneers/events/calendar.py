"""An event as calendars hold it."""

from pioneers.events.models import Event, EventStatus
from pioneers.ics.building import Entry, Party


def uid_of(event: Event) -> str:
    """The identifier of an event in every calendar, for ever: it names no address of the site, so
    that a site that moves keeps its events."""
    return f"event-{event.id}-{event.created_at:%Y%m%d%H%M%S}@pioneers"


def entry_of(
    event: Event,
    *,
    url: str = "",
    text: str = "",
    organizer: Party | None = None,
    attendee: Party | None = None,
) -> Entry:
    """The calendar entry of an event, for everybody or for one attendee."""
    place = ", ".join(part for part in (event.address, event.place) if part)
    return Entry(
        uid=uid_of(event),
        sequence=event.sequence,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.title,
        changed_at=event.changed_at or event.created_at,
        place=place,
        text=text,
        url=url,
        is_cancelled=event.status == EventStatus.CANCELLED,
        is_tentative=event.status == EventStatus.PROPOSED,
        organizer=organizer,
        attendee=attendee,
    )
