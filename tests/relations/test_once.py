"""A prospect stands on the board once, also when two people add it at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused
from pioneers.relations import actions
from pioneers.relations.models import Prospect, Side, Stage
from pioneers.relations.rules import ProspectDraft
from tests.client import log_in
from tests.factories import Personas, make_programme
from tests.relations.making import spot

BOARD = "/p/overijssel/netwerk/werving"
Act = Callable[[Session, Programme], object]


@pytest.fixture
def leader(client: FlaskClient, personas: Personas, running: Programme) -> FlaskClient:
    """The browser of the project leader, in a programme that runs."""
    log_in(client, personas.leader)
    return client


def end(session: Session, prospect: Prospect) -> None:
    actions.end_prospect(
        session,
        prospect=prospect,
        reason=EndReason.NO_TIME,
        remark="",
        version=prospect.version,
        actor_id=None,
    )


def at_once(app: Flask, programme_id: int, acts: list[Act]) -> list[object]:
    """Each act with a connection of its own, all at the same moment; refusals come back."""
    start = Barrier(len(acts))

    def work(act: Act) -> object:
        with app.app_context():
            start.wait()
            try:
                done = act(db.session(), db.session.get_one(Programme, programme_id))
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                return refusal
            else:
                return done
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        waits = [pool.submit(copy_context().run, work, act) for act in acts]
        return [each.result() for each in waits]


@pytest.mark.parametrize("side", [*Side])
def test_of_four_who_add_the_same_at_once_one_succeeds(real_app: Flask, side: Side) -> None:
    with real_app.app_context():
        programme_id = make_programme(db.session).id
        db.session.commit()
    names = ("Anne de Vries", "ANNE DE VRIES", " Anne  de Vries ", "Anné de Vries")

    def adding(name: str) -> Act:
        draft = ProspectDraft(side, name, company="Vries Metaal" if side == Side.PIONEER else "")

        def act(session: Session, programme: Programme) -> object:
            return actions.add_prospect(session, programme=programme, draft=draft, actor_id=None).id

        return act

    found = at_once(real_app, programme_id, [adding(name) for name in names])
    made = [one for one in found if isinstance(one, int)]
    refused = [one for one in found if isinstance(one, Refused)]
    assert len(made) == 1
    assert [(one.code, one.params["prospect_id"]) for one in refused] == [
        ("prospect_known", made[0])
    ] * 3
    with real_app.app_context():
        assert db.session.scalar(select(func.count(Prospect.id))) == 1


def test_of_two_who_take_up_the_same_again_at_once_one_succeeds(real_app: Flask) -> None:
    with real_app.app_context():
        programme = make_programme(db.session)
        ids = []
        for _ in range(2):
            one = spot(db.session(), programme)
            end(db.session(), one)
            ids.append(one.id)
        db.session.commit()
        programme_id = programme.id

    def resuming(prospect_id: int) -> Act:
        def act(session: Session, _programme: Programme) -> object:
            prospect = session.get_one(Prospect, prospect_id)
            actions.resume_prospect(session, prospect=prospect, version=2, actor_id=None)
            return prospect_id

        return act

    found = at_once(real_app, programme_id, [resuming(one) for one in ids])
    assert sorted(type(one).__name__ for one in found) == ["Refused", "int"]


def test_who_came_to_nothing_does_not_stand_in_the_way(
    session: Session, running: Programme
) -> None:
    first = spot(session, running)
    end(session, first)
    again = spot(session, running)
    with pytest.raises(Refused, match="prospect_known") as caught:
        actions.resume_prospect(session, prospect=first, version=first.version, actor_id=None)
    assert caught.value.params["prospect_id"] == again.id
    assert first.stage == Stage.ENDED


def test_the_same_name_on_the_other_side_or_in_another_programme_is_another(
    session: Session, running: Programme, personas: Personas
) -> None:
    spot(session, running)
    spot(session, running, side=Side.FAN)
    spot(session, personas.elsewhere)
    assert session.scalar(select(func.count(Prospect.id))) == 3


def test_whoever_adds_the_same_is_led_to_who_is_there(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    there = spot(session, running)
    form = {"name": "Anne de Vries", "company": "vries metaal", "found_through": "tip van Els"}
    rest = {"responsible_id": "0", "municipality_code": ""}
    text = leader.post(f"{BOARD}/nieuw", data=form | rest).text
    assert 'id="name-error"' in text
    assert f'href="{BOARD}/{there.id}"' in text
    assert "tip van Els" in text
    other = spot(session, running, name="Bram")
    path = f"{BOARD}/{other.id}"
    changed = leader.post(f"{path}/wijzigen", data=form | rest | {"version": "1"})
    assert f'href="{BOARD}/{there.id}"' in changed.text
    end(session, there)
    spot(session, running)
    resumed = leader.post(f"{BOARD}/{there.id}/hervatten", data={"version": str(there.version)})
    assert resumed.status_code == 303
    assert not resumed.location.endswith(f"/{there.id}")
    session.refresh(there)
    assert there.stage == Stage.ENDED
