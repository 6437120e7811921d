"""Reads of requests to pioneers, and of what else a pioneer has that day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import PioneerRow, list_pioneers, pioneer_names
from pioneers.ambassadors.rules import is_active
from pioneers.companies.models import Company
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.events.queries import event_day, is_held, speaker_ids
from pioneers.fans.queries import fan_names
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.rules import (
    ANSWERABLE,
    Availability,
    Load,
    Match,
    Point,
    Slot,
    availability,
    by_fit,
    distance_km,
    offers_kind,
    theme_match,
)
from pioneers.planning.weighing import contributed
from pioneers.profiles.queries import away_on, offers_of
from pioneers.programmes.models import Municipality, Programme
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


COUNTED_AS = {
    RequestState.ACCEPTED: "accepted",
    RequestState.DECLINED: "declined",
}


@dataclass(frozen=True)
class RequestRow:
    """A request with what one wants to know before answering it."""

    request: PioneerRequest
    event: Event
    fan: str
    distance: int | None
    availability: Availability = Availability.FREE
    hindered_by: tuple[Slot, ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether the event has begun, so that nothing can be answered any more."""
        return self.event.starts_at <= clock.now()


@dataclass(frozen=True)
class AskedRow:
    """A request as host and project leader see it."""

    request: PioneerRequest
    name: str


def _of_programme(programme: Programme) -> Select[PioneerRequest]:
    return (
        select(PioneerRequest)
        .join(Event, Event.id == PioneerRequest.event_id)
        .where(Event.programme_id == programme.id)
    )


