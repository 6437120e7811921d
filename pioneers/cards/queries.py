"""Reads of print runs and their cards, always within one programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.queries import pioneer_names
from pioneers.cards.following import LeadRow
from pioneers.cards.funnel import By
from pioneers.cards.models import Card, Destination, Lead, PrintRun
from pioneers.cards.results import ActionRow, CardResults, action_rows, details_of, results_of
from pioneers.cards.rules import Owner, OwnerKind, normalised
from pioneers.cards.visit_list import VisitRow, by_day, page_of_visits, stretches
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.models import Event, EventStatus
from pioneers.fans.queries import fan_names
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.pagination import Page

AnySession = Session | scoped_session[Session]
__all__ = [  # what other features ask
    "ActionRow",
    "CardResults",
    "VisitRow",
    "action_rows",
    "by_day",
    "details_of",
    "results_of",
    "visits_of",
]
MOST_EVENTS = 60  # to choose from


@dataclass(frozen=True)
class RunRow:
    """A print run as lists show one."""

    run: PrintRun
    owner: str
    cards: int  # codes
    withdrawn: int
    scanned: int
    typed: int
    leads: int


@dataclass(frozen=True)
class Names:
    """What owners and destinations are called."""

    pioneers: dict[int, str]
    fans: dict[int, str]
    events: dict[int, str]

    def owner(self, run: PrintRun) -> str:
        """Whose cards they are."""
        if run.pioneer_id is not None:
            return self.pioneers.get(run.pioneer_id, "")
        if run.fan_id is not None:
            return self.fans.get(run.fan_id, "")
        return self.events.get(run.event_id or 0, "")

    def target(self, one: Destination) -> str:
        """Where it leads; '' to the owner's own page."""
        if one.pioneer_id is not None:
            return self.pioneers.get(one.pioneer_id, "")
        return self.events.get(one.event_id or 0, "")


def owner_of(run: PrintRun) -> Owner:
    """Whose cards a run holds."""
    if run.pioneer_id is not None:
        return Owner(OwnerKind.PIONEER, run.pioneer_id)
    if run.fan_id is not None:
        return Owner(OwnerKind.FAN, run.fan_id)
    return Owner(OwnerKind.EVENT, run.event_id or 0)


def names_of(session: AnySession, programme: Programme, events: Iterable[int | None] = ()) -> Names:
    """The names of everybody who can own cards; of events, of those that are asked for."""
    ids = {one for one in events if one is not None}
    titles = session.execute(
        select(Event.id, Event.title).where(Event.programme_id == programme.id, Event.id.in_(ids))
    )
    return Names(
        pioneer_names(session, programme),
        fan_names(session, programme),
        {row.id: row.title for row in titles},
    )


def event_choices(session: AnySession, programme: Programme, now: datetime) -> list[Event]:
    """The events that a card can be of or lead to: those to come, then the last ones."""
    query = (
        select(Event)
        .where(
            Event.programme_id == programme.id,
            Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),
        )
        .order_by(Event.starts_at <= now, Event.starts_at.desc(), Event.id)
        .limit(MOST_EVENTS)
    )
    return list(session.scalars(query))


def list_runs(session: AnySession, programme: Programme) -> list[RunRow]:
    """The programme's print runs, the newest first."""
    totals = select(
        Card.run_id,
        func.count().label("cards"),
        func.count(Card.withdrawn_at).label("withdrawn"),
        func.sum(Card.scanned).label("scanned"),
        func.sum(Card.typed).label("typed"),
    )
    mine = select(PrintRun.id).where(PrintRun.programme_id == programme.id)
    kept = totals.where(Card.run_id.in_(mine)).group_by(Card.run_id).subquery()
    rows = session.execute(
        select(PrintRun, kept.c.cards, kept.c.withdrawn, kept.c.scanned, kept.c.typed)
        .join(kept, kept.c.run_id == PrintRun.id)
        .order_by(PrintRun.number.desc())
    ).all()
    leads = _leads_of(session, programme)
    names = names_of(session, programme, [row[0].event_id for row in rows])
    return [
        RunRow(run, names.owner(run), cards, withdrawn, scanned, typed, leads.get(run.id, 0))
        for run, cards, withdrawn, scanned, typed in rows
    ]


