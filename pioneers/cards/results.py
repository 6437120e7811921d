"""What came of a pioneer's cards, for the pioneer's own page."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.models import Card, Lead, PrintRun, VisitDay
from pioneers.companies.models import Company
from pioneers.programmes.models import Programme
from pioneers.reach.models import Activation, CompanyStanding
from pioneers.reach.rules import ActivationStatus

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class CardResults:
    """What came of a pioneer's cards since a day."""

    scans: int
    typed: int
    questions: int
    leads: int
    companies_in_action: int


def results_of(
    session: AnySession, programme: Programme, pioneer_id: int, since: date
) -> CardResults:
    """Visits, questions and details since a day, and the companies that came into action: by an
    activation after their details, or first of all thanks to this pioneer."""
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
    return CardResults(
        scans=int(scans),
        typed=int(typed),
        questions=questions,
        leads=leads,
        companies_in_action=len(_in_action(session, programme, pioneer_id, since)),
    )


def _in_action(session: AnySession, programme: Programme, pioneer_id: int, since: date) -> set[int]:
    standing = session.scalars(
        select(CompanyStanding.company_id).where(
            CompanyStanding.programme_id == programme.id,
            CompanyStanding.activated_pioneer_id == pioneer_id,
            CompanyStanding.activated_day >= since,
        )
    )
    rows = session.execute(
        select(func.coalesce(Company.merged_into_id, Company.id), Lead.at, Activation.day)
        .select_from(Lead)
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .join(Company, Company.id == Lead.company_id)
        .join(
            Activation,
            Activation.company_id.in_((Company.id, func.coalesce(Company.merged_into_id, 0))),
        )
        .where(
            PrintRun.programme_id == programme.id,
            PrintRun.pioneer_id == pioneer_id,
            Activation.status == ActivationStatus.VERIFIED,
            Activation.voided_at.is_(None),
            Activation.day >= since,
        )
    )
    after = {company for company, at, day in rows if day >= clock.local(at).date()}
    return set(standing) | after
