"""Prospects that were there before: each has its key, the search box finds them, doubles stay."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pioneers.db import tune_sqlite
from pioneers.relations.rules import prospect_key
from pioneers.schema import differences, downgrade, upgrade
from pioneers.search.actions import forget
from pioneers.search.models import Kind
from pioneers.search.queries import find
from tests.database import DIALECTS, Databases

PROGRAMME = """
    INSERT INTO programme (id, slug, name, created_at, action_line, province, language, aware_unit,
        aware_threshold, activated_unit, employees_min, employees_max, turnover_max, balance_max,
        contributions_per_year, is_demonstration, version)
    VALUES (1, 'oost', 'Oost', '2026-01-01', '', 'Overijssel', 'nl', 'companies', 'listed',
        'companies', 6, 249, 1, 1, 3, false, 1)
"""
PROSPECT = """
    INSERT INTO prospect (id, programme_id, side, stage, stage_since, name, created_at, company,
        contact_name, found_through, end_reason, version)
    VALUES (:id, 1, 'pioneer', :stage, '2026-01-01', :name, '2026-01-01', 'Vries Metaal', '', '',
        :reason, 1)
"""
NOTE = """
    INSERT INTO relation_note (id, programme_id, kind, day, text, written_at, prospect_id,
        next_step, version)
    VALUES (1, 1, 'call', '2026-01-01', 'Belt terug', '2026-01-01', 1, '', 1)
"""
NAMES = (
    (1, "spotted", "Zoë de Vries"),
    (2, "agreed", "ZOE  de vries"),
    (3, "ended", "Zoe de Vries"),
)


@pytest.fixture(params=DIALECTS)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A database as it was before, with two who are one and a third who came to nothing."""
    url = databases.blank(request.param)
    made = create_engine(url)
    if request.param == "sqlite":
        tune_sqlite(made)
    upgrade(made, "0020")
    with made.begin() as connection:
        connection.execute(text(PROGRAMME))
        for number, stage, name in NAMES:
            reason = "no_time" if stage == "ended" else None
            row = {"id": number, "stage": stage, "name": name, "reason": reason}
            connection.execute(text(PROSPECT), row)
        connection.execute(text(NOTE))
    yield made
    made.dispose()
    databases.drop(url)


def test_who_is_there_keeps_what_they_have_and_doubles_wait_for_a_person(engine: Engine) -> None:
    upgrade(engine, "0021")
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT id, name_key FROM prospect ORDER BY id")).all()
        assert connection.scalar(text("SELECT text FROM relation_note")) == "Belt terug"
    keys: dict[int, str] = {row.id: row.name_key for row in rows}
    assert keys[1] == keys[3] == prospect_key("Zoë de Vries", "Vries Metaal")
    assert keys[2] != keys[1]
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE prospect SET name_key = :key"), {"key": keys[1]})


def test_the_search_box_finds_them_and_forgets_them(engine: Engine) -> None:
    upgrade(engine, "0021")
    with Session(engine) as session:
        found = find(session, programme_id=1, text="zoe vries")
        assert {(hit.kind, hit.record_id) for hit in found} == {
            (Kind.PROSPECT, number) for number, *_rest in NAMES
        }
        for number, *_rest in NAMES:
            forget(session, Kind.PROSPECT, number)
        assert find(session, programme_id=1, text="zoe vries") == []


def test_the_way_back_leaves_the_prospects(engine: Engine) -> None:
    upgrade(engine, "0021")
    downgrade(engine, "0020")
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM prospect")) == 3
        assert connection.scalar(text("SELECT count(*) FROM search_entry")) == 0
    upgrade(engine)
    assert not differences(engine)