def _leads_of(session: AnySession, programme: Programme) -> dict[int, int]:
    rows = session.execute(
        select(Card.run_id, func.count(Lead.id))
        .join(Lead, Lead.card_id == Card.id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .where(PrintRun.programme_id == programme.id)
        .group_by(Card.run_id)
    )
    return {row[0]: row[1] for row in rows}


def get_run(session: AnySession, programme: Programme, run_id: int) -> PrintRun:
    """A print run of this programme; NotFound otherwise."""
    run = session.scalar(
        select(PrintRun).where(PrintRun.id == run_id, PrintRun.programme_id == programme.id)
    )
    if run is None:
        raise NotFound
    return run


def cards_of(session: AnySession, run: PrintRun) -> list[Card]:
    """The cards of a run in the order in which they are printed."""
    return list(session.scalars(select(Card).where(Card.run_id == run.id).order_by(Card.id)))


def get_card(session: AnySession, run: PrintRun, code: str | None) -> Card | None:
    """A card of this run by its code; None for no code, NotFound for another one."""
    if not code:
        return None
    known = normalised(code)
    card = session.scalar(select(Card).where(Card.run_id == run.id, Card.code == known))
    if card is None:
        raise NotFound
    return card


def last_destination(session: AnySession, run: PrintRun, card: Card | None) -> Destination | None:
    """Where a run (or one card) leads by what was set last; None where nothing ever was."""
    query = select(Destination).where(
        Destination.run_id == run.id if card is None else _of_card(run, card)
    )
    return session.scalar(query.order_by(Destination.id.desc()).limit(1))


def _of_card(run: PrintRun, card: Card) -> ColumnElement[bool]:
    return or_(Destination.card_id == card.id, Destination.run_id == run.id)


def destinations_of(session: AnySession, run: PrintRun) -> list[tuple[Destination, str]]:
    """What was set for a run and its cards, the newest first; each with the card's code or ''."""
    rows = session.execute(
        select(Destination, Card.code)
        .outerjoin(Card, Card.id == Destination.card_id)
        .where(or_(Destination.run_id == run.id, Card.run_id == run.id))
        .order_by(Destination.id.desc())
    )
    return [(one, code or "") for one, code in rows]


def runs_of_pioneer(session: AnySession, programme: Programme, pioneer_id: int) -> list[int]:
    """The print runs of a pioneer's cards."""
    query = select(PrintRun.id).where(
        PrintRun.programme_id == programme.id, PrintRun.pioneer_id == pioneer_id
    )
    return list(session.scalars(query.order_by(PrintRun.id)))


def visits_of(
    session: AnySession, programme: Programme, pioneer_id: int, since: date, number: int
) -> Page[VisitRow]:
    """A page of the visits by a pioneer's cards since a day, the latest first."""
    asked = stretches(session, programme, By.PIONEER, pioneer_id, since)
    return page_of_visits(session, asked, None, number)


def run_numbers(session: AnySession, programme: Programme) -> dict[int, int]:
    """The number of every print run by its id."""
    rows = session.execute(
        select(PrintRun.id, PrintRun.number).where(PrintRun.programme_id == programme.id)
    )
    return {row.id: row.number for row in rows}


def people_of(
    session: AnySession, programme: Programme, rows: Iterable[LeadRow]
) -> tuple[dict[int, str], dict[int, str]]:
    """The names of the people and the companies of leads, by id."""
    rows = list(rows)
    people = session.scalars(
        select(Person).where(
            Person.programme_id == programme.id,
            Person.id.in_([one.person_id for one in rows if one.person_id]),
        )
    )
    companies = session.scalars(
        select(Company).where(
            Company.programme_id == programme.id,
            Company.id.in_([one.company_id for one in rows if one.company_id]),
        )
    )
    return (
        {one.id: display_name(one) for one in people},
        {one.id: one.name for one in companies},
    )
