"""Where a card leads today: to a pioneer, an event, its fan, or the programme in general."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.cards.models import Card, Destination, PrintRun
from pioneers.cards.rules import MOST_HOPS, normalised
from pioneers.cards.stamps import Watch
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.fans.models import Fan
from pioneers.profiles.queries import public_profile
from pioneers.profiles.rules import PublicProfile
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
NEXT_EVENTS = 3
LOOKED_AT = 60


@dataclass(frozen=True)
class Place:
    """A card, as far as it never changes."""

    code: str
    card_id: int
    run_id: int
    programme_id: int
    pioneer_id: int | None  # the owner: who is thanked for what comes of it
    fan_id: int | None
    event_id: int | None


@dataclass(frozen=True)
class Aim:
    """Where a card leads, by id. Cards with the same aim have the same page."""

    watch: Watch
    can_be_kept: bool
    pioneer_id: int | None  # who is shown
    event_id: int | None
    fan_id: int | None

    @property
    def page(self) -> tuple[Watch, int | None]:
        """What tells pages apart."""
        return self.watch, self.pioneer_id


@dataclass(frozen=True)
class Leads:
    """What the page is about."""

    programme: Programme
    pioneer_id: int | None = None
    profile: PublicProfile | None = None
    event: Event | None = None
    fan: Fan | None = None
    stands_in: bool = False  # for a pioneer who left


def place_of(session: AnySession, typed: str) -> Place | None:
    """The card of a code; None for a code that nobody has."""
    code = normalised(typed)
    if code is None:
        return None
    return next((one for one in run_places(session, code) if one.code == code), None)


def run_places(session: AnySession, code: str) -> list[Place]:
    """All cards of the print run that a card is of: who follows one is followed by others."""
    other = aliased(Card)
    rows = session.execute(
        select(
            other.code,
            other.id,
            PrintRun.id,
            PrintRun.programme_id,
            PrintRun.pioneer_id,
            PrintRun.fan_id,
            PrintRun.event_id,
        )
        .select_from(Card)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .join(other, other.run_id == PrintRun.id)
        .where(Card.code == code)
    )
    return [Place(*row) for row in rows]


def aim_of(session: AnySession, place: Place, today: date) -> Aim:
    """Where the card leads at this moment."""
    asked, event_id = _target(session, place)
    hops = _hops(session, asked, today)
    fan_id = place.fan_id if asked is None and event_id is None else None
    pioneer_id = hops[-1].id if hops and hops[-1].is_active(today) else None
    return Aim(
        watch=Watch(
            programme_id=place.programme_id,
            asked_id=asked,
            pioneer_id=None if not hops else hops[-1].id,
            event_id=event_id,
            fan_id=fan_id,
        ),
        can_be_kept=len(hops) <= 2,  # the first and the last one are watched
        pioneer_id=pioneer_id,
        event_id=event_id,
        fan_id=fan_id,
    )


def leads(session: AnySession, aim: Aim, today: date, now: datetime) -> Leads:
    """What the page of an aim is about."""
    event = None if aim.event_id is None else session.get(Event, aim.event_id)
    has_pioneer = aim.pioneer_id is not None
    return Leads(
        programme=session.get_one(Programme, aim.watch.programme_id),
        pioneer_id=aim.pioneer_id,
        profile=public_profile(session, aim.pioneer_id or 0, today) if has_pioneer else None,
        event=event if event is not None and is_open(event, now) else None,
        fan=None if aim.fan_id is None else session.get(Fan, aim.fan_id),
        stands_in=has_pioneer and aim.pioneer_id != aim.watch.asked_id,
    )


def _target(session: AnySession, place: Place) -> tuple[int | None, int | None]:
    """The pioneer or the event that was set last, else the owner."""
    last = session.execute(
        select(Destination.pioneer_id, Destination.event_id)
        .where(or_(Destination.card_id == place.card_id, Destination.run_id == place.run_id))
        .order_by(Destination.id.desc())
        .limit(1)
    ).first()
    if last is not None and (last.pioneer_id is not None or last.event_id is not None):
        return last.pioneer_id, last.event_id
    return place.pioneer_id, place.event_id


@dataclass(frozen=True)
class _Hop:
    """A pioneer on the way."""

    id: int
    appointed_on: date
    ended_on: date | None
    successor_id: int | None

    def is_active(self, today: date) -> bool:
        ended = self.ended_on is not None and self.ended_on <= today
        return self.appointed_on <= today and not ended


def _hops(session: AnySession, pioneer_id: int | None, today: date) -> list[_Hop]:
    """The pioneer, and while they left, the successor; nobody twice."""
    found: list[_Hop] = []
    while pioneer_id is not None and len(found) < MOST_HOPS:
        row = session.execute(
            select(Pioneer.id, Pioneer.appointed_on, Pioneer.ended_on, Pioneer.successor_id).where(
                Pioneer.id == pioneer_id
            )
        ).first()
        if row is None or any(one.id == row.id for one in found):
            break
        found.append(_Hop(*row))
        pioneer_id = None if found[-1].is_active(today) else found[-1].successor_id
    return found


def is_withdrawn(session: AnySession, place: Place) -> bool:
    """Whether the card is not in use any more."""
    at = session.scalar(select(Card.withdrawn_at).where(Card.id == place.card_id))
    return at is not None


def is_open(event: Event, now: datetime) -> bool:
    """Whether an event is published and still to come."""
    return (
        event.status == EventStatus.PLANNED
        and event.published_at is not None
        and event.public_code is not None
        and event.starts_at > now
    )


def next_events(
    session: AnySession, found: Leads, themes: tuple[str, ...], now: datetime
) -> list[Event]:
    """Published events to come: this pioneer's (or fan's) own first, then those on the themes."""
    speaks = exists().where(
        Speaker.event_id == Event.id, Speaker.pioneer_id == (found.pioneer_id or 0)
    )
    rows = session.execute(
        select(Event, speaks)
        .where(
            Event.programme_id == found.programme.id,
            Event.status == EventStatus.PLANNED,
            Event.published_at.is_not(None),
            Event.public_code.is_not(None),
            Event.starts_at > now,
        )
        .order_by(Event.starts_at, Event.id)
        .limit(LOOKED_AT)
    ).all()
    fan_id = None if found.fan is None else found.fan.id
    shown = None if found.event is None else found.event.id
    ordered = sorted(
        (row for row in rows if row[0].id != shown),
        key=lambda row: (
            not (row[1] or (fan_id is not None and row[0].fan_id == fan_id)),
            row[0].theme not in themes,
        ),
    )
    return [row[0] for row in ordered[:NEXT_EVENTS]]
