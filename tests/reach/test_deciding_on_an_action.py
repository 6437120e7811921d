"""Actions of companies: recorded with proof, verified or rejected by a second person."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Role
from pioneers.companies.models import Company
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.reach.activations import propose_activation, verify_activation
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus, Rejection, VoidReason
from tests.client import log_in
from tests.factories import (
    Personas,
    make_activation_kind,
    make_company,
    make_fan,
    make_user,
)

HOME = "/p/overijssel"
FORM = {
    "day": "12-3-2017",
    "proof": "Verslag in het archief",
    "person": "",
    "pioneer": "",
    "fan": "",
    "occasion": "",
}


@pytest.fixture
def second(session: Session, programme: Programme) -> User:
    """Another project leader."""
    return make_user(session, Role.PROJECT_LEADER, programme, name="Henk Vos")


@pytest.fixture
def company(session: Session, programme: Programme) -> Company:
    """A company."""
    return make_company(session, programme, name="Mulder Metaal")


def kind_of(session: Session, programme: Programme) -> ActivationKind:
    """The one action in the catalogue."""
    kinds = select(ActivationKind).where(ActivationKind.programme_id == programme.id)
    return session.scalars(kinds).one()


def proposed(session: Session, programme: Programme, company: Company, by: User) -> Activation:
    """An action that waits for verification."""
    return propose_activation(
        session,
        programme=programme,
        company_id=company.id,
        kind_id=kind_of(session, programme).id,
        day=clock.today().replace(year=2017, month=3, day=12),
        proof="Verslag in het archief",
        actor_id=by.id,
    )


def activated(session: Session, programme: Programme) -> int:
    """How many companies count as activated."""
    scope = current_scope(programme, clock.today())
    return figures(session, programme, scope).activated_companies


def test_an_action_is_recorded_with_its_proof_and_waits(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
) -> None:
    fan = make_fan(session, programme)
    log_in(client, personas.leader)
    path = f"{HOME}/bedrijven/{company.id}/actie"
    assert "Plan voor slimmer werken" in client.get(path).text
    kind = str(kind_of(session, programme).id)
    response = client.post(path, data=FORM | {"kind": kind, "fan": str(fan.id)})
    assert response.status_code == 303, response.text
    made = session.scalars(select(Activation)).one()
    assert (made.proof, made.fan_id) == ("Verslag in het archief", fan.id)
    assert activated(session, programme) == 0
    assert "Wacht op controle" in client.get(response.location).text
    assert "1 actie wacht op controle." in client.get(f"{HOME}/activaties").text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"proof": " "}, "proof"),
        ({"kind": ""}, "kind"),
        ({"kind": "99999"}, "kind"),
        ({"day": "31-12-2099"}, "day"),
        ({"day": "31-12-2015"}, "day"),
        ({"person": "99999"}, "person"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    given: dict[str, str],
    field: str,
) -> None:
    log_in(client, personas.leader)
    data = FORM | {"kind": str(kind_of(session, programme).id)} | given
    response = client.post(f"{HOME}/bedrijven/{company.id}/actie", data=data)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert session.scalars(select(Activation)).all() == []


def test_the_second_person_sees_proof_and_consequence_and_verifies(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    second: User,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    session.commit()
    log_in(client, second)
    session.commit()
    page = client.get(f"{HOME}/activaties/{action.id}").text
    assert "Verslag in het archief" in page
    assert "Bedrijven in actie: van 0 naar 1." in page
    assert activated(session, programme) == 0
    response = client.post(f"{HOME}/activaties/{action.id}/controleer")
    assert response.status_code == 303
    assert activated(session, programme) == 1
    page = client.get(f"{HOME}/activaties/{action.id}").text
    assert "Gecontroleerd door Henk Vos" in page


def test_who_recorded_it_cannot_verify_it_and_reads_why(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    page = client.get(f"{HOME}/activaties/{action.id}").text
    assert "U hebt dit zelf vastgelegd" in page
    assert "/controleer" not in page
    response = client.post(f"{HOME}/activaties/{action.id}/controleer")
    assert "Iemand anders moet het controleren" in client.get(response.location).text
    assert activated(session, programme) == 0


def test_an_action_is_rejected_for_a_reason(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    second: User,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    session.commit()
    log_in(client, second)
    session.commit()
    path = f"{HOME}/activaties/{action.id}/wijs-af"
    assert client.post(path).status_code == 422
    session.commit()
    assert client.post(path, data={"rejection": "no_proof"}).status_code == 303
    session.refresh(action)
    assert (action.status, action.rejection) == (ActivationStatus.REJECTED, Rejection.NO_PROOF)
    assert "Het bewijs laat het niet zien" in client.get(f"{HOME}/activaties/{action.id}").text


def test_of_two_who_decide_at_once_the_second_sees_the_first_decision(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    second: User,
) -> None:
    third = make_user(session, Role.PROJECT_LEADER, programme)
    action = proposed(session, programme, company, personas.leader)
    verify_activation(session, programme=programme, activation=action, actor_id=third.id)
    session.commit()
    log_in(client, second)
    session.commit()
    path = f"{HOME}/activaties/{action.id}/wijs-af"
    response = client.post(path, data={"rejection": "no_proof"})
    assert "Iemand anders heeft hier al over beslist" in client.get(response.location).text
    session.refresh(action)
    assert action.status == ActivationStatus.VERIFIED


def test_taking_back_shows_the_consequence_and_keeps_the_record(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    second: User,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    verify_activation(session, programme=programme, activation=action, actor_id=second.id)
    session.commit()
    log_in(client, personas.leader)
    session.commit()
    path = f"{HOME}/activaties/{action.id}/neem-terug"
    assert "Bedrijven in actie: van 1 naar 0." in client.get(path).text
    assert client.post(path, data={"reason": "recorded_twice"}).status_code == 303
    session.refresh(action)
    assert action.void_reason == VoidReason.RECORDED_TWICE
    assert activated(session, programme) == 0
    assert "Teruggenomen" in client.get(f"{HOME}/activaties/{action.id}").text
    again = client.post(path, data={"reason": "recorded_twice"})
    assert "al teruggenomen" in client.get(again.location).text


def test_the_list_is_filtered_by_status_and_kind(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
    second: User,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    other = make_activation_kind(session, programme, name_nl="Iets anders")
    log_in(client, second)
    path = f"{HOME}/activaties"
    link = f'href="{path}/{action.id}"'
    assert link in client.get(f"{path}?stand=proposed").text
    for query in ("?stand=verified", "?stand=voided", f"?soort={other.id}"):
        assert link not in client.get(path + query).text
    verify_activation(session, programme=programme, activation=action, actor_id=second.id)
    assert link in client.get(f"{path}?stand=verified").text
    assert link not in client.get(f"{path}?stand=proposed").text
    assert link in client.get(f"{path}?stand=onzin").text


def test_only_who_may_see_and_decide_does(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    company: Company,
) -> None:
    action = proposed(session, programme, company, personas.leader)
    for user, expected in ((personas.viewer, 403), (personas.stranger, 404)):
        log_in(client, user)
        assert client.get(f"{HOME}/activaties").status_code == expected
        assert client.get(f"{HOME}/activaties/{action.id}").status_code == expected
        for verb in ("controleer", "wijs-af", "neem-terug"):
            assert client.post(f"{HOME}/activaties/{action.id}/{verb}").status_code == expected
    log_in(client, personas.stranger)
    elsewhere = f"/p/{personas.elsewhere.slug}/activaties/{action.id}"
    assert client.get(elsewhere).status_code == 404
    assert client.get(f"{elsewhere}/controleer").status_code == 405
