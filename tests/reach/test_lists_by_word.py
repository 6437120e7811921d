"""Lists of companies and people that are asked for by words which many records match."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.companies.actions import CompanyFacts, add_company
from pioneers.companies.models import Company
from pioneers.programmes.models import Programme
from pioneers.reach import by_word
from pioneers.search import asking, queries
from pioneers.search.actions import NewEntry, index
from pioneers.search.models import Kind
from tests.client import log_in
from tests.factories import Personas, make_company, make_person

COMPANIES = "/p/overijssel/bedrijven"
PEOPLE = "/p/overijssel/personen"
MANY = 90
NOT_ALL = "Niet alles wat voldoet, staat hier"


@pytest.fixture
def bakeries(
    session: Session, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> list[Company]:
    """More companies than a list by word is content with; the oldest is in another place."""
    monkeypatch.setattr(asking, "NEWEST", 70)
    monkeypatch.setattr(queries, "LIST_LOOK", 70)
    monkeypatch.setattr(by_word, "ENOUGH", 15)
    return [
        add_company(
            session,
            programme=programme,
            draft=CompanyFacts(
                name=f"Bakkerij Nummer{number:03}", place="Zwolle" if number else "Deventer"
            ),
            actor_id=None,
        )
        for number in range(MANY)
    ]


def test_a_list_by_a_common_word_says_that_it_is_not_all(
    client: FlaskClient, bakeries: list[Company], personas: Personas
) -> None:
    log_in(client, personas.leader)
    page = client.get(f"{COMPANIES}?q=bakkerij").text
    assert NOT_ALL in page
    assert "Een export bevat alles wat voldoet, tot 20.000." in page
    assert NOT_ALL not in client.get(COMPANIES).text
    rare = client.get(f"{COMPANIES}?q=nummer007").text
    assert NOT_ALL not in rare
    assert "Bakkerij Nummer007" in rare


def test_an_export_by_word_has_everything(
    client: FlaskClient, bakeries: list[Company], personas: Personas
) -> None:
    log_in(client, personas.leader)
    sheet = client.get(f"{COMPANIES}/export?q=bakkerij&formaat=csv").text
    assert sheet.count("Bakkerij Nummer") == MANY


def test_a_filter_beside_a_common_word_is_held_against_all_that_match(
    client: FlaskClient, bakeries: list[Company], personas: Personas
) -> None:
    oldest = bakeries[0]
    log_in(client, personas.leader)
    page = client.get(f"{COMPANIES}?q=bakkerij&gemeente={oldest.municipality_code}").text
    assert oldest.name in page
    assert bakeries[1].name not in page
    assert NOT_ALL not in page


def test_people_by_a_common_word_are_listed_likewise(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    bakeries: list[Company],
) -> None:
    company = make_company(session, programme)
    people = [
        make_person(session, programme, company, first_name="Anne", family_name=f"Vos{number:03}")
        for number in range(MANY)
    ]
    entries = [
        NewEntry(programme.id, Kind.PERSON, each.id, f"Anne {each.family_name}", "", "")
        for each in people
    ]
    index(session, entries)
    log_in(client, personas.leader)
    assert NOT_ALL in client.get(f"{PEOPLE}?q=anne").text
    assert NOT_ALL not in client.get(f"{PEOPLE}?q=anne&bewust=nee").text
    sheet = client.get(f"{PEOPLE}/export?q=anne&formaat=csv").text
    assert sheet.count("Anne Vos") == MANY