def get_request(
    session: AnySession,
    programme: Programme,
    request_id: int,
    *,
    event_id: int | None = None,
    pioneer_id: int | None = None,
) -> PioneerRequest:
    """A request of this programme (for this event, to this pioneer); NotFound otherwise."""
    query = _of_programme(programme).where(PioneerRequest.id == request_id)
    if event_id is not None:
        query = query.where(PioneerRequest.event_id == event_id)
    if pioneer_id is not None:
        query = query.where(PioneerRequest.pioneer_id == pioneer_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def requests_for(session: AnySession, programme: Programme, event: Event) -> list[AskedRow]:
    """Who was asked for an event: those who said yes, then the others, the latest first."""
    names = pioneer_names(session, programme)
    rows = session.scalars(
        select(PioneerRequest)
        .where(PioneerRequest.event_id == event.id)
        .order_by(
            (PioneerRequest.state != RequestState.ACCEPTED),
            PioneerRequest.asked_at.desc(),
            PioneerRequest.id.desc(),
        )
    )
    return [AskedRow(request, names.get(request.pioneer_id, "")) for request in rows]


def requests_to(session: AnySession, programme: Programme, pioneer_id: int) -> list[RequestRow]:
    """Every request to a pioneer, the soonest event first."""
    requests = list(
        session.scalars(
            _of_programme(programme)
            .where(PioneerRequest.pioneer_id == pioneer_id)
            .order_by(Event.starts_at, PioneerRequest.id)
        )
    )
    return rows_of(session, programme, pioneer_id, requests)


def rows_of(
    session: AnySession, programme: Programme, pioneer_id: int, requests: list[PioneerRequest]
) -> list[RequestRow]:
    """Requests with their events, distance, and what else the pioneer has then."""
    ids = {request.event_id for request in requests}
    events = {one.id: one for one in session.scalars(select(Event).where(Event.id.in_(ids)))}
    fans = fan_names(session, programme)
    points = town_points(session)
    home = points.get(home_codes(session, programme).get(pioneer_id) or "")
    moments = [event.starts_at for event in events.values()]
    slots = engagements(session, [pioneer_id], moments).get(pioneer_id, {})
    rows = []
    for request in requests:
        event = events[request.event_id]
        others = [slot for event_id, slot in slots.items() if event_id != event.id]
        free, by = availability(slot_of(event), others)
        away = distance_km(home, points.get(event.municipality_code or ""))
        rows.append(RequestRow(request, event, fans.get(event.fan_id or 0, ""), away, free, by))
    return rows


def slot_of(event: Event) -> Slot:
    """When an event takes place."""
    return Slot(event_day(event), event.starts_at, event.ends_at, event.title)


def engagements(
    session: AnySession, pioneer_ids: Collection[int], moments: Collection[datetime]
) -> dict[int, dict[int, Slot]]:
    """Where each pioneer speaks from two days before to two days after the moments, by event."""
    found: dict[int, dict[int, Slot]] = defaultdict(dict)
    if not pioneer_ids or not moments:
        return found
    first, last = min(moments) - timedelta(days=2), max(moments) + timedelta(days=2)
    rows = session.execute(
        select(Speaker.pioneer_id, Event)
        .join(Event, Event.id == Speaker.event_id)
        .where(
            Speaker.pioneer_id.in_(pioneer_ids),
            Event.status != EventStatus.CANCELLED,
            Event.starts_at.between(first, last),
        )
        .order_by(Event.starts_at, Event.id)
    )
    for pioneer_id, event in rows:
        found[pioneer_id][event.id] = slot_of(event)
    return found


def hindrances(
    session: AnySession, pioneer_id: int, event: Event
) -> tuple[Availability, tuple[Slot, ...]]:
    """Whether a pioneer can be at an event, and what stands in the way."""
    slots = engagements(session, [pioneer_id], [event.starts_at]).get(pioneer_id, {})
    others = [slot for event_id, slot in slots.items() if event_id != event.id]
    return availability(slot_of(event), others)


def town_points(session: AnySession) -> dict[str, Point]:
    """Where the main town of each municipality lies, as far as it is known."""
    rows = session.execute(
        select(Municipality.code, Municipality.latitude, Municipality.longitude).where(
            Municipality.latitude.is_not(None), Municipality.longitude.is_not(None)
        )
    )
    return {row.code: (row.latitude, row.longitude) for row in rows}


def home_codes(session: AnySession, programme: Programme) -> dict[int, str | None]:
    """The municipality of each pioneer's company."""
    rows = session.execute(
        select(Pioneer.id, Company.municipality_code)
        .join(Company, Company.id == Pioneer.company_id)
        .where(Pioneer.programme_id == programme.id)
    )
    return {row.id: row.municipality_code for row in rows}


def loads(session: AnySession, programme: Programme, year: int) -> dict[int, Load]:
    """What a year takes of each pioneer: talks, contributions of all kinds, requests. Who has
    nothing is left out."""
    begin = clock.from_local(date(year, 1, 1), time.min)
    end = clock.from_local(date(year + 1, 1, 1), time.min)
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    held = is_held(clock.now()).label("held")
    talks = session.execute(
        select(Speaker.pioneer_id, held, func.count().label("n"))
        .join(Event, Event.id == Speaker.event_id)
        .where(
            Event.programme_id == programme.id,
            Event.status != EventStatus.CANCELLED,
            Event.starts_at >= begin,
            Event.starts_at < end,
        )
        .group_by(Speaker.pioneer_id, held)
    )
    for row in talks:
        counted[row.pioneer_id]["held" if row.held else "planned"] += row.n
    asked = session.execute(
        select(PioneerRequest.pioneer_id, PioneerRequest.state, func.count().label("n"))
        .join(Event, Event.id == PioneerRequest.event_id)
        .where(
            Event.programme_id == programme.id,
            PioneerRequest.asked_at >= begin,
            PioneerRequest.asked_at < end,
        )
        .group_by(PioneerRequest.pioneer_id, PioneerRequest.state)
    )
    for pioneer_id, state, number in asked:
        counted[pioneer_id]["asked"] += number
        if state in COUNTED_AS:
            counted[pioneer_id][COUNTED_AS[state]] += number
    for pioneer_id, number in _waiting(session, programme, begin, end).items():
        counted[pioneer_id]["waiting"] = number
    for pioneer_id, number in contributed(session, programme, year).items():
        counted[pioneer_id]["contributed"] = number
    return {pioneer_id: Load(**numbers) for pioneer_id, numbers in counted.items()}


def _waiting(
    session: AnySession, programme: Programme, begin: datetime, end: datetime
) -> dict[int, int]:
    """Requests that can still be answered, for events of the year, whenever they were asked."""
    rows = session.execute(
        select(PioneerRequest.pioneer_id, func.count())
        .join(Event, Event.id == PioneerRequest.event_id)
        .where(
            Event.programme_id == programme.id,
            Event.status != EventStatus.CANCELLED,
            Event.starts_at >= max(begin, clock.now()),
            Event.starts_at < end,
            PioneerRequest.state.in_(ANSWERABLE),
        )
        .group_by(PioneerRequest.pioneer_id)
    )
    return {row[0]: row[1] for row in rows}


def load_years(session: AnySession, programme: Programme) -> list[int]:
    """The years in which pioneers were asked or spoke, and the present one, the latest first."""
    year = extract("year", Event.starts_at)
    spoken = session.scalars(
        select(year)
        .join(Speaker, Speaker.event_id == Event.id)
        .where(Event.programme_id == programme.id)
        .distinct()
    )
    return sorted({clock.today().year, *(int(value) for value in spoken)}, reverse=True)


def matches(session: AnySession, programme: Programme, event: Event) -> list[Match]:
    """Everybody who is a pioneer on the day of an event, who fits best first."""
    day = event_day(event)
    rows = [row for row in list_pioneers(session, programme) if _serves(row, day)]
    ids = [row.id for row in rows]
    busy = engagements(session, ids, [event.starts_at])
    away, offers = away_on(session, ids, day), offers_of(session, ids)
    kept = {one.id: one for one in session.scalars(select(Pioneer).where(Pioneer.id.in_(ids)))}
    points, year = town_points(session), loads(session, programme, day.year)
    there = points.get(event.municipality_code or "")
    latest = _latest_requests(session, event)
    speakers = set(speaker_ids(session, event))
    found = []
    for row in rows:
        others = [slot for event_id, slot in busy.get(row.id, {}).items() if event_id != event.id]
        free, by = availability(slot_of(event), others, is_away=row.id in away)
        request = latest.get(row.id)
        found.append(
            Match(
                pioneer_id=row.id,
                name=row.name,
                company=row.company,
                availability=free,
                hindered_by=by,
                has_theme=theme_match(event.theme, kept[row.id].themes),
                distance=distance_km(points.get(row.municipality_code or ""), there),
                travels_km=kept[row.id].travels_km,
                load=year.get(row.id, Load()),
                state=None if request is None else request.state,
                request_id=None if request is None else request.id,
                speaks=row.id in speakers,
                away=away.get(row.id),
                offers_kind=offers_kind(event.kind, offers.get(row.id, "")),
            )
        )
    return by_fit(found)


def _serves(row: PioneerRow, day: date) -> bool:
    return is_active(row.appointed_on, row.ended_on, day)


def _latest_requests(session: AnySession, event: Event) -> dict[int, PioneerRequest]:
    rows = session.scalars(
        select(PioneerRequest)
        .where(PioneerRequest.event_id == event.id)
        .order_by(PioneerRequest.id)
    )
    return {request.pioneer_id: request for request in rows}


def proposals_waiting(session: AnySession, programme: Programme) -> int:
    """How many proposals wait for the project leader."""
    return (
        session.scalar(
            select(func.count(Event.id)).where(
                Event.programme_id == programme.id, Event.status == EventStatus.PROPOSED
            )
        )
        or 0
    )


def events_of_month(session: AnySession, programme: Programme, first: date) -> list[Event]:
    """Every event that begins in the month of `first`, in order."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return list(
        session.scalars(
            select(Event)
            .where(
                Event.programme_id == programme.id,
                Event.starts_at >= clock.from_local(first, time.min),
                Event.starts_at < clock.from_local(following, time.min),
            )
            .order_by(Event.starts_at, Event.id)
        )
    )
