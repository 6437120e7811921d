"""Cards for tests."""

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from pioneers import clock
from pioneers.cards.actions import create_run
from pioneers.cards.models import Came, Card, Lead, LeadConsent, LeadKind, PrintRun
from pioneers.cards.rules import NewRun, Owner, OwnerKind
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent
from pioneers.programmes.models import Programme
from pioneers.web.tokens import new_nonce
from tests import factories as make

AnySession = Session | scoped_session[Session]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


def make_run(
    session: AnySession, programme: Programme, pioneer_id: Any, **facts: Any
) -> tuple[PrintRun, list[Card]]:
    """A print run of a pioneer's (or another owner's) cards."""
    owner = facts.pop("owner", None) or Owner(OwnerKind.PIONEER, pioneer_id)
    given = {"printed_on": clock.today(), "quantity": 10} | facts
    run = create_run(session, programme=programme, new=NewRun(owner, **given), actor_id=None)
    cards = session.scalars(select(Card).where(Card.run_id == run.id).order_by(Card.id))
    return run, list(cards)


def make_public_pioneer(session: AnySession, programme: Programme, **facts: Any) -> Any:
    """A pioneer with a page that everybody may see, called Hanna Bos of Bos Coatings."""
    company = make.make_company(session, programme, name="Bos Coatings")
    person = make.make_person(
        session, programme, company, first_name="Hanna", infix="", family_name="Bos"
    )
    pioneer = make.make_pioneer(session, programme, company=company, person=person, **facts)
    headline = "Wij luisteren nu naar de mensen"
    session.add(
        Profile(
            pioneer_id=pioneer.id,
            code=f"P{pioneer.id:06}",
            changed_at=clock.now(),
            headline=headline,
        )
    )
    session.flush()
    session.add(
        ProfileConsent(
            pioneer_id=pioneer.id,
            purpose=ConsentPurpose.PROFILE,
            wording_version="1",
            wording="Ja.",
            given_at=clock.now(),
            ends_on=date(2099, 12, 31),
        )
    )
    session.flush()
    return pioneer


def make_news_consent(session: AnySession, programme: Programme, pioneer_id: Any) -> LeadConsent:
    """Somebody wants to be kept informed, and did not confirm it yet."""
    card = make_run(session, programme, pioneer_id)[1][0]
    lead = Lead(card_id=card.id, kind=LeadKind.NEWS, at=clock.now(), came=Came.SCANNED)
    session.add(lead)
    session.flush()
    consent = LeadConsent(
        lead_id=lead.id,
        purpose="news",
        version="2026-11",
        wording="Houd mij op de hoogte.",
        given_at=clock.now(),
        email="anne@drost.example",
        token_nonce=new_nonce(),
    )
    session.add(consent)
    session.flush()
    return consent


def visit(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """Somebody with a phone opens a card's page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers={"User-Agent": PHONE} | named)


def person(number: int) -> str:
    """A phone's own name for itself."""
    return f"{PHONE} Build/{number}"
