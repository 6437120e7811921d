"""Reads of contributions: how many, which, and what still has to be told. Within one programme."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, extract, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.contributions.counting import STANDS, lines
from pioneers.contributions.models import Contribution, ContributionKind
from pioneers.contributions.rules import BY_EVENT
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.events.queries import named_present
from pioneers.programmes.models import Programme
from pioneers.reach.models import Occasion
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
ASKED_FOR = timedelta(days=30)  # how long after a talk it is asked about


@dataclass(frozen=True)
class Line:
    """A contribution as lists show it; without `contribution` it counts by its event alone."""

    pioneer_id: int
    day: date
    kind: ContributionKind
    title: str
    event: Event | None
    contribution: Contribution | None
    named: int = 0  # people at the event who are known by name

    @property
    def heads(self) -> int | None:
        """About how many people: of the event where it is known, else as the pioneer says; at
        least those who are known by name."""
        told = None if self.contribution is None else self.contribution.heads
        if self.event is not None and self.event.headcount is not None:
            told = self.event.headcount
        return max(told or 0, self.named) if self.named else told


def counted(session: AnySession, programme: Programme, year: int) -> dict[int, int]:
    """How many contributions each pioneer made in `year`; who made none is left out."""
    found = lines(programme, year)
    rows = session.execute(
        select(found.c.pioneer_id, func.count().label("n")).group_by(found.c.pioneer_id)
    )
    return {row.pioneer_id: row.n for row in rows}


def count_of(session: AnySession, programme: Programme, pioneer_id: int, year: int) -> int:
    """How many contributions a pioneer made in `year`."""
    found = lines(programme, year)
    query = select(func.count()).select_from(found).where(found.c.pioneer_id == pioneer_id)
    return session.scalar(query) or 0


def below(session: AnySession, programme: Programme, today: date) -> frozenset[int]:
    """Active pioneers who did less this year than agreed; nobody once the programme is over."""
    over = programme.ends_on is not None and today > programme.ends_on
    early = programme.starts_on is not None and today < programme.starts_on
    if over or early or not programme.contributions_per_year:
        return frozenset()
    active = session.scalars(
        select(Pioneer.id).where(
            Pioneer.programme_id == programme.id,
            Pioneer.appointed_on <= today,
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > today),
        )
    )
    done = counted(session, programme, today.year)
    wanted = programme.contributions_per_year
    return frozenset(one for one in active if done.get(one, 0) < wanted)


def latest_days(session: AnySession, programme: Programme) -> dict[int, date]:
    """The day of each pioneer's latest contribution; who made none is left out."""
    found = lines(programme)
    rows = session.execute(
        select(found.c.pioneer_id, func.max(found.c.day).label("day")).group_by(found.c.pioneer_id)
    )
    return {row.pioneer_id: row.day for row in rows}


def years(session: AnySession, programme: Programme) -> list[int]:
    """The years in which contributions were made, and the present one, the latest first."""
    found = lines(programme)
    rows = session.scalars(select(extract("year", found.c.day)).distinct())
    return sorted({clock.today().year, *(int(year) for year in rows)}, reverse=True)


def page_of(
    session: AnySession,
    programme: Programme,
    *,
    year: int,
    pioneer_id: int | None = None,
    page: int = 1,
    size: int = SIZE,
) -> Page[Line]:
    """What counts in a year (of one pioneer), the latest first."""
    found = lines(programme, year)
    wanted: list[ColumnElement[bool]] = []
    if pioneer_id is not None:
        wanted.append(found.c.pioneer_id == pioneer_id)
    total = session.scalar(select(func.count()).select_from(found).where(*wanted)) or 0
    rows = session.execute(
        select(found.c.pioneer_id, found.c.day, Event, Contribution)
        .select_from(found)
        .outerjoin(Event, Event.id == found.c.event_id)
        .outerjoin(
            Contribution,
            or_(
                Contribution.id == found.c.contribution_id,
                and_(
                    found.c.contribution_id.is_(None),
                    Contribution.pioneer_id == found.c.pioneer_id,
                    Contribution.event_id == found.c.event_id,
                    STANDS,
                ),
            ),
        )
        .where(*wanted)
        .order_by(found.c.day.desc(), found.c.pioneer_id, found.c.event_id, Contribution.id)
        .limit(size)
        .offset(offset(page))
    )
    items = [(*row,) for row in rows]
    named = named_present(session, [event.id for _, _, event, _ in items if event is not None])
    return Page([_line(named, *row) for row in items], page, size, total)


