"""Whoever follows a card asks something, by a form without a cookie."""

import itertools
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pioneers import clock
from pioneers.cards.models import Card, Lead, LeadConsent, LeadKind
from pioneers.cards.queries import results_of
from pioneers.companies.models import Person
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.questions.models import AskedBy, Question
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel
from tests.cards.making import make_public_pioneer, make_run, visit
from tests.factories import make_programme

NUMBERS = itertools.count()  # an address is limited to a few an hour
ASKED = {
    "kind": "question",
    "text": "Hoe begin ik met zelf roosteren?",
    "name": "Anne van der Drost",
    "company": "Drost Metaal",
    "agreed": "y",
}


@pytest.fixture
def programme(session: Session) -> Programme:
    """A programme that runs today."""
    return make_programme(session, starts_on=None, ends_on=None)


@pytest.fixture
def card(session: Session, programme: Programme) -> Card:
    """A card of Hanna Bos."""
    return make_run(session, programme, make_public_pioneer(session, programme).id)[1][0]


def begun(client: FlaskClient, card: Card, seconds: int = 20) -> str:
    """The signed moment of a page that was opened so long ago."""
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        text = visit(client, f"/k/{card.code}?s").get_data(as_text=True)
    found = re.search(r'name="begun" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def leave(client: FlaskClient, card: Card, **fields: str) -> TestResponse:
    """Fill in the form, in twenty seconds, after a scan."""
    own = {"email": f"anne-{next(NUMBERS)}@drost.example", "begun": begun(client, card)}
    data = ASKED | own | fields
    return client.post(f"/k/{card.code}?s", data=data)


def count(session: Session, model: type) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_question_reaches_the_desk_and_makes_somebody_aware(
    client: FlaskClient, session: Session, programme: Programme, card: Card
) -> None:
    before = count(session, Contact)
    answer = leave(client, card)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    lead = session.scalars(select(Lead)).one()
    question = session.get_one(Question, lead.question_id)
    contact = session.get_one(Contact, lead.contact_id)
    assert question.asked_by == AskedBy.CARD
    assert question.text == ASKED["text"]
    assert (contact.channel, contact.evidence) == (Channel.CARD, Evidence.SELF_DECLARED)
    assert contact.pioneer_id == question.pioneer_id
    assert contact.pioneer_id is not None
    assert count(session, Contact) == before + 1
    consent = session.scalars(select(LeadConsent)).one()
    assert consent.wording.startswith(f"Het programma {programme.name} mag mijn gegevens")
    results = results_of(session, programme, contact.pioneer_id, clock.today())
    assert (results.scans, results.questions, results.leads) == (1, 1, 1)


def test_a_visit_alone_makes_nobody_aware(
    client: FlaskClient, session: Session, card: Card
) -> None:
    visit(client, f"/k/{card.code}?s")
    assert count(session, Contact) == 0
    assert count(session, Person) == 1  # the pioneer


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (LeadKind.CALL, {"phone": "06 12345678", "email": "", "text": ""}),
        (LeadKind.CIRCLE, {"text": ""}),
    ],
)
def test_a_call_or_a_circle_is_a_question_too(
    client: FlaskClient, session: Session, card: Card, kind: LeadKind, fields: dict[str, str]
) -> None:
    assert leave(client, card, kind=kind.value, **fields).status_code == 303
    question = session.scalars(select(Question)).one()
    assert question.wants_call == (kind == LeadKind.CALL)
    assert question.text


