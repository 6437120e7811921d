"""Who left details through a card, and what they did next: came to an event, came into action.

A step belongs to whoever owns the card, also when it leads elsewhere by then.
"""

import enum
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers import clock
from pioneers.cards.models import Card, Lead, LeadKind, PrintRun
from pioneers.companies.models import Company, Person
from pioneers.events.models import Attendance, Event, Presence
from pioneers.programmes.models import Programme
from pioneers.reach.models import Activation, Occasion
from pioneers.reach.rules import ActivationStatus

AnySession = Session | scoped_session[Session]
Wanted = Sequence[ColumnElement[bool]]
Found = tuple[date, int]  # the day, and the id of the event or the activation


class Step(enum.StrEnum):
    """A step after the visit: each opens to its records."""

    DETAILS = "gegevens"
    EVENT = "bijeenkomst"
    ACTION = "actie"


class LeadRow(NamedTuple):
    """Somebody who left details, and what they did next."""

    id: int
    run_id: int
    kind: LeadKind
    day: date
    person_id: int | None
    company_id: int | None
    question_id: int | None
    first_visit_on: date | None  # of a card with a code of its own
    event: Found | None  # the first event that they came to afterwards
    action: Found | None  # the first verified action of the company afterwards

    @property
    def event_on(self) -> date | None:
        """The day of that event."""
        return None if self.event is None else self.event[0]

    @property
    def action_on(self) -> date | None:
        """The day of that action."""
        return None if self.action is None else self.action[0]

    def reached(self, step: Step) -> bool:
        """Whether they came as far as `step`."""
        if step == Step.EVENT:
            return self.event_on is not None
        return step == Step.DETAILS or self.action_on is not None


def lead_rows(
    session: AnySession, programme: Programme, *, pioneer_id: int | None = None
) -> list[LeadRow]:
    """Everybody who left details (by cards of one pioneer), the newest first, with what they did
    next.

    A person who turned out to be another one counts as that one; so do companies.
    """
    mine = [PrintRun.programme_id == programme.id]
    if pioneer_id is not None:
        mine.append(PrintRun.pioneer_id == pioneer_id)
    events, actions = _first_events(session, mine), _first_actions(session, mine)
    rows = session.connection().execute(
        select(
            Lead.id,
            Card.run_id,
            Lead.kind,
            Lead.at,
            Person.merged_into_id,
            Lead.person_id,
            Company.merged_into_id,
            Lead.company_id,
            Lead.question_id,
            Card.first_visit_on,
            PrintRun.is_single_code,
        )
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .outerjoin(Person, Person.id == Lead.person_id)
        .outerjoin(Company, Company.id == Lead.company_id)
        .where(*mine)
        .order_by(Lead.at.desc(), Lead.id.desc())
    )
    return [
        LeadRow(
            id=row[0],
            run_id=row[1],
            kind=row[2],
            day=clock.local(row[3]).date(),
            person_id=row[4] or row[5],
            company_id=row[6] or row[7],
            question_id=row[8],
            first_visit_on=None if row[10] else row[9],
            event=events.get(row[0]),
            action=actions.get(row[0]),
        )
        for row in rows
    ]


def _first_events(session: AnySession, leads: Wanted) -> dict[int, Found]:
    """Of each lead the first event that the person came to afterwards."""
    mine = aliased(Person)
    whole = func.coalesce(mine.merged_into_id, mine.id)
    rows = session.connection().execute(
        select(Lead.id, Occasion.day, Event.id)
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .join(mine, mine.id == Lead.person_id)
        .join(Attendance, or_(Attendance.person_id == mine.id, Attendance.person_id == whole))
        .join(Event, Event.id == Attendance.event_id)
        .join(Occasion, Occasion.id == Event.occasion_id)
        .where(
            *leads,
            Attendance.presence == Presence.ATTENDED,
            Event.ends_at > Lead.at,
        )
        .order_by(Event.starts_at, Event.id)
    )
    found: dict[int, Found] = {}
    for lead_id, day, event_id in rows:
        found.setdefault(lead_id, (day, event_id))
    return found


def _first_actions(session: AnySession, leads: Wanted) -> dict[int, Found]:
    """Of each lead the first verified action of the company on or after that day."""
    mine = aliased(Company)
    whole = func.coalesce(mine.merged_into_id, mine.id)
    rows = session.connection().execute(
        select(Lead.id, Lead.at, Activation.day, Activation.id)
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .join(mine, mine.id == Lead.company_id)
        .join(Activation, or_(Activation.company_id == mine.id, Activation.company_id == whole))
        .where(
            *leads,
            Activation.status == ActivationStatus.VERIFIED,
            Activation.voided_at.is_(None),
        )
        .order_by(Activation.day, Activation.id)
    )
    found: dict[int, Found] = {}
    for lead_id, at, day, activation_id in rows:
        if day >= clock.local(at).date():
            found.setdefault(lead_id, (day, activation_id))
    return found


def leads_of(leads: Sequence[LeadRow], step: Step) -> list[LeadRow]:
    """Those that came as far as `step`."""
    return [one for one in leads if one.reached(step)]


def companies_in_action(leads: Sequence[LeadRow]) -> int:
    """How many companies came into action after somebody of theirs left details."""
    return len({one.company_id for one in leads if one.action is not None})