def _line(
    named: dict[int, int],
    pioneer_id: int,
    day: date,
    event: Event | None,
    contribution: Contribution | None,
) -> Line:
    if contribution is not None:
        kind = contribution.kind
    else:
        kind = ContributionKind.TALK if event is None else BY_EVENT[event.kind]
    title = event.title if event is not None else contribution.title if contribution else ""
    known = 0 if event is None else named.get(event.id, 0)
    return Line(pioneer_id, day, kind, title, event, contribution, known)


def get_contribution(
    session: AnySession,
    programme: Programme,
    contribution_id: int,
    *,
    pioneer_id: int | None = None,
) -> Contribution:
    """A contribution of this programme (of this pioneer); NotFound otherwise."""
    query = select(Contribution).where(
        Contribution.id == contribution_id, Contribution.programme_id == programme.id
    )
    if pioneer_id is not None:
        query = query.where(Contribution.pioneer_id == pioneer_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def by_key(session: AnySession, pioneer_id: int, client_key: str) -> Contribution | None:
    """What a device sent before under the same key."""
    return session.scalar(
        select(Contribution).where(
            Contribution.pioneer_id == pioneer_id, Contribution.client_key == client_key
        )
    )


def of_event(session: AnySession, pioneer_id: int, event_id: int) -> Contribution | None:
    """What a pioneer told of an event, unless it was withdrawn."""
    return session.scalar(
        select(Contribution).where(
            Contribution.pioneer_id == pioneer_id, Contribution.event_id == event_id, STANDS
        )
    )


def _spoken(pioneer_id: int) -> Select[Event]:
    """Events that have begun, with this pioneer as a speaker."""
    return (
        select(Event)
        .join(Speaker, Speaker.event_id == Event.id)
        .where(
            Speaker.pioneer_id == pioneer_id,
            Event.status != EventStatus.CANCELLED,
            Event.starts_at <= clock.now(),
        )
    )


def untold(session: AnySession, programme: Programme, pioneer_id: int) -> list[Event]:
    """Talks of the last weeks of which the pioneer told nothing yet, the latest first."""
    told = exists().where(
        Contribution.pioneer_id == pioneer_id, Contribution.event_id == Event.id, STANDS
    )
    query = _spoken(pioneer_id).where(
        Event.programme_id == programme.id, Event.starts_at > clock.now() - ASKED_FOR, ~told
    )
    return list(session.scalars(query.order_by(Event.starts_at.desc(), Event.id)))


def events_on(session: AnySession, pioneer_id: int, day: date) -> list[Event]:
    """The events of a day at which a pioneer spoke."""
    query = _spoken(pioneer_id).join(Occasion, Occasion.id == Event.occasion_id)
    return list(session.scalars(query.where(Occasion.day == day).order_by(Event.starts_at)))


def logged_on(
    session: AnySession, pioneer_id: int, day: date, kinds: Collection[ContributionKind]
) -> Contribution | None:
    """Something of these kinds that a pioneer logged on a day without an event."""
    return session.scalar(
        select(Contribution)
        .where(
            Contribution.pioneer_id == pioneer_id,
            Contribution.day == day,
            Contribution.event_id.is_(None),
            Contribution.kind.in_(kinds),
            STANDS,
        )
        .order_by(Contribution.id)
    )


def to_come(session: AnySession, programme: Programme, pioneer_id: int) -> list[Event]:
    """The pioneer's talks to come, the soonest first."""
    return list(
        session.scalars(
            select(Event)
            .join(Speaker, Speaker.event_id == Event.id)
            .where(
                Speaker.pioneer_id == pioneer_id,
                Event.programme_id == programme.id,
                Event.status.in_((EventStatus.PROPOSED, EventStatus.PLANNED)),
                Event.starts_at > clock.now(),
            )
            .order_by(Event.starts_at, Event.id)
        )
    )


def known_heads(session: AnySession, event: Event) -> int:
    """How many people are known to have been there: by name, else those who had a seat."""
    return named_present(session, [event.id]).get(event.id, 0) or event.seats_taken


def heard_by(session: AnySession, programme: Programme, pioneer_id: int, year: int) -> int:
    """About how many people heard a pioneer in a year: heads of rooms, named ones included."""
    found = page_of(session, programme, year=year, pioneer_id=pioneer_id, size=500)
    return sum(line.heads or 0 for line in found.items)
