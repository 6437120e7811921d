"""What came of a pioneer's cards, for the pioneer's own page, and the records behind it.

The companies that came into action after a card are those of the funnel. A pioneer is also thanked
for companies that came into action first of all by their talks: these are told apart, since no card
led there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.following import LeadRow, companies_in_action, lead_rows
from pioneers.cards.models import Card, Lead, PrintRun, VisitDay
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.reach.models import Activation, CompanyStanding, Occasion

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class CardResults:
    """What came of a pioneer's cards since a day."""

    scans: int
    typed: int
    questions: int
    leads: int
    after_card: int  # companies in action after somebody of theirs left details
    by_talk: int  # companies in action thanks to the pioneer, without a card


@dataclass(frozen=True)
class ActionRow:
    """A verified action thanks to a pioneer, of a company that is not named."""

    day: date
    kind_nl: str
    kind_en: str
    details_on: date | None = None  # by a card
    occasion: str = ""  # without one

    @property
    def is_after_card(self) -> bool:
        """Whether somebody of the company left details by a card before."""
        return self.details_on is not None


def results_of(
    session: AnySession, programme: Programme, pioneer_id: int, since: date
) -> CardResults:
    """Visits, questions and details since a day, and the companies that came into action."""
    mine = (PrintRun.programme_id == programme.id, PrintRun.pioneer_id == pioneer_id)
    scans, typed = session.execute(
        select(
            func.coalesce(func.sum(VisitDay.scanned), 0), func.coalesce(func.sum(VisitDay.typed), 0)
        )
        .join(PrintRun, PrintRun.id == VisitDay.run_id)
        .where(*mine, VisitDay.day >= since)
    ).one()
    leads, questions = session.execute(
        select(func.count(Lead.id), func.count(Lead.question_id))
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .where(*mine, Lead.at >= clock.from_local(since, time.min))
    ).one()
    acted = acted_after_card(session, programme, pioneer_id, since)
    return CardResults(
        scans=int(scans),
        typed=int(typed),
        questions=questions,
        leads=leads,
        after_card=companies_in_action(acted),
        by_talk=len(_thanks_to(session, programme, pioneer_id, since, acted)),
    )


def acted_after_card(
    session: AnySession, programme: Programme, pioneer_id: int, since: date
) -> list[LeadRow]:
    """Who left details by a card of the pioneer, and whose company acted afterwards."""
    found = lead_rows(session, programme, pioneer_id=pioneer_id)
    return [one for one in found if one.action_on is not None and one.action_on >= since]


def _thanks_to(
    session: AnySession,
    programme: Programme,
    pioneer_id: int,
    since: date,
    acted: Sequence[LeadRow],
) -> list[int]:
    """The first actions of companies thanks to the pioneer, but for those after a card."""
    rows = session.execute(
        select(CompanyStanding.company_id, CompanyStanding.activation_id).where(
            CompanyStanding.programme_id == programme.id,
            CompanyStanding.activated_pioneer_id == pioneer_id,
            CompanyStanding.activated_day >= since,
        )
    )
    by_card = {one.company_id for one in acted}
    return [row.activation_id for row in rows if row.company_id not in by_card]


def action_rows(
    session: AnySession, programme: Programme, pioneer_id: int, since: date
) -> list[ActionRow]:
    """The actions behind both numbers of companies, each company once; the latest first."""
    acted = acted_after_card(session, programme, pioneer_id, since)
    first: dict[int, LeadRow] = {}
    for one in sorted(acted, key=lambda row: (row.action_on or row.day, row.day)):
        first.setdefault(one.company_id or 0, one)
    details = {one.action[1]: one.day for one in first.values() if one.action is not None}
    others = _thanks_to(session, programme, pioneer_id, since, acted)
    rows = session.execute(
        select(Activation, ActivationKind, Occasion.label)
        .join(ActivationKind, ActivationKind.id == Activation.kind_id)
        .outerjoin(Occasion, Occasion.id == Activation.occasion_id)
        .where(Activation.id.in_([*details, *others]))
        .order_by(Activation.day.desc(), Activation.id.desc())
    )
    return [
        ActionRow(action.day, kind.name_nl, kind.name_en, details.get(action.id), label or "")
        for action, kind, label in rows
    ]


def details_of(
    session: AnySession, programme: Programme, pioneer_id: int, since: date
) -> list[LeadRow]:
    """How often details were left by a card of the pioneer since a day; the latest first."""
    found = lead_rows(session, programme, pioneer_id=pioneer_id)
    return [one for one in found if one.day >= since]
