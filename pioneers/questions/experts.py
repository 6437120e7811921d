"""Reads of the register of experts."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.questions.models import Expert, Question, Referral

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class ExpertRow:
    """An expert, how often somebody was referred there, and how often that helped."""

    expert: Expert
    referred: int
    helped: int
    told: int


def list_experts(session: AnySession, programme: Programme, *, theme: str = "") -> list[Expert]:
    """Experts to refer to: those of a theme first, then by name."""
    fits = case((Expert.themes.contains(theme, autoescape=True), 0), else_=1)
    query = select(Expert).where(Expert.programme_id == programme.id, Expert.is_active)
    order = (fits, Expert.name, Expert.id) if theme else (Expert.name, Expert.id)
    return list(session.scalars(query.order_by(*order)))


def expert_rows(
    session: AnySession, programme: Programme, *, text: str = "", theme: str = ""
) -> list[ExpertRow]:
    """The register: those in use first, by name, with what came of referring."""
    counted = (
        select(
            Referral.expert_id,
            func.count(Referral.id).label("referred"),
            func.count(Referral.helped).label("told"),
            func.sum(case((Referral.helped.is_(True), 1), else_=0)).label("helped"),
        )
        .group_by(Referral.expert_id)
        .subquery()
    )
    query = (
        select(Expert, counted.c.referred, counted.c.helped, counted.c.told)
        .outerjoin(counted, counted.c.expert_id == Expert.id)
        .where(Expert.programme_id == programme.id)
        .order_by(Expert.is_active.desc(), Expert.name, Expert.id)
    )
    if theme:
        query = query.where(Expert.themes.contains(theme, autoescape=True))
    for word in text.split()[:6]:
        columns = (Expert.name, Expert.organisation, Expert.subjects, Expert.region)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return [
        ExpertRow(expert, referred or 0, helped or 0, told or 0)
        for expert, referred, helped, told in session.execute(query)
    ]


def referrals_to(session: AnySession, expert: Expert) -> list[tuple[Referral, Question]]:
    """The questions that were referred to an expert, the newest first."""
    rows = session.execute(
        select(Referral, Question)
        .join(Question, Question.id == Referral.question_id)
        .where(Referral.expert_id == expert.id)
        .order_by(Referral.referred_at.desc(), Referral.id.desc())
        .limit(50)
    )
    return [(referral, question) for referral, question in rows]
