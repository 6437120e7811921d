"""Adding and changing a company by hand, two people at once among them."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Company
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.rules import Measures
from tests.client import log_in
from tests.factories import Personas, make_company, make_contact
from tests.reach.browsing import sent_by

LIST = "/p/overijssel/bedrijven"


def now(session: Session, programme: Programme) -> Measures:
    """The figures."""
    return figures(session, programme, current_scope(programme, clock.today()))


def test_a_company_is_added_with_numbers_as_the_dutch_write_them(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    data = sent_by(client.get(f"{LIST}/nieuw").text) | {
        "name": "Mulder Metaal B.V.",
        "kvk_number": "8123456",
        "employees": "1.250",
        "turnover": "12.500.000",
        "postcode": "8011ab",
        "web_domain": "https://www.muldermetaal.example/over",
        "sector_code": "25.62",
    }
    response = client.post(f"{LIST}/nieuw", data=data)
    assert response.status_code == 303, response.text
    company = session.scalars(select(Company)).one()
    assert (company.kvk_number, company.employees) == ("08123456", 1250)
    assert (company.turnover, company.postcode) == (12_500_000, "8011 AB")
    assert company.target_verdict == Verdict.NO
    assert "1.250" in client.get(response.location).text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("kvk_number", "12"),
        ("employees", "twaalf"),
        ("employees", "-1"),
        ("postcode", "Zwolle"),
        ("web_domain", "gmail.com"),
        ("sector_code", "zz9"),
        ("establishment_number", "1"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: FlaskClient, personas: Personas, field: str, typed: str
) -> None:
    log_in(client, personas.leader)
    data = sent_by(client.get(f"{LIST}/nieuw").text) | {"name": "Koster", field: typed}
    response = client.post(f"{LIST}/nieuw", data=data)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text


def test_a_number_that_another_company_has_links_to_it(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    holder = make_company(session, programme, name="Al Bekend", kvk_number="01234567")
    company = make_company(session, programme)
    log_in(client, personas.leader)
    path = f"{LIST}/{company.id}/wijzig"
    data = sent_by(client.get(path).text) | {"kvk_number": "01234567"}
    response = client.post(path, data=data)
    assert response.status_code == 422
    assert "Al Bekend heeft dit nummer al." in response.text
    assert f'href="{LIST}/{holder.id}"' in response.text
    assert f"/samenvoegen/bedrijf/{company.id}/{holder.id}" in response.text


def test_changing_the_employees_moves_the_company_into_the_target_group(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, employees=2)
    make_contact(session, programme, company_id=company.id)
    assert now(session, programme).companies_in_target_group == 0
    log_in(client, personas.leader)
    path = f"{LIST}/{company.id}/wijzig"
    data = sent_by(client.get(path).text) | {"employees": "20"}
    response = client.post(path, data=data)
    assert response.status_code == 303, response.text
    assert now(session, programme).companies_in_target_group == 1
    page = client.get(response.location).text
    assert "Wat hieraan is gewijzigd" in page
    assert "werknemers" in page


def test_the_second_editor_sees_what_the_first_changed_and_loses_nothing(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, name="Oud", employees=20, place="Zwolle")
    log_in(client, personas.leader)
    path = f"{LIST}/{company.id}/wijzig"
    opened = sent_by(client.get(path).text)
    first: dict[str, Any] = opened | {"employees": "30", "place": "Ommen"}
    assert client.post(path, data=first).status_code == 303
    second = client.post(path, data=opened | {"name": "Nieuw", "employees": "40"})
    assert second.status_code == 409
    assert "Er is niets verloren" in second.text
    assert "Leider" in second.text
    form = sent_by(second.text)
    assert (form["name"], form["employees"], form["place"]) == ("Nieuw", "40", "Ommen")
    session.refresh(company)
    assert (company.name, company.employees) == ("Oud", 30)
    assert client.post(path, data=form).status_code == 303
    session.refresh(company)
    assert (company.name, company.employees, company.place) == ("Nieuw", 40, "Ommen")


def test_only_who_may_edit_can_add_and_change(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, name="Oud")
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        for path in (f"{LIST}/nieuw", f"{LIST}/{company.id}/wijzig"):
            assert client.post(path, data={"name": "Anders"}).status_code == expected
    assert company.name == "Oud"
