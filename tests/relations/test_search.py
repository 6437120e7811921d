"""Prospects in the search box: for who may see the board, in their own programme."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pioneers.accounts.rules import PERMISSIONS, Permission, Role
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason
from pioneers.relations import actions
from pioneers.relations.models import Side
from pioneers.relations.rules import ProspectDraft
from pioneers.search.models import Kind
from pioneers.search.queries import find
from tests.client import log_in
from tests.factories import Personas
from tests.relations.making import spot
from tests.relations.test_actions import join

SEARCH = "/p/overijssel/zoeken?q="


def hits(session: Session, programme: Programme, text: str) -> list[tuple[Kind, str, str]]:
    found = find(session, programme_id=programme.id, text=text)
    return [(hit.kind, hit.title, hit.subtitle) for hit in found if hit.kind != Kind.COMPANY]


def test_a_prospect_is_found_by_name_company_and_contact_person(
    session: Session, running: Programme
) -> None:
    spot(session, running)
    spot(session, running, side=Side.FAN, name="Bakkerskring", company="", contact_name="Jan Pot")
    anne = (Kind.PROSPECT, "Anne de Vries", "Vries Metaal")
    assert hits(session, running, "anne vr") == [anne]
    assert hits(session, running, "metaal") == [anne]
    assert hits(session, running, "jan pot") == [(Kind.PROSPECT, "Bakkerskring", "Jan Pot")]


def test_another_name_is_found_and_the_old_one_no_longer(
    session: Session, running: Programme
) -> None:
    prospect = spot(session, running)
    actions.change_prospect(
        session,
        programme=running,
        prospect=prospect,
        draft=ProspectDraft(Side.PIONEER, "Bea Kroeze", company="Kroeze Bouw"),
        version=1,
        actor_id=None,
    )
    assert hits(session, running, "anne") == []
    assert hits(session, running, "kroeze") == [(Kind.PROSPECT, "Bea Kroeze", "Kroeze Bouw")]


def test_who_joined_is_found_as_a_pioneer_and_who_did_not_as_before(
    session: Session, running: Programme
) -> None:
    join(session, running, spot(session, running))
    kinds = {kind for kind, *_rest in hits(session, running, "anne vries")}
    assert kinds == {Kind.PERSON, Kind.PIONEER}
    ended = spot(session, running, name="Bram")
    actions.end_prospect(
        session,
        prospect=ended,
        reason=EndReason.NO_TIME,
        remark="",
        version=ended.version,
        actor_id=None,
    )
    assert hits(session, running, "bram") == [(Kind.PROSPECT, "Bram", "Vries Metaal")]


def test_the_search_page_leads_the_leader_to_a_prospect_of_the_own_programme(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    spot(session, personas.elsewhere, name="Anne van Elders")
    log_in(client, personas.leader)
    for headers in ({}, {"X-Fragment": "1"}):
        text = client.get(f"{SEARCH}anne", headers=headers).text
        assert f"/netwerk/werving/{prospect.id}" in text
        assert "Elders" not in text
    assert "Kandidaten" in client.get(f"{SEARCH}anne").text


def test_who_sees_people_but_not_the_board_finds_no_prospect(
    client: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spot(session, running)
    sees = PERMISSIONS[Role.VIEWER] | {Permission.SEE_PEOPLE}
    monkeypatch.setitem(PERMISSIONS, Role.VIEWER, sees)
    log_in(client, personas.viewer)
    for headers in ({}, {"X-Fragment": "1"}):
        answer = client.get(f"{SEARCH}anne", headers=headers)
        assert answer.status_code == 200
        assert "werving" not in answer.text
