"""Which events a calendar holds and for how long, and when an answer is still good. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

PAST = timedelta(days=365)  # how long an event stays after it began
CANCELLED = timedelta(days=42)  # how long one that was cancelled stays, so that clients see it
FORMAT = "1"  # rises when the text of feeds changes, so that clients fetch them anew


@dataclass(frozen=True)
class Window:
    """The moments that decide what a calendar holds. They lie at the beginning of a day, so that
    a calendar in which nothing happened stays the same all day."""

    past: datetime
    cancelled: datetime
    day: datetime


def window(midnight: datetime) -> Window:
    """The window on the day that began at `midnight`."""
    return Window(midnight - PAST, midnight - CANCELLED, midnight)


@dataclass(frozen=True)
class Stamp:
    """What tells whether a calendar changed: the tag of its state, and since when it stands.

    `is_dated` is False where something may change or leave without a moment that tells: then only
    the tag decides.
    """

    etag: str
    changed_at: datetime
    is_dated: bool = True


def stamp(
    parts: Iterable[object],
    moments: Iterable[datetime | None],
    *,
    day: datetime,
    is_dated: bool = True,
) -> Stamp:
    """The stamp of what `parts` describe.

    On a new day something may have left by the passing of time alone: no calendar stands for
    longer than since the beginning of the day, for who asks by moment.
    """
    told = "\x1f".join(str(part) for part in (FORMAT, *parts))
    etag = hashlib.sha256(told.encode()).hexdigest()[:24]
    latest = max((moment for moment in moments if moment is not None), default=day)
    return Stamp(etag, latest, is_dated)


def last_modified(found: Stamp, *, day: datetime, now: datetime) -> datetime:
    """What to tell, in whole seconds: a change within the present second may be followed by
    another one in it, so it is told as a second earlier, which never matches."""
    told = max(found.changed_at, day).astimezone(UTC).replace(microsecond=0)
    second = now.astimezone(UTC).replace(microsecond=0)
    return min(told, second - timedelta(seconds=1))


def stands(
    found: Stamp, *, told: datetime, if_none_match: str | None, if_modified_since: str | None
) -> bool:
    """Whether who asks has it already; a tag that is given decides alone (RFC 9110, 13.2.2).

    `told` is what Last-Modified would be.
    """
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/").strip('"') for tag in if_none_match.split(",")}
        return "*" in tags or found.etag in tags
    if not if_modified_since or not found.is_dated:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    if since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return max(found.changed_at.astimezone(UTC).replace(microsecond=0), told) <= since


def http_date(moment: datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def webcal(address: str) -> str:
    """The address that makes a calendar program subscribe."""
    return "webcal://" + address.split("://", 1)[-1]
