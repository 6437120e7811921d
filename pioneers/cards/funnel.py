"""From print run to visit, details, event and action, with the days between.

Visits come from what is kept with each of them (`Card`, `VisitDay`), everything later from the
records. A step belongs to the print run, and so to the owner, of the card: also when the card leads
to another pioneer by then. A talk gets what happened with its speaker's cards in the two weeks from
its day on, or until the speaker's next talk.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.cards.after_talks import talk_of, talks_of
from pioneers.cards.following import LeadRow, Step, companies_in_action, lead_rows
from pioneers.cards.models import Card, PrintRun
from pioneers.cards.talk_visits import visits_after
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


class By(enum.StrEnum):
    """What the funnel is broken down by."""

    PIONEER = "pionier"
    RUN = "oplage"
    TALK = "optreden"


@dataclass
class Line:
    """The funnel of one pioneer, print run or talk, or of all together."""

    key: int
    cards: int = 0
    scanned: int = 0
    typed: int = 0
    leads: list[LeadRow] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)  # days from printing to a card's first visit

    @property
    def visits(self) -> int:
        """By picture and by hand together."""
        return self.scanned + self.typed

    def count(self, step: Step) -> int:
        """How many came as far; actions are counted in companies, as everywhere."""
        if step == Step.ACTION:
            return companies_in_action(self.leads)
        return sum(one.reached(step) for one in self.leads)

    @property
    def details(self) -> int:
        """How often details were left."""
        return len(self.leads)

    @property
    def events(self) -> int:
        """How many of them came to an event afterwards."""
        return self.count(Step.EVENT)

    @property
    def actions(self) -> int:
        """How many companies came into action afterwards."""
        return self.count(Step.ACTION)

    @property
    def days_to_visit(self) -> float | None:
        """From printing to the first visit of a card: the median in days."""
        return _median(self.waits)

    @property
    def days_to_details(self) -> float | None:
        """From the first visit of a card to details."""
        return _median(
            (one.day - one.first_visit_on).days for one in self.leads if one.first_visit_on
        )

    @property
    def days_to_event(self) -> float | None:
        """From details to an event."""
        return _median((one.event_on - one.day).days for one in self.leads if one.event_on)

    @property
    def days_to_action(self) -> float | None:
        """From details to an action."""
        return _median((one.action_on - one.day).days for one in self.leads if one.action_on)


def _median(days: Iterable[int]) -> float | None:
    known = [max(0, each) for each in days]
    return median(known) if known else None


@dataclass(frozen=True)
class Funnel:
    """All together, and each line of the breakdown."""

    total: Line
    lines: Sequence[Line]


@dataclass(frozen=True)
class _Run:
    id: int
    pioneer_id: int | None
    event_id: int | None
    printed_on: date
    quantity: int
    is_single_code: bool


def funnel_of(session: AnySession, programme: Programme, by: By) -> Funnel:
    """The whole funnel. Lines without any card, visit or details are left out."""
    runs = _runs(session, programme)
    leads = lead_rows(session, programme)
    total, per_run = Line(0), {one.id: Line(one.id, cards=one.quantity) for one in runs.values()}
    total.cards = sum(one.quantity for one in runs.values())
    for run_id, scanned, typed, first_on in _cards(session, programme):
        waited = None if first_on is None else (first_on - runs[run_id].printed_on).days
        for line in (total, per_run[run_id]):
            line.scanned += scanned
            line.typed += typed
            if waited is not None:
                line.waits.append(waited)
    for lead in leads:
        total.leads.append(lead)
        per_run[lead.run_id].leads.append(lead)
    if by == By.RUN:
        return Funnel(total, [per_run[key] for key in sorted(per_run, reverse=True)])
    if by == By.PIONEER:
        return Funnel(total, _per_pioneer(runs, per_run))
    return Funnel(total, _per_talk(session, programme, runs, leads))


def _runs(session: AnySession, programme: Programme) -> dict[int, _Run]:
    rows = session.execute(
        select(
            PrintRun.id,
            PrintRun.pioneer_id,
            PrintRun.event_id,
            PrintRun.printed_on,
            PrintRun.quantity,
            PrintRun.is_single_code,
        ).where(PrintRun.programme_id == programme.id)
    )
    return {row.id: _Run(*row) for row in rows}


def _cards(
    session: AnySession, programme: Programme
) -> Sequence[tuple[int, int, int, date | None]]:
    rows = session.connection().execute(
        select(Card.run_id, Card.scanned, Card.typed, Card.first_visit_on)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .where(PrintRun.programme_id == programme.id, Card.first_visit_on.is_not(None))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _per_pioneer(runs: dict[int, _Run], per_run: dict[int, Line]) -> list[Line]:
    lines: dict[int, Line] = {}
    for run in runs.values():
        if run.pioneer_id is None:
            continue
        line, add = lines.setdefault(run.pioneer_id, Line(run.pioneer_id)), per_run[run.id]
        line.cards += add.cards
        line.scanned += add.scanned
        line.typed += add.typed
        line.leads += add.leads
        line.waits += add.waits
    return list(lines.values())


def _per_talk(
    session: AnySession, programme: Programme, runs: dict[int, _Run], leads: Sequence[LeadRow]
) -> list[Line]:
    """The newest talk first; only those after which something happened."""
    talks = talks_of(session, programme)
    lines: dict[int, Line] = {}
    days: dict[int, date] = {}
    for event_id, day, scanned, typed in visits_after(session, programme, talks):
        line = lines.setdefault(event_id, Line(event_id))
        line.scanned += scanned
        line.typed += typed
        days[event_id] = max(day, days.get(event_id, day))
    for lead in leads:
        run = runs[lead.run_id]
        talk = talk_of(talks, run.pioneer_id, run.event_id, lead.day)
        if talk is not None:
            lines.setdefault(talk[1], Line(talk[1])).leads.append(lead)
            days[talk[1]] = max(talk[0], days.get(talk[1], talk[0]))
    found = [line for line in lines.values() if line.visits or line.leads]
    return sorted(found, key=lambda line: (days[line.key], line.key), reverse=True)


def talk_of_leads(
    session: AnySession, programme: Programme, leads: Sequence[LeadRow], event_id: int
) -> list[LeadRow]:
    """Those that followed one talk."""
    runs, talks = _runs(session, programme), talks_of(session, programme)

    def follows(one: LeadRow) -> bool:
        run = runs[one.run_id]
        talk = talk_of(talks, run.pioneer_id, run.event_id, one.day)
        return talk is not None and talk[1] == event_id

    return [one for one in leads if follows(one)]
