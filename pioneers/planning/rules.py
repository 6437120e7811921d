"""Which pioneer fits an event: free, near, on the subject, not asked too often. Pure."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from pioneers.events.models import EventKind
from pioneers.planning.models import RequestState
from pioneers.profiles.rules import Offer, Period, known_offers

NEAR = timedelta(hours=3)  # to be on another stage within this time is hardly possible
EARTH_KM = 6371.0
STEP_KM = 5  # distances are indications, so they are not written to the kilometre
ANSWERABLE = (RequestState.OPEN, RequestState.OTHER_DATE)
STANDING = (RequestState.OPEN, RequestState.ACCEPTED, RequestState.OTHER_DATE)
LONGEST_WORDS = 1000

Point = tuple[float, float]  # latitude and longitude in degrees


class Availability(enum.StrEnum):
    """Whether a pioneer can come, as far as is known here."""

    FREE = "free"
    SAME_DAY = "same_day"  # speaks elsewhere that day, hours apart
    CLASH = "clash"  # speaks elsewhere within three hours
    AWAY = "away"  # said to be away that day


class Hindrance(enum.StrEnum):
    """Why a pioneer had better not be asked. One can be asked all the same."""

    AWAY = "away"
    CLASH = "clash"
    TOO_FAR = "too_far"
    OTHER_KIND = "other_kind"  # offers other things than this kind of event asks


ASKS_FOR: dict[EventKind, Offer] = {
    EventKind.TALK: Offer.TALK,
    EventKind.WORKSHOP: Offer.WORKSHOP,
    EventKind.EXCURSION: Offer.EXCURSION,
    EventKind.NETWORK_MEETING: Offer.TALK,
    EventKind.CONFERENCE: Offer.TALK,
    EventKind.MEDIA: Offer.MEDIA,
}


@dataclass(frozen=True)
class Slot:
    """When something takes place, and what it is called."""

    day: date
    starts_at: datetime
    ends_at: datetime
    title: str = ""


def availability(
    wanted: Slot, others: Iterable[Slot], *, is_away: bool = False
) -> tuple[Availability, tuple[Slot, ...]]:
    """Whether one can be at `wanted` beside `others`, and which of these stand in the way."""
    close = [
        other
        for other in others
        if other.starts_at < wanted.ends_at + NEAR and wanted.starts_at < other.ends_at + NEAR
    ]
    if close:
        return Availability.CLASH, tuple(close)
    same = tuple(other for other in others if other.day == wanted.day)
    if is_away:
        return Availability.AWAY, same
    return (Availability.SAME_DAY, same) if same else (Availability.FREE, ())


def distance_km(here: Point | None, there: Point | None) -> int | None:
    """As the crow flies, rounded to five kilometres: an indication. None where a place is not
    known."""
    if here is None or there is None:
        return None
    (lat_1, lon_1), (lat_2, lon_2) = ((radians(x), radians(y)) for x, y in (here, there))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return STEP_KM * round(2 * EARTH_KM * asin(sqrt(min(1.0, half))) / STEP_KM)


@dataclass(frozen=True)
class Load:
    """What was asked of a pioneer in a year."""

    held: int = 0
    planned: int = 0
    asked: int = 0
    accepted: int = 0
    declined: int = 0
    waiting: int = 0  # can still be answered: no yes or no yet, another date included
    contributed: int = 0  # what was done of any kind, talks that were held included

    @property
    def done(self) -> int:
        """What was done: talks, and everything else that counts as a contribution."""
        return max(self.contributed, self.held)

    @property
    def besides(self) -> int:
        """What was done that is no talk."""
        return self.done - self.held

    @property
    def weight(self) -> int:
        """What the year takes of a pioneer: done, planned, and what may still become a yes."""
        return self.done + self.planned + self.waiting


@dataclass(frozen=True)
class Match:
    """A pioneer beside an event."""

    pioneer_id: int
    name: str
    company: str
    availability: Availability
    hindered_by: tuple[Slot, ...]
    has_theme: bool | None  # None: the event or the pioneer names no theme
    distance: int | None
    travels_km: int | None
    load: Load
    state: RequestState | None = None  # of the latest request for this event
    request_id: int | None = None
    speaks: bool = False
    away: Period | None = None  # the days on which the pioneer is away, this one among them
    offers_kind: bool | None = None  # None: the pioneer says nothing about it

    @property
    def hindrances(self) -> tuple[Hindrance, ...]:
        """Why the pioneer had better not be asked, what weighs most first."""
        found = {
            Hindrance.AWAY: self.away is not None or self.availability == Availability.AWAY,
            Hindrance.CLASH: self.availability == Availability.CLASH,
            Hindrance.TOO_FAR: self.is_too_far,
            Hindrance.OTHER_KIND: self.offers_kind is False,
        }
        return tuple(hindrance for hindrance, is_so in found.items() if is_so)

    @property
    def is_too_far(self) -> bool:
        """Whether it is farther than the pioneer goes."""
        far = self.distance is not None and self.travels_km is not None
        return far and (self.distance or 0) > (self.travels_km or 0)

    @property
    def is_asked(self) -> bool:
        """Whether the pioneer speaks, or was asked and has not said no."""
        return self.speaks or self.state in STANDING

    @property
    def can_be_asked(self) -> bool:
        """Whether there is no request that stands, and the pioneer does not speak already."""
        return not self.speaks and self.state not in (RequestState.OPEN, RequestState.ACCEPTED)


AVAILABLE = {
    Availability.FREE: 0,
    Availability.SAME_DAY: 1,
    Availability.AWAY: 2,
    Availability.CLASH: 3,
}
KNOWN_THEME = {True: 0, None: 1, False: 2}


def by_fit(matches: Iterable[Match]) -> list[Match]:
    """Who fits best first: free, near enough, on the subject, least burdened, nearest. Who had
    better not be asked comes last."""
    return sorted(
        matches,
        key=lambda one: (
            bool(one.hindrances),
            AVAILABLE[one.availability],
            one.is_too_far,
            KNOWN_THEME[one.has_theme],
            one.load.weight,
            one.load.asked,
            one.distance is None,
            one.distance or 0,
            one.name,
        ),
    )


def offers_kind(kind: EventKind, offers: str) -> bool | None:
    """Whether the pioneer can be asked for this kind of event; None where nothing is said."""
    known = known_offers(offers)
    return ASKS_FOR[kind] in known if known else None


def theme_match(event_theme: str, pioneer_themes: str) -> bool | None:
    """Whether the pioneer speaks about the event's theme; None when either names none."""
    if not event_theme or not pioneer_themes:
        return None
    return event_theme in pioneer_themes.split(",")
