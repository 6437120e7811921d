"""Appointing a prospect asks what appointing anybody asks, and loses nothing on the way."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Employment
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason
from pioneers.relations import actions
from pioneers.relations.models import Prospect, Side, Stage
from tests.client import log_in
from tests.factories import Personas
from tests.planning.scene import day
from tests.relations.making import spot

BOARD = "/p/overijssel/netwerk/werving"
BY, AT = "Drs. M. de Voorbeeld", "in het provinciehuis"


@pytest.fixture
def leader(client: FlaskClient, personas: Personas, running: Programme) -> FlaskClient:
    """The browser of the project leader, in a programme that runs."""
    log_in(client, personas.leader)
    return client


@pytest.fixture
def prospect(session: Session, running: Programme) -> Prospect:
    """Somebody who said yes."""
    found = spot(session, running)
    actions.move(session, prospect=found, to=Stage.AGREED, version=1, actor_id=None)
    return found


def form(**facts: str) -> dict[str, str]:
    return {
        "name": "Anne de Vries",
        "company": "Vries Metaal",
        "appointed_on": day(20).isoformat(),
        "appointed_by": BY,
        "appointed_at": AT,
        "version": "2",
    } | facts


def test_the_certificate_is_complete_from_the_board_on(
    leader: FlaskClient, session: Session, prospect: Prospect
) -> None:
    path = f"{BOARD}/{prospect.id}/toetreden"
    for place in (BOARD, f"{BOARD}?weergave=lijst", f"{BOARD}/{prospect.id}"):
        assert path in leader.get(place).text
    text = leader.get(path).text
    assert 'name="appointed_by"' in text
    assert 'name="appointed_at"' in text
    answer = leader.post(path, data=form())
    assert answer.status_code == 303
    pioneer = session.scalars(select(Pioneer)).one()
    assert (pioneer.appointed_on, pioneer.appointed_by, pioneer.appointed_at) == (day(20), BY, AT)
    text = leader.get(answer.location).text
    assert f"Door {BY}, {AT}." in text
    assert "pionier vanaf" in text
    sheet = leader.get(f"/p/overijssel/netwerk/pioniers/{pioneer.id}/plaquette.pdf")
    assert sheet.data.startswith(b"%PDF")
    assert session.scalars(select(Employment.from_day)).one() == clock.today()


def test_appointed_as_a_stage_leads_to_the_form(
    leader: FlaskClient, session: Session, prospect: Prospect
) -> None:
    path = f"{BOARD}/{prospect.id}"
    answer = leader.post(f"{path}/fase", data={"to": "joined", "version": "2"})
    assert (answer.status_code, answer.location) == (303, f"{path}/toetreden")
    session.refresh(prospect)
    assert prospect.stage == Stage.AGREED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"appointed_on": day(400).isoformat()}, "appointed_on"),
        ({"appointed_on": "gisteren"}, "appointed_on"),
        ({"company": ""}, "company"),
        ({"appointed_by": "x" * 161}, "appointed_by"),
    ],
)
def test_nothing_that_was_filled_in_is_lost_when_something_is_wrong(
    leader: FlaskClient, session: Session, prospect: Prospect, wrong: dict[str, str], field: str
) -> None:
    answer = leader.post(f"{BOARD}/{prospect.id}/toetreden", data=form(kvk="12345678") | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    for kept in (AT, "12345678", "Anne de Vries"):
        assert kept in answer.text
    assert session.scalars(select(Pioneer)).all() == []


def test_nothing_is_lost_either_when_a_colleague_was_in_between(
    leader: FlaskClient, session: Session, prospect: Prospect
) -> None:
    path = f"{BOARD}/{prospect.id}/toetreden"
    answer = leader.post(path, data=form(version="1", name="Anna de Vries"))
    assert answer.status_code == 200
    assert "Iemand anders" in answer.text
    assert BY in answer.text
    assert "Anna de Vries" in answer.text
    assert leader.post(path, data=form(name="Anna de Vries")).status_code == 303
    assert session.scalars(select(Pioneer.appointed_by)).all() == [BY]


def test_a_fan_that_a_colleague_changed_meanwhile_is_compared_too(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    fan = spot(session, running, side=Side.FAN, name="Bakkerskring", company="")
    given = {"name": "Bakkers", "kind": "bank", "municipality_code": "", "version": "0"}
    text = leader.post(f"{BOARD}/{fan.id}/toetreden", data=given).text
    assert "Iemand anders" in text
    assert "Bakkers" in text


def test_who_was_closed_meanwhile_is_not_appointed(
    leader: FlaskClient, session: Session, prospect: Prospect
) -> None:
    actions.end_prospect(
        session,
        prospect=prospect,
        reason=EndReason.NO_TIME,
        remark="",
        version=2,
        actor_id=None,
    )
    answer = leader.post(f"{BOARD}/{prospect.id}/toetreden", data=form())
    assert answer.location.endswith(f"/werving/{prospect.id}")
    assert session.scalars(select(Pioneer)).all() == []
