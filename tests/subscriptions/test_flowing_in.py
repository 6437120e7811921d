"""Who agreed elsewhere: on a card, when registering, on their own page; and who left everywhere."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards.leads import confirm_news, stop_news
from pioneers.cards.models import LeadConsent
from pioneers.events.models import Event, EventStatus
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.registrations.actions import change_registration, register
from pioneers.registrations.models import Registration, RegistrationConsent
from pioneers.registrations.queries import wants_news
from pioneers.registrations.rules import NEWS, REGISTRATION, PartyDraft, RegistrationDraft
from pioneers.subscriptions import actions
from pioneers.subscriptions.models import SubscribedBy, Subscription, SubscriptionEvent
from pioneers.web.tokens import new_code
from tests.cards.making import make_news_consent
from tests.factories import make_event, make_pioneer


@pytest.fixture
def event(session: Session, opened: Programme) -> Event:
    """An event for which one can register."""
    day = clock.now() + timedelta(days=14)
    facts: dict[str, Any] = {"starts_at": day, "ends_at": day + timedelta(hours=2)}
    facts |= {"published_at": clock.now(), "public_code": new_code(8)}
    return make_event(session, opened, status=EventStatus.PLANNED, **facts)


def sign_up(session: Session, programme: Programme, event: Event, *, news: bool) -> Registration:
    """Anne registers."""
    draft = RegistrationDraft(
        name="Anne de Vries",
        company="Drost Metaal",
        email="anne@drost.example",
        language="nl",
        consents=(REGISTRATION, NEWS) if news else (REGISTRATION,),
    )
    return register(session, programme=programme, event=event, draft=draft)[0]


def only(session: Session) -> Subscription:
    """The one subscription there is."""
    return session.scalars(select(Subscription)).one()


def test_who_confirms_on_a_card_has_news_and_stopping_is_one(
    session: Session, opened: Programme
) -> None:
    consent = make_news_consent(session, opened, make_pioneer(session, opened).id)
    confirm_news(session, consent)
    made = only(session)
    assert (made.email, made.state) == ("anne@drost.example", "confirmed")
    first = session.scalars(select(SubscriptionEvent).order_by(SubscriptionEvent.id)).first()
    assert first is not None
    assert (first.source, first.wording) == (SubscribedBy.CARD, consent.wording)
    stop_news(session, consent)
    session.refresh(made)
    assert made.state == "withdrawn"


def test_who_leaves_the_news_left_it_on_the_card_too(session: Session, opened: Programme) -> None:
    consent = make_news_consent(session, opened, make_pioneer(session, opened).id)
    confirm_news(session, consent)
    actions.stop(session, only(session))
    session.refresh(consent)
    assert session.scalars(select(LeadConsent.withdrawn_at)).one() is not None


def test_who_registers_and_wants_news_is_asked_by_mail(
    session: Session, opened: Programme, event: Event
) -> None:
    sign_up(session, opened, event, news=True)
    assert only(session).state == "pending"
    mails = session.scalars(select(MailMessage).where(MailMessage.kind == "subscription.confirm"))
    assert "Anne" not in mails.one().text


def test_who_registers_without_it_is_not_asked(
    session: Session, opened: Programme, event: Event
) -> None:
    sign_up(session, opened, event, news=False)
    assert not session.scalars(select(Subscription)).all()


def test_who_ticks_it_on_their_own_page_has_it_and_can_untick_it(
    session: Session, opened: Programme, event: Event
) -> None:
    one = sign_up(session, opened, event, news=False)
    for news, state in ((True, "confirmed"), (False, "withdrawn")):
        draft = PartyDraft(
            name=one.name, company=one.company, kvk_number=None, phone=None, guests=0, news=news
        )
        change_registration(session, programme=opened, event=event, registration=one, draft=draft)
        made = only(session)
        session.refresh(made)
        assert made.state == state


def test_who_leaves_the_news_left_it_for_the_registration_too(
    session: Session, opened: Programme, event: Event
) -> None:
    one = sign_up(session, opened, event, news=True)
    actions.confirm(session, only(session))
    actions.stop(session, only(session))
    assert not wants_news(session, one)
    stopped = session.scalars(
        select(RegistrationConsent.withdrawn_at).where(RegistrationConsent.purpose == NEWS)
    )
    assert stopped.one() is not None
