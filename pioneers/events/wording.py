"""An event in words for mail: in the recipient's language, which is not the present person's."""

from pioneers.events.models import Event
from pioneers.web.formats import period


def when(event: Event, language: str) -> str:
    """Its day and hours: `donderdag 12 maart 2026, 20.00 – 22.00 uur`."""
    return period(event.starts_at, event.ends_at, language)


def where(event: Event) -> str:
    """Its address and place; a dash for none."""
    return ", ".join(part for part in (event.address, event.place) if part) or "–"