def test_who_wants_news_confirms_it_by_mail_once(
    client: FlaskClient, session: Session, card: Card
) -> None:
    assert leave(client, card, kind="news", email="anne@drost.example").status_code == 303
    mail = session.scalars(select(MailMessage)).one()
    assert mail.to_address == "anne@drost.example"
    link = re.search(r"http://[^/]+(/k/nieuws/\S+)", mail.text)
    assert link is not None
    consent = session.scalars(select(LeadConsent).where(LeadConsent.purpose == "news")).one()
    assert client.get(link[1]).status_code == 200
    session.refresh(consent)
    assert consent.confirmed_at is None  # a scanner of mail follows links
    client.post(link[1])
    session.refresh(consent)
    first = consent.confirmed_at
    assert first is not None
    client.post(link[1])
    client.post(f"{link[1]}/stop")
    session.refresh(consent)
    assert consent.confirmed_at == first
    assert consent.withdrawn_at is not None
    assert client.get(link[1] + "x").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Schrijf uw vraag."),
        ({"email": ""}, "Vul uw e-mailadres in"),
        ({"name": ""}, "Vul uw naam in."),
        ({"agreed": ""}, "toestemming"),
        ({"kind": "call", "phone": ""}, "Vul het nummer in"),
        ({"kind": "raar"}, "keuze"),
    ],
)
def test_what_lacks_is_said_and_nothing_is_lost(
    client: FlaskClient, session: Session, card: Card, fields: dict[str, str], words: str
) -> None:
    answer = leave(client, card, **fields)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert words in text
    assert "Drost Metaal" in text
    assert "Set-Cookie" not in answer.headers
    assert count(session, Lead) == 0


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(
    client: FlaskClient, session: Session, card: Card
) -> None:
    assert leave(client, card, website="http://spam.example").status_code == 303
    assert count(session, Lead) == 0
    assert count(session, Question) == 0


def test_who_is_faster_than_a_person_looks_once_more(
    client: FlaskClient, session: Session, card: Card
) -> None:
    answer = leave(client, card, begun=begun(client, card, seconds=0))
    assert answer.status_code == 422
    assert leave(client, card, begun=begun(client, card, seconds=90_000)).status_code == 422
    assert count(session, Lead) == 0


def test_what_lacked_can_be_filled_in_at_once(
    client: FlaskClient, session: Session, card: Card
) -> None:
    wrong = leave(client, card, name="", begun=begun(client, card, seconds=20))
    assert wrong.status_code == 422
    kept = re.findall(r'name="begun"[^>]*value="([^"]+)"', wrong.get_data(as_text=True))[0]
    assert leave(client, card, begun=kept).status_code == 303
    assert count(session, Lead) == 1


def test_a_moment_of_another_card_or_none_is_refused(
    client: FlaskClient, session: Session, programme: Programme, card: Card
) -> None:
    other = make_run(session, programme, make_public_pioneer(session, programme).id)[1][0]
    assert leave(client, card, begun=begun(client, other)).status_code == 400
    assert client.post(f"/k/{card.code}", data=ASKED).status_code == 400
    assert count(session, Lead) == 0


def test_html_in_a_question_is_text(client: FlaskClient, session: Session, card: Card) -> None:
    answer = leave(client, card, text="<script>alert(1)</script>", email="")
    assert b"<script>alert" not in answer.data
    assert b"&lt;script&gt;" in answer.data


def test_one_address_is_not_flooded_and_nobody_sees_that(
    app: Flask, client: FlaskClient, session: Session, card: Card
) -> None:
    answers = [
        leave(client, card, kind="question", text=f"Vraag {each}", email="vol@drost.example")
        for each in range(8)
    ]
    assert {answer.status_code for answer in answers} == {303}
    assert count(session, Lead) == 8, "what they left is kept"
    mails = select(func.count()).where(MailMessage.to_address == "vol@drost.example")
    assert session.scalar(mails) == 5


def test_pressing_the_button_twice_leaves_details_once(
    client: FlaskClient, session: Session, card: Card
) -> None:
    moment = begun(client, card)
    answers = [leave(client, card, begun=moment, email="twee@drost.example") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    assert count(session, Lead) == 1


def test_a_card_that_was_withdrawn_meanwhile_takes_nothing(
    client: FlaskClient, session: Session, card: Card
) -> None:
    moment = begun(client, card)
    card.withdrawn_at, card.withdrawn_because = clock.now(), "Verloren"
    session.flush()
    data = ASKED | {"begun": moment, "email": "laat@drost.example"}
    assert client.post(f"/k/{card.code}?s", data=data).status_code == 410
    assert count(session, Lead) == 0


def test_after_the_programme_cards_keep_working(
    client: FlaskClient, session: Session, programme: Programme, card: Card
) -> None:
    programme.ends_on = clock.today() - timedelta(days=1)
    session.flush()
    assert leave(client, card).status_code == 303
    lead = session.scalars(select(Lead)).one()
    assert lead.question_id is not None
    assert lead.contact_id is None


def test_the_thanks_are_the_same_for_everybody(client: FlaskClient, card: Card) -> None:
    assert client.get(f"/k/{card.code}/dank").status_code == 200
    assert client.get("/k/AAAAAAB/dank").status_code == 404
