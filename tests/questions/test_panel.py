"""What people and companies asked, on their pages, and the list that these open."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.companies.models import Person
from pioneers.programmes.models import Programme
from pioneers.questions.models import Question
from pioneers.reach.changes import merge_companies, merge_people
from pioneers.reach.models import Contact
from tests.client import log_in
from tests.factories import Personas, make_company, make_person, make_programme
from tests.questions.scene import ask_one

NETWORK = "/p/overijssel"
DESK = f"{NETWORK}/vragen"


@pytest.fixture
def leader(client: FlaskClient, running: Programme, personas: Personas) -> FlaskClient:
    """The leader's browser."""
    log_in(client, personas.leader)
    return client


def merged(session: Session, programme: Programme, question: Question) -> tuple[int, int]:
    """A company and a person that those of the question turned out to be."""
    company = make_company(session, programme, name="Metaal Groep")
    person = make_person(session, programme, company, first_name="Annelies", family_name="Vries")
    for merge, loser, winner in (
        (merge_companies, question.company_id, company.id),
        (merge_people, question.person_id, person.id),
    ):
        assert loser is not None
        merge(session, programme=programme, loser_id=loser, winner_id=winner, actor_id=None)
    return company.id, person.id


def test_the_pages_show_what_was_asked_and_how_it_stands(
    leader: FlaskClient, question: Question
) -> None:
    for path in (f"bedrijven/{question.company_id}", f"personen/{question.person_id}"):
        page = leader.get(f"{NETWORK}/{path}").text
        assert f'href="{DESK}/{question.id}"' in page
        assert "Hoe laat ik een ploeg zelf roosteren?" in page
        assert "nieuw" in page


def test_questions_follow_who_was_merged(
    leader: FlaskClient, session: Session, running: Programme, question: Question
) -> None:
    before = {"bedrijf": question.company_id, "persoon": question.person_id}
    company_id, person_id = merged(session, running, question)
    other = ask_one(session, running, text="Iets anders", name="Bert Brink", company="", email=None)
    for path in (f"bedrijven/{company_id}", f"personen/{person_id}"):
        assert f'href="{DESK}/{question.id}"' in leader.get(f"{NETWORK}/{path}").text
    for name, kept, shown in (
        ("bedrijf", company_id, "Alleen vragen van: Metaal Groep"),
        ("persoon", person_id, "Alleen vragen van: Annelies Vries"),
    ):
        for asked in (kept, before[name]):
            page = leader.get(f"{DESK}?{name}={asked}").text
            assert shown in page
            assert f'href="{DESK}/{question.id}"' in page
            assert f'href="{DESK}/{other.id}"' not in page


def test_a_page_without_questions_offers_to_note_one(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, running)
    page = leader.get(f"{NETWORK}/bedrijven/{company.id}").text
    assert "Nog niets gevraagd." in page
    assert f"/vragen/nieuw?bedrijf={company.id}" in page


def test_more_than_five_questions_lead_to_the_list(
    leader: FlaskClient, session: Session, running: Programme, question: Question
) -> None:
    for number in range(6):
        ask_one(session, running, text=f"Vraag {number}")
    page = leader.get(f"{NETWORK}/bedrijven/{question.company_id}").text
    assert "Alle 7 vragen" in page
    assert f"status=all&amp;bedrijf={question.company_id}" in page


def test_a_question_noted_on_a_page_is_of_that_person(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, running, name="Bosch Bouw")
    facts = {"first_name": "Karin", "infix": "", "family_name": "Bos", "email": "k@bosch.example"}
    person = make_person(session, running, company, **facts)
    path = f"{DESK}/nieuw?persoon={person.id}"
    page = leader.get(path).text
    for value in ("Karin Bos", "Bosch Bouw", "k@bosch.example"):
        assert f'value="{value}"' in page
    assert f'action="{path}"' in page
    data = {"text": "Hoe?", "asked_by": "call", "name": "Karin Bos", "company": "Bosch Bouw"}
    assert leader.post(path, data=data).status_code == 303
    asked = session.scalars(select(Question)).one()
    assert (asked.person_id, asked.company_id) == (person.id, company.id)
    contact = session.get_one(Contact, asked.contact_id)
    assert (contact.person_id, contact.company_id) == (person.id, company.id)


def test_another_name_is_another_person(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, running, name="Bosch Bouw")
    data = {"text": "Hoe?", "asked_by": "call", "name": "Piet Pen", "company": "Bosch Bouw"}
    assert leader.post(f"{DESK}/nieuw?bedrijf={company.id}", data=data).status_code == 303
    asked = session.scalars(select(Question)).one()
    assert asked.company_id == company.id
    assert session.get_one(Person, asked.person_id).family_name == "Pen"
    assert leader.post(f"{DESK}/nieuw?bedrijf={company.id}", data=data).status_code == 303
    again = session.scalars(select(Question).order_by(Question.id.desc())).first()
    assert again is not None
    assert (again.person_id, again.company_id) == (asked.person_id, company.id)


def test_somebody_of_another_programme_is_not_filled_in(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, make_programme(session), name="Elders")
    assert leader.get(f"{DESK}/nieuw?bedrijf={company.id}").status_code == 404
    page = leader.get(f"{DESK}?bedrijf={company.id}")
    assert page.status_code == 200
    assert "Elders" not in page.text
