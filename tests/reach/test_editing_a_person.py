"""People: the list, the page of one, changing them, and their companies over time."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.actions import CompanyFacts, PersonFacts, add_company, add_person
from pioneers.companies.models import Company, Person
from pioneers.programmes.models import Programme
from pioneers.reach.dossier import work_of
from pioneers.reach.phones import clean_phone, written_phone
from tests.client import log_in
from tests.factories import Personas, make_company, make_contact, make_person
from tests.reach.browsing import sent_by

LIST = "/p/overijssel/personen"


@pytest.fixture
def company(session: Session, programme: Programme) -> Company:
    """A company."""
    draft = CompanyFacts(name="Zandbelt Zuivel")
    return add_company(session, programme=programme, draft=draft, actor_id=None)


@pytest.fixture
def person(session: Session, programme: Programme, company: Company) -> Person:
    """Somebody who can be found."""
    draft = PersonFacts(
        first_name="Anne", infix="van der", family_name="Drost", email="anne@zuivel.example"
    )
    taken = add_person(
        session,
        programme=programme,
        draft=draft,
        company=company,
        day=date(2017, 3, 12),
        actor_id=None,
    )
    return session.get_one(Person, taken.person_id)


def test_somebody_is_found_in_the_list_and_opened(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, person: Person
) -> None:
    make_person(session, programme, first_name="Wim", family_name="Ander")
    log_in(client, personas.leader)
    page = client.get(f"{LIST}?q=drost").text
    assert "Anne van der Drost" in page
    assert "Zandbelt Zuivel" in page
    assert "Ander" not in page
    page = client.get(f"{LIST}/{person.id}").text
    assert "Nog niet bewust gemaakt" in page
    assert "sinds 12 maart 2017" in page
    assert "Niemand gevonden" in client.get(f"{LIST}?q=zzz").text
    assert "anne@zuivel.example" in client.get(f"{LIST}/export?formaat=csv").text


def test_a_person_is_changed_and_the_phone_number_kept_in_one_form(
    client: FlaskClient, session: Session, personas: Personas, person: Person
) -> None:
    log_in(client, personas.leader)
    path = f"{LIST}/{person.id}/wijzig"
    data = sent_by(client.get(path).text) | {
        "infix": "van den",
        "phone": "038 - 123 45 67",
        "email": "Anne@Nieuw.example",
        "function": "directeur",
    }
    response = client.post(path, data=data)
    assert response.status_code == 303, response.text
    session.refresh(person)
    assert (person.phone, person.email) == ("+31381234567", "anne@nieuw.example")
    page = client.get(response.location).text
    assert "Anne van den Drost" in page
    assert "038 123 4567" in page
    assert "directeur" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [("family_name", ""), ("email", "anne@zuivel"), ("phone", "12"), ("phone", "bellen")],
)
def test_what_cannot_be_is_said_at_its_field(
    client: FlaskClient,
    session: Session,
    personas: Personas,
    person: Person,
    field: str,
    typed: str,
) -> None:
    log_in(client, personas.leader)
    path = f"{LIST}/{person.id}/wijzig"
    response = client.post(path, data=sent_by(client.get(path).text) | {field: typed})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert person.family_name == "Drost"


def test_the_second_editor_sees_what_the_first_changed_and_loses_nothing(
    client: FlaskClient, session: Session, personas: Personas, person: Person
) -> None:
    log_in(client, personas.leader)
    path = f"{LIST}/{person.id}/wijzig"
    opened = sent_by(client.get(path).text)
    assert client.post(path, data=opened | {"function": "eigenaar"}).status_code == 303
    second = client.post(path, data=opened | {"first_name": "Anna"})
    assert second.status_code == 409
    assert "eigenaar" in second.text
    assert client.post(path, data=sent_by(second.text)).status_code == 303
    session.refresh(person)
    assert (person.first_name, person.function) == ("Anna", "eigenaar")


def test_a_person_goes_to_another_company_from_a_day(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, person: Person
) -> None:
    other = make_company(session, programme, name="Koster Drukkerij", kvk_number="01234567")
    log_in(client, personas.leader)
    path = f"{LIST}/{person.id}/bedrijf"
    data = {"company": "koster drukkerij bv", "from_day": "1-6-2018", "leaves": "y"}
    assert client.post(path, data=data).status_code == 303
    present, former = work_of(session, [person.id])
    assert (present.company_id, present.from_day) == (other.id, date(2018, 6, 1))
    assert (former.company_name, former.to_day) == ("Zandbelt Zuivel", date(2018, 6, 1))


def test_a_company_that_is_not_clear_is_asked_for(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, person: Person
) -> None:
    twins = [make_company(session, programme, name="Bakker") for _ in range(2)]
    log_in(client, personas.leader)
    path = f"{LIST}/{person.id}/bedrijf"
    data = {"company": "Bakker", "from_day": "1-6-2018"}
    response = client.post(path, data=data)
    assert response.status_code == 422
    assert f"#{twins[1].id}" in response.text
    unknown = client.post(path, data=data | {"company": "bestaat niet"})
    assert "Geen bedrijf heet zo" in unknown.text
    early = client.post(path, data=data | {"company": f"#{twins[1].id}", "leaves": "y"})
    assert early.status_code == 303
    assert len(work_of(session, [person.id])) == 2


def test_leaving_before_arriving_is_refused_at_the_day(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, person: Person
) -> None:
    make_company(session, programme, name="Koster", kvk_number="01234567")
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    data = {"company": "01234567", "from_day": "1-1-2016", "leaves": "y"}
    response = client.post(f"{LIST}/{person.id}/bedrijf", data=data)
    assert response.status_code == 422
    assert 'id="from_day-error"' in response.text
    assert [row.to_day for row in work_of(session, [person.id])] == [None]


def test_an_erased_person_has_no_name_and_cannot_be_changed(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, person: Person
) -> None:
    company = make_company(session, programme)
    make_contact(session, programme, company_id=company.id, person_id=person.id)
    person.first_name = person.infix = person.family_name = ""
    person.email, person.erased_at = None, clock.now()
    log_in(client, personas.leader)
    page = client.get(f"{LIST}/{person.id}").text
    assert "Verwijderde persoon" in page
    assert "Wijzigen" not in page
    assert client.get(f"{LIST}/{person.id}/wijzig").status_code == 404
    assert f'href="{LIST}/{person.id}"' not in client.get(LIST).text
    assert "Verwijderde persoon" in client.get(f"/p/overijssel/bedrijven/{company.id}").text


def test_only_who_may_see_people_does(
    client: FlaskClient, personas: Personas, person: Person
) -> None:
    tails = ("", "/export", f"/{person.id}", f"/{person.id}/wijzig", f"/{person.id}/bedrijf")
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        assert {client.get(LIST + tail).status_code for tail in tails} == {expected}
    elsewhere = f"/p/{personas.elsewhere.slug}/personen/{person.id}"
    assert client.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [
        ("06-12345678", "+31612345678", "06 12345678"),
        ("+31 (0)38 123 45 67", "+31381234567", "038 123 4567"),
        ("+49 30 901820", "+4930901820", "+49 30 901820"),
        ("0800", None, ""),
    ],
)
def test_phone_numbers_are_read_and_written(typed: str, kept: str | None, written: str) -> None:
    assert clean_phone(typed) == kept
    assert written_phone(kept) == written
