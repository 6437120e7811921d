"""What the page of thanks repeats: kept in the visitor's own browser for a quarter of an hour.

It says what this visitor filled in a moment ago, and nothing that stands in the database: so it
is the same for an address that was registered before.
"""

from dataclasses import asdict, dataclass

from flask import session as browser

from pioneers import clock
from pioneers.events.models import Event
from pioneers.registrations.rules import RegistrationDraft

KEY = "thanks"
SECONDS = 900
LONGEST_NAMES = 600  # letters of all names together: a cookie has little room


@dataclass(frozen=True)
class Thanks:
    """Who registered, where the mail goes, and behind how many they wait."""

    email: str
    names: list[str]
    guests: int  # who come along without a name
    place: int  # on the waiting list; 0 with a seat


def remember(event: Event, draft: RegistrationDraft, *, place: int) -> None:
    """Keep what was filled in until the page of thanks shows it."""
    names = [draft.name, *(one.name for one in draft.colleagues)]
    guests = draft.guests
    while len(names) > 1 and sum(map(len, names)) > LONGEST_NAMES:
        names.pop()
        guests += 1
    kept = asdict(Thanks(draft.email or "", names, guests, place))
    browser[KEY] = kept | {"code": event.public_code, "at": int(clock.now().timestamp())}


def remembered(event: Event) -> Thanks | None:
    """What was filled in here for this event just now; None for whoever opens the page later."""
    kept = browser.get(KEY)
    if not isinstance(kept, dict) or kept.get("code") != event.public_code:
        return None
    if not 0 <= clock.now().timestamp() - kept["at"] <= SECONDS:
        return None
    return Thanks(kept["email"], kept["names"], kept["guests"], kept["place"])
