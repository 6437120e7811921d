"""The counting rules: seen first, then confirmed, then in force for every figure."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.check import check
from pioneers.reach.figures import current_scope, figures
from tests.client import log_in
from tests.factories import Personas, make_company, make_contact

PATH = "/p/overijssel/instellingen/tellen"
FORM = {
    "threshold": "self_declared",
    "employees_min": "2",
    "employees_max": "249",
    "turnover_max": "50.000.000",
    "balance_max": "43.000.000",
    "version": "1",
}


def test_a_change_is_shown_before_it_is_made(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    company = make_company(session, programme, employees=3)
    make_contact(session, programme)
    make_contact(session, programme, company_id=company.id, evidence=Evidence.CONFIRMED)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    assert "50.000.000" in client.get(PATH).text.replace("50000000", "50.000.000")
    seen = client.post(PATH, data=FORM)
    assert seen.status_code == 200
    assert "Er is nog niets opgeslagen" in seen.text
    scope = current_scope(programme, clock.today())
    assert figures(session, programme, scope).companies == 2
    sent = FORM | {"turnover_max": "50000000", "balance_max": "43000000", "confirmed": "1"}
    assert client.post(PATH, data=sent).status_code == 303
    after = figures(session, programme, scope)
    assert (after.companies, after.companies_in_target_group) == (1, 1)
    assert after.participations == 2
    assert check(session, programme) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"threshold": "headcount"}, "threshold"),
        ({"employees_min": ""}, "employees_min"),
        ({"employees_min": "300"}, "employees_max"),
        ({"turnover_max": "veel"}, "turnover_max"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: FlaskClient, programme: Programme, personas: Personas, given: dict[str, str], field: str
) -> None:
    log_in(client, personas.leader)
    response = client.post(PATH, data=FORM | given)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert programme.version == 1


def test_who_saves_over_a_change_sees_how_it_stands(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    programme.version = 2
    session.commit()
    response = client.post(PATH, data=FORM | {"confirmed": "1"})
    assert "intussen gewijzigd" in client.get(response.location).text
    assert programme.employees_min == 6


def test_only_who_manages_the_programme_changes_them(
    client: FlaskClient, programme: Programme, personas: Personas
) -> None:
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        assert client.post(PATH, data=FORM).status_code == expected
    assert programme.employees_min == 6
