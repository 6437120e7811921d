"""An event in words for mail: in the recipient's language, which is not the present person's."""

from dataclasses import dataclass
from datetime import datetime

from pioneers.events.models import Event
from pioneers.web.formats import period


@dataclass(frozen=True)
class Before:
    """When and where an event was before it changed."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str


def before(event: Event) -> Before:
    """When and where an event is now, to be kept while it changes."""
    return Before(event.starts_at, event.ends_at, event.place, event.address)


def was(earlier: Before | None, event: Event, language: str) -> str:
    """What is different now, as it was: its day and hours, its address, or both; empty for none."""
    if earlier is None:
        return ""
    parts = []
    if (earlier.starts_at, earlier.ends_at) != (event.starts_at, event.ends_at):
        parts.append(when(earlier, language))
    if (earlier.place, earlier.address) != (event.place, event.address):
        parts.append(where(earlier))
    return "; ".join(part for part in parts if part != "–")


def when(event: Event | Before, language: str) -> str:
    """Its day and hours: `donderdag 12 maart 2026, 20.00 – 22.00 uur`."""
    return period(event.starts_at, event.ends_at, language)


def where(event: Event | Before) -> str:
    """Its address and place; a dash for none."""
    return ", ".join(part for part in (event.address, event.place) if part) or "–"
