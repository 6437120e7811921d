"""What is not kept of details left on a card."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards.emails import token_of
from pioneers.cards.funnel import lead_rows
from pioneers.cards.jobs import retention
from pioneers.cards.leads import confirm_news, leave_details, stop_news
from pioneers.cards.models import Came, Card, Lead, LeadConsent, LeadKind, PrintRun
from pioneers.cards.resolving import Place
from pioneers.cards.wishes import NEWS, LeadDraft
from pioneers.companies.erasing import erase_person
from pioneers.companies.models import Person
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.questions.jobs import retention as clear_questions
from pioneers.questions.models import Outcome, Question, QuestionStatus
from tests.cards.making import make_public_pioneer, make_run
from tests.factories import make_contact, make_programme

YEAR = timedelta(days=367)


@pytest.fixture
def programme(app: Flask, session: Session) -> Programme:
    """A programme that runs today."""
    return make_programme(session, starts_on=None, ends_on=None)


@pytest.fixture
def card(session: Session, programme: Programme) -> Card:
    """A card of Hanna Bos."""
    return make_run(session, programme, make_public_pioneer(session, programme).id)[1][0]


def left(
    app: Flask, session: Session, programme: Programme, card: Card, kind: LeadKind
) -> tuple[Lead, Person]:
    """Anne left her details."""
    run = session.get_one(PrintRun, card.run_id)
    place = Place(card.code, card.id, run.id, programme.id, run.pioneer_id, None, None)
    draft = LeadDraft(
        kind=kind,
        came=Came.SCANNED,
        text="Hoe begin ik?",
        name="Anne Drost",
        company="Drost Metaal",
        email="anne@drost.example",
    )
    with app.app_context():
        lead = leave_details(session, programme=programme, place=place, draft=draft)
    return lead, session.get_one(Person, lead.person_id)


def after(session: Session, delay: timedelta) -> int:
    with clock.at(clock.now() + delay):
        done = retention(session)
    session.expire_all()
    return done


def consent_of(session: Session, lead: Lead) -> LeadConsent:
    query = select(LeadConsent).where(LeadConsent.lead_id == lead.id, LeadConsent.purpose == NEWS)
    return session.scalars(query).one()


def test_who_never_confirmed_is_erased_after_a_year_and_still_counts(
    app: Flask, session: Session, programme: Programme, card: Card, client: FlaskClient
) -> None:
    lead, person = left(app, session, programme, card, LeadKind.NEWS)
    with app.app_context():
        path = f"/k/nieuws/{token_of(consent_of(session, lead))}"
    before = lead_rows(session, programme)
    assert after(session, timedelta(days=300)) == 0
    assert after(session, YEAR) == 1
    assert after(session, YEAR) == 0
    assert (person.family_name, person.email) == ("", None)
    consent = consent_of(session, lead)
    assert consent.email is None
    assert consent.wording != ""
    assert lead_rows(session, programme) == before
    assert client.get(path).status_code == 404
    query = select(MailMessage).where(MailMessage.record_type == "card_lead")
    assert [(mail.to_address, mail.text) for mail in session.scalars(query)] == [("", "")]


def test_who_confirmed_is_kept_until_they_want_no_more_of_it(
    app: Flask, session: Session, programme: Programme, card: Card
) -> None:
    lead, person = left(app, session, programme, card, LeadKind.NEWS)
    confirm_news(session, consent_of(session, lead))
    assert after(session, 3 * YEAR) == 0
    stop_news(session, consent_of(session, lead))
    assert after(session, 3 * YEAR) == 1
    assert person.erased_at is not None


def test_details_with_a_question_are_kept_as_long_as_the_question(
    app: Flask, session: Session, programme: Programme, card: Card
) -> None:
    lead, person = left(app, session, programme, card, LeadKind.QUESTION)
    assert after(session, YEAR) == 0
    question = session.get_one(Question, lead.question_id)
    question.status, question.outcome = QuestionStatus.CLOSED, Outcome.HELPED
    question.closed_at = clock.now()
    session.flush()
    with clock.at(clock.now() + 3 * YEAR):
        assert clear_questions(session) == 1
    assert person.erased_at is None  # the card's details go by their own rule
    assert after(session, 3 * YEAR) == 1
    assert person.erased_at is not None
    assert lead.question_id == question.id


def test_somebody_who_came_to_an_event_or_left_details_lately_stays(
    app: Flask, session: Session, programme: Programme, card: Card
) -> None:
    _, person = left(app, session, programme, card, LeadKind.NEWS)
    with clock.at(clock.now() + YEAR / 2):
        later, again = left(app, session, programme, card, LeadKind.NEWS)
    assert again.id == person.id
    assert after(session, YEAR) == 1
    assert person.erased_at is None
    make_contact(session, programme, person_id=person.id, day=clock.today())
    assert after(session, 2 * YEAR) == 1
    assert later.cleared_at is not None
    assert person.erased_at is None


def test_the_term_is_the_programmes(
    app: Flask, session: Session, programme: Programme, card: Card
) -> None:
    left(app, session, programme, card, LeadKind.NEWS)
    programme.lead_keep_months = 24
    session.flush()
    assert after(session, YEAR) == 0
    assert after(session, 2 * YEAR) == 1


def test_erasing_somebody_reaches_what_they_left_on_cards(
    app: Flask, session: Session, programme: Programme, card: Card
) -> None:
    lead, person = left(app, session, programme, card, LeadKind.NEWS)
    confirm_news(session, consent_of(session, lead))
    with app.app_context():
        erase_person(session, programme=programme, person=person, actor_id=None)
    session.expire_all()
    consent = consent_of(session, lead)
    assert consent.email is None
    assert consent.withdrawn_at is not None
    assert lead.cleared_at is not None
    assert session.scalar(select(func.count(Lead.id))) == 1
