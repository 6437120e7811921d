"""When people can check themselves in, what they give, and which moments are believed. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from pioneers.companies.identity import Match, compare
from pioneers.companies.names import parse_name
from pioneers.programmes.rules import Refused

# Doors open well before an evening begins, and the last slide stays on during the drinks. A
# picture of the slide that is passed on the next day opens nothing.
OPENS_BEFORE = timedelta(hours=1)
CLOSES_AFTER = timedelta(hours=2)

CODE_LENGTH = 6  # of a guest's code, to be read out at the door
SCREEN_CODE_LENGTH = 8  # of the address on the screen
MOST_GUESTS = 20
CLOCK_DRIFT = timedelta(minutes=5)  # a phone's clock may be ahead
LONGEST_OFFLINE = timedelta(days=3)  # what a device says happened earlier is not believed
KEY = re.compile(r"[A-Za-z0-9-]{8,40}")


@dataclass(frozen=True)
class Window:
    """When an event takes check-ins by guests themselves."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies within."""
        return self.opens_at <= moment <= self.closes_at


@dataclass(frozen=True)
class Agreed:
    """A text that somebody agreed to, word for word."""

    purpose: str
    version: str
    wording: str


@dataclass(frozen=True)
class WalkIn:
    """What somebody gives who did not register."""

    name: str
    company: str
    email: str | None = None
    kvk_number: str | None = None
    language: str = "nl"
    agreed: tuple[Agreed, ...] = ()


def window(starts_at: datetime, ends_at: datetime, *, day_begins: datetime) -> Window:
    """From an hour before, but never on the day before: a contact has the event's day."""
    return Window(max(starts_at - OPENS_BEFORE, day_begins), ends_at + CLOSES_AFTER)


def check_key(key: str) -> str:
    """A key as devices make them; raises Refused(key_shape)."""
    if not KEY.fullmatch(key):
        raise Refused("key_shape", "key")
    return key


def believed(at: datetime | None, *, now: datetime) -> datetime:
    """When it happened: as the device says, unless its clock cannot be right."""
    if at is None or at > now + CLOCK_DRIFT or at < now - LONGEST_OFFLINE:
        return now
    return min(at, now)


def heads_of(guests: int) -> int:
    """How many came along, within what can be; raises Refused(guests_range)."""
    if not 0 <= guests <= MOST_GUESTS:
        raise Refused("guests_range", "guests", limit=MOST_GUESTS)
    return guests


def clean_code(text: str) -> str:
    """A guest's code as it was made: capitals, without what people put between."""
    return re.sub(r"[^A-Z0-9]+", "", text.upper())


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: who shares a mailbox has another name."""
    return compare(parse_name(one), parse_name(other)) >= Match.COMPATIBLE
