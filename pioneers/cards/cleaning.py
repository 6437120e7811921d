"""What is not kept of details left on a card. None commits.

A programme sets for how many months. They are kept longer while somebody confirmed that they want
to be kept informed, and while their question is. Card, kind, day and company stay, so that figures
do; the consents' words stay too, without an address, as proof of what was asked.
"""

from datetime import time

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.cards.models import Card, Lead, LeadConsent, PrintRun
from pioneers.cards.wishes import NEWS
from pioneers.companies.erasing import Erased, erase_person, register_eraser
from pioneers.companies.models import Person
from pioneers.mail.actions import forget_about
from pioneers.programmes.models import Programme
from pioneers.questions.models import Question
from pioneers.questions.rules import months_before
from pioneers.reach.strangers import is_stranger
from pioneers.subscriptions.erasing import is_wanted
from pioneers.subscriptions.models import Subscription
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]
TABLE = Lead.__tablename__


def to_clear(session: AnySession) -> list[int]:
    """Leads that were kept for long enough; the oldest first."""
    wanted = exists().where(
        LeadConsent.lead_id == Lead.id,
        LeadConsent.purpose == NEWS,
        LeadConsent.confirmed_at.is_not(None),
        LeadConsent.withdrawn_at.is_(None),
    )
    asked = exists().where(Question.id == Lead.question_id, Question.cleared_at.is_(None))
    found: list[int] = []
    for programme in session.scalars(select(Programme).order_by(Programme.id)).all():
        first_kept = months_before(clock.today(), programme.lead_keep_months)
        found += session.scalars(
            select(Lead.id)
            .join(Card, Card.id == Lead.card_id)
            .join(PrintRun, PrintRun.id == Card.run_id)
            .where(
                PrintRun.programme_id == programme.id,
                Lead.cleared_at.is_(None),
                Lead.at < clock.from_local(first_kept, time.min),
                ~wanted,
                ~asked,
            )
            .order_by(Lead.at, Lead.id)
        )
    return found


def clear(session: AnySession, lead: Lead) -> None:
    """Delete the details; and who left them, where we know them by cards only."""
    programme = session.get_one(
        Programme,
        session.scalars(
            select(PrintRun.programme_id)
            .join(Card, Card.run_id == PrintRun.id)
            .where(Card.id == lead.card_id)
        ).one(),
    )
    _strip(session, lead)
    record(
        session,
        "card_lead.cleared",
        object_type=TABLE,
        object_id=lead.id,
        programme_id=programme.id,
        origin="worker",
    )
    if lead.person_id is None:
        return
    person = session.get_one(Person, lead.person_id)
    others = select(exists().where(Lead.person_id == lead.person_id, Lead.cleared_at.is_(None)))
    if is_wanted(session, person.id) or session.scalar(others):
        return
    if is_stranger(session, person, apart_from=(TABLE, Subscription.__tablename__)):
        erase_person(session, programme=programme, person=person, actor_id=None, origin="worker")


def _strip(session: AnySession, lead: Lead) -> None:
    """Empty the addresses, and let the mailed links lead nowhere."""
    lead.cleared_at = clock.now()
    consents = select(LeadConsent).where(LeadConsent.lead_id == lead.id)
    for consent in session.scalars(consents.order_by(LeadConsent.id).with_for_update()).all():
        if consent.purpose == NEWS and consent.withdrawn_at is None:
            consent.withdrawn_at = clock.now()
        consent.email, consent.token_nonce = None, new_nonce()
    session.flush()
    forget_about(session, record_type=TABLE, record_id=lead.id)


@register_eraser
def erase(session: AnySession, erased: Erased) -> None:
    """Clear what somebody left on cards who is erased."""
    theirs = exists().where(
        LeadConsent.lead_id == Lead.id, func.lower(LeadConsent.email).in_(erased.emails)
    )
    left = (
        select(Lead)
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .where(
            PrintRun.programme_id == erased.programme_id,
            or_(Lead.person_id.in_(erased.ids), theirs),
            Lead.cleared_at.is_(None),
        )
    )
    for lead in session.scalars(left.order_by(Lead.id)).all():
        _strip(session, lead)
