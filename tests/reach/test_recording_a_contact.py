"""Contacts by hand: recorded from a company's and a person's page, and taken back."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Person
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel, Measures, VoidReason
from tests.client import log_in
from tests.factories import Personas, make_company, make_contact, make_fan, make_person

HOME = "/p/overijssel"
FORM = {
    "day": "12-3-2017",
    "channel": "conversation",
    "person": "",
    "new_name": "",
    "new_email": "",
    "evidence": "self_declared",
    "pioneer": "",
    "fan": "",
}


def now(session: Session, programme: Programme) -> Measures:
    """The figures."""
    return figures(session, programme, current_scope(programme, clock.today()))


def test_a_contact_makes_the_company_aware(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    person = make_person(session, programme, company)
    fan = make_fan(session, programme)
    log_in(client, personas.leader)
    data = FORM | {"person": str(person.id), "fan": str(fan.id)}
    response = client.post(f"{HOME}/bedrijven/{company.id}/contact", data=data)
    assert response.status_code == 303, response.text
    contact = session.scalars(select(Contact)).one()
    assert (contact.person_id, contact.company_id, contact.fan_id) == (
        person.id,
        company.id,
        fan.id,
    )
    assert (contact.channel, contact.evidence) == (Channel.CONVERSATION, Evidence.SELF_DECLARED)
    assert contact.recorded_by_id == personas.leader.id
    page = client.get(response.location).text
    assert "Bewust gemaakte bedrijven: van 0 naar 1." in page


def test_a_new_person_is_added_with_the_contact(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    log_in(client, personas.leader)
    data = FORM | {
        "person": "new",
        "new_name": "Drost, van der A. (Anne)",
        "new_email": "Anne@Drost.example",
    }
    assert client.post(f"{HOME}/bedrijven/{company.id}/contact", data=data).status_code == 303
    person = session.scalars(select(Person)).one()
    assert (person.first_name, person.infix, person.family_name) == ("Anne", "van der", "Drost")
    assert person.email == "anne@drost.example"
    assert session.scalars(select(Contact)).one().person_id == person.id
    assert "Anne van der Drost" in client.get(f"{HOME}/bedrijven/{company.id}").text


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"day": "31-12-2099"}, "day", "ligt in de toekomst"),
        ({"day": "31-12-2015"}, "day", "nog niet begonnen"),
        ({"day": "1-1-2020"}, "day", "al afgelopen"),
        ({"day": "gisteren"}, "day", "12-3-2017"),
        ({"evidence": ""}, "evidence", "Kies er een"),
        ({"person": "new"}, "new_name", "Vul de naam"),
        ({"new_name": "Anne Drost"}, "person", "nieuwe naam"),
        ({"person": "999999"}, "person", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    given: dict[str, str],
    field: str,
    words: str,
) -> None:
    company = make_company(session, programme)
    log_in(client, personas.leader)
    path = f"{HOME}/bedrijven/{company.id}/contact"
    response = client.post(path, data=FORM | given)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert words in response.text
    assert session.scalars(select(Contact)).all() == []


def test_a_refused_day_leaves_no_new_person(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    data = FORM | {"day": "1-1-2020", "person": "new", "new_name": "Anne Drost"}
    assert client.post(f"{HOME}/bedrijven/{company.id}/contact", data=data).status_code == 422
    assert session.scalars(select(Person)).all() == []


def test_a_contact_is_recorded_from_the_persons_page(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    person = make_person(session, programme, company)
    log_in(client, personas.leader)
    path = f"{HOME}/personen/{person.id}/contact"
    assert company.name in client.get(path).text
    response = client.post(path, data=FORM | {"company": str(company.id)})
    assert response.status_code == 303, response.text
    assert now(session, programme) == Measures(1, 1, 1, 1)


def test_taking_back_shows_the_consequence_first_and_writes_nothing(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    contact_id = make_contact(session, programme)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    page = client.get(f"{HOME}/contacten/{contact_id}/neem-terug").text
    assert "Bewust gemaakte bedrijven: van 1 naar 0." in page
    assert now(session, programme).companies == 1
    assert session.get_one(Contact, contact_id).voided_at is None


def test_a_contact_is_taken_back_with_a_reason_once(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    contact_id = make_contact(session, programme)
    log_in(client, personas.leader)
    path = f"{HOME}/contacten/{contact_id}/neem-terug"
    assert client.post(path, data={}).status_code == 422
    session.commit()
    assert client.post(path, data={"reason": "not_present"}).status_code == 303
    contact = session.get_one(Contact, contact_id)
    assert contact.void_reason == VoidReason.NOT_PRESENT
    assert now(session, programme).companies == 0
    again = client.post(path, data={"reason": "wrong_day"})
    assert "al teruggenomen" in client.get(again.location).text
    assert session.get_one(Contact, contact_id).void_reason == VoidReason.NOT_PRESENT


def test_only_who_may_record_records_and_takes_back(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme)
    person = make_person(session, programme, company)
    contact_id = make_contact(session, programme)
    paths = (
        f"{HOME}/bedrijven/{company.id}/contact",
        f"{HOME}/personen/{person.id}/contact",
        f"{HOME}/contacten/{contact_id}/neem-terug",
    )
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        for path in paths:
            assert client.post(path, data=FORM).status_code == expected
    log_in(client, personas.stranger)
    elsewhere = f"/p/{personas.elsewhere.slug}/contacten/{contact_id}/neem-terug"
    assert client.post(elsewhere, data={"reason": "wrong_day"}).status_code == 404
