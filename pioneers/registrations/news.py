"""Who registers and wants news: the consent stays with the registration, news is a subscription.

A form can hold anybody's address, so that it is asked by mail first. Who ticks it on the page
behind their own mailed link has shown already that the address is theirs.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.registrations.models import Registration, RegistrationConsent
from pioneers.registrations.rules import NEWS
from pioneers.subscriptions.actions import (
    ask_for_news,
    give_proven,
    register_withdrawal,
    stop_address,
)
from pioneers.subscriptions.models import SubscribedBy
from pioneers.subscriptions.rules import Asked

AnySession = Session | scoped_session[Session]


def pass_on_wish(session: AnySession, registration: Registration, *, is_proven: bool) -> None:
    """They want news; `is_proven`: they came by the mail to their own address."""
    consent = session.scalar(
        select(RegistrationConsent).where(
            RegistrationConsent.registration_id == registration.id,
            RegistrationConsent.purpose == NEWS,
            RegistrationConsent.withdrawn_at.is_(None),
        )
    )
    if consent is None or not registration.email:
        return
    asked = Asked(
        email=registration.email,
        source=SubscribedBy.REGISTRATION,
        version=consent.version,
        wording=consent.wording,
        language=registration.language,
        name=registration.name,
        person_id=registration.person_id,
    )
    programme = session.get_one(Programme, registration.programme_id)
    (give_proven if is_proven else ask_for_news)(session, programme=programme, asked=asked)


def pass_on_stop(session: AnySession, registration: Registration) -> None:
    """They want no more of it, and said so on their own page."""
    if registration.email:
        stop_address(session, programme_id=registration.programme_id, email=registration.email)


def _end_consents(session: AnySession, programme_id: int, email: str) -> None:
    """Whoever left the news left it for all events they registered for."""
    theirs = select(Registration.id).where(
        Registration.programme_id == programme_id, Registration.email == email
    )
    session.execute(
        update(RegistrationConsent)
        .where(
            RegistrationConsent.registration_id.in_(theirs),
            RegistrationConsent.purpose == NEWS,
            RegistrationConsent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
    )


register_withdrawal(_end_consents)
