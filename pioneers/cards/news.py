"""Who came by a card and wants news: the consent stays with the card, news is a subscription."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.models import Card, Lead, LeadConsent, PrintRun
from pioneers.cards.wishes import NEWS, wording
from pioneers.programmes.models import Programme
from pioneers.subscriptions.actions import give_proven, register_withdrawal, stop_address
from pioneers.subscriptions.models import SubscribedBy
from pioneers.subscriptions.rules import Asked

AnySession = Session | scoped_session[Session]


def _programme(session: AnySession, consent: LeadConsent) -> Programme:
    return session.scalars(
        select(Programme)
        .join(PrintRun, PrintRun.programme_id == Programme.id)
        .join(Card, Card.run_id == PrintRun.id)
        .join(Lead, Lead.card_id == Card.id)
        .where(Lead.id == consent.lead_id)
    ).one()


def pass_on_wish(session: AnySession, consent: LeadConsent) -> None:
    """They confirmed it by the mail to their address, so that nothing more is asked."""
    if not consent.email:
        return
    programme = _programme(session, consent)
    in_english = consent.wording == wording(NEWS, "en", programme.name)
    asked = Asked(
        email=consent.email,
        source=SubscribedBy.CARD,
        version=consent.version,
        wording=consent.wording,
        language="en" if in_english else "nl",
        person_id=session.get_one(Lead, consent.lead_id).person_id,
    )
    give_proven(session, programme=programme, asked=asked)


def pass_on_stop(session: AnySession, consent: LeadConsent) -> None:
    """They want no more of it."""
    if consent.email:
        programme = _programme(session, consent)
        stop_address(session, programme_id=programme.id, email=consent.email)


def _end_consents(session: AnySession, programme_id: int, email: str) -> None:
    """Whoever left the news left it by whichever card they came."""
    theirs = (
        select(LeadConsent.id)
        .join(Lead, Lead.id == LeadConsent.lead_id)
        .join(Card, Card.id == Lead.card_id)
        .join(PrintRun, PrintRun.id == Card.run_id)
        .where(
            PrintRun.programme_id == programme_id,
            LeadConsent.email == email,
            LeadConsent.purpose == NEWS,
            LeadConsent.withdrawn_at.is_(None),
        )
    )
    session.execute(
        update(LeadConsent).where(LeadConsent.id.in_(theirs)).values(withdrawn_at=clock.now())
    )


register_withdrawal(_end_consents)
