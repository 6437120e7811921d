"""The log: every action has words, and the right people read it."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.audit.models import AuditEntry
from pioneers.audit.queries import Filter, all_entries, find_entries
from pioneers.audit.texts import ACTIONS
from pioneers.companies.rules import Subject
from pioneers.programmes.models import Programme
from tests.client import log_in
from tests.factories import Personas

URL = "/p/overijssel/logboek"
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
ENDING = re.compile(r"\.(un)?merged")  # written as f"{subject}.merged"
FILES = re.compile(r".*\.(csv|html|json|txt)")


def note(session: Session, programme: Programme, personas: Personas, day: int, action: str) -> None:
    """An entry of a day in May 2026, late in the evening in Amsterdam."""
    with clock.at(datetime(2026, 5, day, 21, 30, tzinfo=UTC)):
        record(
            session,
            action,
            object_type="event",
            object_id=day,
            programme_id=programme.id,
            actor_id=personas.leader.id,
            details={"heads": 58, "secret": "not shown"},
        )
    session.flush()


def test_every_action_in_the_code_has_words(root: Path) -> None:
    missing = set()
    for path in (root / "pioneers").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "pioneers.audit.actions" not in source:
            continue
        constants = [
            node.value
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        codes = {value for value in constants if CODE.fullmatch(value)}
        endings = {value for value in constants if ENDING.fullmatch(value)}
        codes |= {f"{subject}{ending}" for subject in Subject for ending in endings}
        missing |= {code for code in codes if not FILES.fullmatch(code)} - set(ACTIONS)
    assert not missing


def test_the_leader_reads_what_was_done(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    note(session, programme, personas, 4, "event.counted")
    log_in(client, personas.leader)
    page = client.get(URL).text
    assert "hoeveel mensen" in page
    assert "Leider" in page
    assert "58" in page
    assert "not shown" not in page


def test_the_viewer_and_the_stranger_do_not(client: FlaskClient, personas: Personas) -> None:
    log_in(client, personas.viewer)
    assert client.get(URL).status_code == client.get(f"{URL}/export").status_code == 403
    log_in(client, personas.stranger)
    assert client.get(URL).status_code == 404
    assert "leider@" not in client.get("/p/elders/logboek").text
    assert client.get("/beheer/logboek").status_code == 403


def test_the_administrator_reads_the_log_ins(client: FlaskClient, personas: Personas) -> None:
    client.post("/inloggen", data={"email": personas.viewer.email, "password": "mis"})
    log_in(client, personas.administrator)
    page = client.get("/beheer/logboek").text
    assert "Inloggen mislukte" in page
    assert "Kijker" in page
    assert client.get("/beheer/logboek/export").status_code == 200


def test_the_days_of_the_filter_are_those_of_amsterdam(
    session: Session, programme: Programme, personas: Personas
) -> None:
    for day in (4, 5, 6):
        note(session, programme, personas, day, "event.changed")
    day = datetime(2026, 5, 5, tzinfo=UTC).date()
    found = find_entries(session, programme_id=programme.id, wanted=Filter(first=day, last=day))
    assert [entry.object_id for entry in found.items] == [5]
    everything = all_entries(session, programme_id=programme.id, wanted=Filter())
    assert [entry.object_id for entry in everything] == [6, 5, 4]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("wat=event.added", {"4"}),
        ("soort=event", {"4", "5"}),
        ("soort=fan", set()),
        ("van=2026-05-05", {"5"}),
        ("tot=2026-05-04", {"4"}),
        ("wie=999999999999", {"4", "5"}),
        ("van=0001-01-01&tot=9999-12-31", {"4", "5"}),
        ("wat=verzonnen&van=gisteren&pagina=x&_external=1&endpoint=x", {"4", "5"}),
    ],
)
def test_the_log_is_filtered(
    client: FlaskClient,
    session: Session,
    programme: Programme,
    personas: Personas,
    query: str,
    shown: set[str],
) -> None:
    note(session, programme, personas, 4, "event.added")
    note(session, programme, personas, 5, "event.changed")
    log_in(client, personas.leader)
    page = client.get(f"{URL}?{query}")
    assert page.status_code == 200
    assert set(re.findall(r"Bijeenkomst (\d+)", page.text)) == shown
    sheet = client.get(f"{URL}/export?{query}&vorm=csv").text
    assert set(re.findall(r"Bijeenkomst (\d+)", sheet)) == shown


def test_the_log_only_grows(session: Session, programme: Programme, personas: Personas) -> None:
    note(session, programme, personas, 4, "event.added")
    for statement in (
        delete(AuditEntry),
        update(AuditEntry).values(action="event.changed"),
        text("UPDATE audit_entry SET actor_id = NULL"),
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)
    session.execute(update(AuditEntry).values(details={}))
    assert session.scalars(select(AuditEntry.details)).all() == [{}]
