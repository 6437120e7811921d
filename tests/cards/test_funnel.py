"""From print run to action, and the records behind each number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards.counting import Hit
from pioneers.cards.funnel import By, Line, funnel_of
from pioneers.cards.models import Came, Card, Lead, LeadKind
from pioneers.cards.queries import results_of
from pioneers.cards.visitors import Visitor, hour_of
from pioneers.cards.visits import write
from pioneers.companies.models import Company, Person
from pioneers.events.attendance import record_attendance
from pioneers.events.rules import Present
from pioneers.programmes.models import Programme
from pioneers.reach.activations import propose_activation, verify_activation
from tests import factories as make
from tests.cards.making import make_public_pioneer, make_run
from tests.client import log_in
from tests.factories import Personas

TALK, PRINTED = date(2017, 5, 11), date(2017, 4, 1)


def hit(card: Card, day: date, number: int, came: Came = Came.SCANNED) -> Hit:
    """Somebody who comes on a day."""
    moment = datetime(day.year, day.month, day.day, 19, tzinfo=UTC)
    visitor = number.to_bytes(16)
    return Hit(card.id, card.run_id, Visitor.PERSON, came, day, hour_of(moment), visitor)


def lead(session: Session, card: Card, person: Person, company: Company, day: date) -> Lead:
    """Somebody leaves details on a day."""
    made = Lead(
        card_id=card.id,
        kind=LeadKind.NEWS,
        at=datetime(day.year, day.month, day.day, 20, tzinfo=UTC),
        came=Came.SCANNED,
        person_id=person.id,
        company_id=company.id,
    )
    session.add(made)
    session.flush()
    return made


class Scene:
    """A pioneer speaks, two cards are followed, one company comes into action."""

    def __init__(self, session: Session, programme: Programme, actor_ids: tuple[int, int]) -> None:
        self.session, self.programme = session, programme
        self.pioneer = make_public_pioneer(session, programme)
        self.talk = make.make_event(
            session, programme, title="Loslaten", day=TALK, pioneers=[self.pioneer]
        )
        self.run, self.cards = make_run(session, programme, self.pioneer.id, printed_on=PRINTED)
        one, other = self.cards[:2]
        write(
            session.connection(),
            [
                hit(one, TALK, 1),
                hit(one, TALK, 1),  # the same person in the same hour
                hit(one, TALK + timedelta(days=2), 2, Came.TYPED),
                hit(other, TALK + timedelta(days=30), 3),
            ],
        )
        session.expire_all()
        self.company = make.make_company(session, programme)
        self.person = make.make_person(session, programme, self.company)
        lead(session, one, self.person, self.company, TALK + timedelta(days=2))
        company = make.make_company(session, programme)
        stranger = make.make_person(session, programme, company)
        lead(session, other, stranger, company, TALK + timedelta(days=31))
        self._afterwards(actor_ids)

    def _afterwards(self, actor_ids: tuple[int, int]) -> None:
        session, programme = self.session, self.programme
        later = make.make_event(session, programme, day=TALK + timedelta(days=12))
        present = [Present(self.person.id, self.company.id)]
        record_attendance(session, programme=programme, event=later, present=present, actor_id=None)
        activation = propose_activation(
            session,
            programme=programme,
            company_id=self.company.id,
            kind_id=make.make_activation_kind(session, programme).id,
            day=TALK + timedelta(days=22),
            proof="Offerte van een adviseur",
            actor_id=actor_ids[0],
        )
        session.flush()
        verify_activation(
            session, programme=programme, activation=activation, actor_id=actor_ids[1]
        )


@pytest.fixture
def scene(session: Session, programme: Programme, personas: Personas) -> Scene:
    """Everything above."""
    return Scene(session, programme, (personas.leader.id, personas.administrator.id))


def numbers(line: Line) -> tuple[int, int, int, int, int]:
    """Visits by picture and by hand, details, at an event, in action."""
    return line.scanned, line.typed, line.details, line.events, line.actions


def test_each_step_is_counted_with_the_days_between(scene: Scene) -> None:
    total = funnel_of(scene.session, scene.programme, By.PIONEER).total
    assert total.cards == 10
    assert numbers(total) == (2, 1, 2, 1, 1)
    assert total.days_to_visit == (40 + 70) / 2
    assert total.days_to_details == (2 + 1) / 2
    assert total.days_to_event == 10
    assert total.days_to_action == 20


def test_it_is_broken_down_by_pioneer_print_run_and_talk(scene: Scene) -> None:
    lines = {by: funnel_of(scene.session, scene.programme, by).lines for by in (By.PIONEER, By.RUN)}
    assert [(line.key, numbers(line)) for line in lines[By.PIONEER]] == [
        (scene.pioneer.id, (2, 1, 2, 1, 1))
    ]
    assert [(line.key, numbers(line)) for line in lines[By.RUN]] == [
        (scene.run.id, (2, 1, 2, 1, 1))
    ]
    (talk,) = funnel_of(scene.session, scene.programme, By.TALK).lines
    assert (talk.key, numbers(talk)) == (scene.talk.id, (1, 1, 1, 1, 1))


def test_what_happened_before_somebody_left_details_is_not_thanks_to_the_card(
    session: Session, programme: Programme
) -> None:
    pioneer = make_public_pioneer(session, programme)
    card = make_run(session, programme, pioneer.id, printed_on=PRINTED)[1][0]
    company = make.make_company(session, programme)
    person = make.make_person(session, programme, company)
    event = make.make_event(session, programme, day=TALK)
    present = [Present(person.id, company.id)]
    record_attendance(session, programme=programme, event=event, present=present, actor_id=None)
    lead(session, card, person, company, TALK + timedelta(days=1))
    total = funnel_of(session, programme, By.RUN).total
    assert numbers(total) == (0, 0, 1, 0, 0)


def test_every_number_opens_to_its_records(
    scene: Scene, client: FlaskClient, personas: Personas
) -> None:
    log_in(client, personas.leader)
    url = f"/p/{scene.programme.slug}/kaartjes/trechter"
    for per in ("pionier", "oplage", "optreden", "onzin"):
        assert client.get(f"{url}?per={per}").status_code == 200
    opened = {
        step: client.get(f"{url}/gegevens?stap={step}").get_data(as_text=True)
        for step in ("gegevens", "bijeenkomst", "actie")
    }
    name = scene.person.family_name
    assert "2 keer, via een kaartje" in opened["gegevens"]
    assert "Eén keer, via een kaartje" in opened["bijeenkomst"]
    assert "Eén bedrijf. Daarvandaan zijn één keer" in opened["actie"]
    assert all(name in text for text in opened.values())
    of_talk = client.get(f"{url}/gegevens?per=optreden&van={scene.talk.id}")
    assert "Eén keer" in of_talk.get_data(as_text=True)
    assert client.get(f"{url}/gegevens?per=oplage&van=999999").status_code == 404
    assert client.get(f"{url}/gegevens?per=oplage&van=x").status_code == 404


def test_the_results_of_a_pioneer_are_told(scene: Scene) -> None:
    results = results_of(scene.session, scene.programme, scene.pioneer.id, date(2017, 1, 1))
    assert (results.scans, results.typed, results.leads) == (2, 1, 2)
    assert (results.after_card, results.by_talk) == (1, 0)
    later = results_of(scene.session, scene.programme, scene.pioneer.id, clock.today())
    assert (later.scans, later.leads, later.after_card) == (0, 0, 0)


def test_there_is_nothing_to_show_without_cards(
    client: FlaskClient, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert "Nog geen kaartjes" in client.get(f"/p/{programme.slug}/kaartjes/trechter").text
    assert "Nog geen kaartjes" in client.get(f"/p/{programme.slug}/kaartjes").text
