"""An event in words for mail: in the recipient's language, which is not the present person's."""

from babel.dates import format_date

from pioneers import clock
from pioneers.events.models import Event


def when(event: Event, language: str) -> str:
    """Its day and hours: `donderdag 12 maart 2026, 20.00 tot 22.00 uur`."""
    begin, end = clock.local(event.starts_at), clock.local(event.ends_at)
    day = format_date(begin.date(), "EEEE d MMMM y", locale=language)
    if language == "en":
        return f"{day}, {begin:%H:%M} to {end:%H:%M}"
    return f"{day}, {begin:%H.%M} tot {end:%H.%M} uur"


def where(event: Event) -> str:
    """Its address and place; a dash for none."""
    return ", ".join(part for part in (event.address, event.place) if part) or "–"
