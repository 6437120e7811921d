"""Settings, targets, catalogue and new programmes through the browser."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.programmes import queries
from pioneers.programmes.models import Programme, Target
from pioneers.programmes.rules import Indicator
from pioneers.programmes.targets import set_target
from tests.client import log_in
from tests.factories import Personas, make_activation_kind

SETTINGS = {
    "name": "Slimmer Werken",
    "action_line": "",
    "province": "Overijssel",
    "starts_on": "2016-01-01",
    "ends_on": "2019-12-31",
    "language": "nl",
    "aware_unit": "people",
    "activated_unit": "companies",
    "contributions_per_year": "4",
    "question_term_days": "5",
    "desk_user_id": "",
    "ask_back_days": "14",
    "question_keep_months": "24",
    "lead_keep_months": "12",
    "silence_days": "60",
    "prospect_keep_months": "12",
    "note_keep_months": "24",
    "heads_tolerance": "15",
    "version": "1",
}


def test_the_project_leader_changes_the_settings(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    assert client.get("/p/overijssel/instellingen").status_code == 200
    response = client.post("/p/overijssel/instellingen", data=SETTINGS)
    assert response.status_code == 303
    session.refresh(programme)
    assert (programme.name, programme.contributions_per_year) == ("Slimmer Werken", 4)
    assert programme.heads_tolerance == 15


def test_who_saves_over_a_change_sees_what_changed(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    client.post("/p/overijssel/instellingen", data=SETTINGS)
    response = client.post("/p/overijssel/instellingen", data=SETTINGS | {"name": "Van mij"})
    assert response.status_code == 200
    assert "Slimmer Werken" in response.text
    assert 'name="version" type="hidden" value="2"' in response.text
    session.refresh(programme)
    assert programme.name == "Slimmer Werken"


@pytest.mark.parametrize(
    ("who", "status"),
    [("viewer", 403), ("pioneer", 403), ("stranger", 404), ("administrator", 404)],
)
@pytest.mark.parametrize("path", ["instellingen", "instellingen/acties", "doelen/nieuw"])
def test_only_the_project_leader_reaches_the_settings(
    client: FlaskClient, personas: Personas, who: str, status: int, path: str
) -> None:
    log_in(client, getattr(personas, who))
    assert client.get(f"/p/overijssel/{path}").status_code == status
    assert client.delete(f"/p/overijssel/{path}").status_code == 405


def test_a_reversed_period_is_refused_at_its_field(
    client: FlaskClient, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    data = SETTINGS | {"ends_on": "2015-01-01"}
    response = client.post("/p/overijssel/instellingen", data=data)
    assert response.status_code == 200
    assert 'id="ends_on-error"' in response.text


def first_target(session: Session, programme: Programme) -> Target:
    return set_target(
        session,
        programme=programme,
        indicator=Indicator.AWARE,
        value=450,
        due_on=date(2019, 12, 31),
        actor_id=None,
    )


def test_a_target_is_set_and_changed_with_a_reason(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    log_in(client, personas.leader)
    new = {"indicator": "aware", "kind": "final", "value": "450", "due_on": "31-12-2019"}
    assert client.post("/p/overijssel/doelen/nieuw", data=new).status_code == 303
    target = queries.final_target(session, programme, Indicator.AWARE)
    assert target is not None
    change = {"value": "500", "due_on": "2019-12-31", "seen": str(target.id)}
    path = f"/p/overijssel/doelen/{target.id}"
    assert 'id="reason-error"' in client.post(path, data=change).text
    done = client.post(path, data=change | {"reason": "Besluit van GS"})
    assert done.status_code == 303
    page = client.get("/p/overijssel/doelen").text
    assert "500" in page
    assert "450" in page
    assert "Besluit van GS" in page


@pytest.mark.parametrize("value", ["0", "-5", "veel", ""])
def test_a_target_of_nothing_is_refused_at_its_field(
    client: FlaskClient, session: Session, personas: Personas, value: str
) -> None:
    log_in(client, personas.leader)
    data = {"indicator": "aware", "kind": "final", "value": value, "due_on": "31-12-2019"}
    response = client.post("/p/overijssel/doelen/nieuw", data=data)
    assert response.status_code == 200
    assert 'id="value-error"' in response.text
    assert session.scalars(select(Target)).all() == []


def test_the_viewer_sees_the_targets_and_cannot_change_them(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    target = first_target(session, programme)
    log_in(client, personas.viewer)
    assert "450" in client.get("/p/overijssel/doelen").text
    assert client.get(f"/p/overijssel/doelen/{target.id}").status_code == 403


def test_a_target_of_another_programme_does_not_exist(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    target = first_target(session, personas.elsewhere)
    log_in(client, personas.leader)
    assert client.get(f"/p/overijssel/doelen/{target.id}").status_code == 404


def test_an_action_is_added_reworded_and_retired(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    kind = make_activation_kind(session, programme)
    log_in(client, personas.leader)
    path = "/p/overijssel/instellingen/acties"
    words = {"name_nl": "Rooster vernieuwd", "name_en": "Renewed the roster"}
    assert client.post(f"{path}/nieuw", data=words).status_code == 303
    assert client.post(f"{path}/{kind.id}", data=words | {"proof_nl": "Foto"}).status_code == 303
    assert client.post(f"{path}/{kind.id}/gebruik", data={"in_use": "0"}).status_code == 303
    session.refresh(kind)
    assert (kind.name_nl, kind.proof_nl, kind.is_active) == ("Rooster vernieuwd", "Foto", False)
    assert client.get(path).text.count("Rooster vernieuwd") >= 2


def test_the_administrator_makes_a_programme_and_gets_a_link(
    client: FlaskClient, session: Session, personas: Personas
) -> None:
    log_in(client, personas.administrator)
    data = {
        "name": "Fryslân Foarút",
        "slug": "fryslan",
        "province": "Fryslân",
        "leader": "projectleider@voorbeeld.nl",
    }
    response = client.post("/beheer/programma", data=data)
    assert response.status_code == 200
    assert "/uitnodiging/" in response.text
    assert queries.programme_by_slug(session, "fryslan") is not None
    again = client.post("/beheer/programma", data=data)
    assert 'id="slug-error"' in again.text


def test_nobody_else_makes_a_programme(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.leader)
    assert client.get("/beheer/programma").status_code == 403
