"""Migrations and models agree, and every migration can be taken back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from pioneers.db import tune_sqlite
from pioneers.schema import differences, downgrade, is_current, upgrade
from tests.database import DIALECTS, Databases

PROGRAMME = """
    INSERT INTO programme (id, slug, name, created_at, action_line, province, language, aware_unit,
        aware_threshold, activated_unit, employees_min, employees_max, turnover_max, balance_max,
        contributions_per_year, is_demonstration, version)
    VALUES (1, 'een', 'Een', '2016-01-01', '', 'Overijssel', 'nl', 'companies', 'listed',
        'companies', 6, 249, 1, 1, 3, false, 1)
"""
KIND = """
    INSERT INTO activation_kind (id, programme_id, code, name_nl, name_en, proof_nl, proof_en,
        is_active) VALUES (1, 1, 'plan', 'Plan', 'Plan', '', '', true)
"""


@pytest.fixture(params=DIALECTS)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """An engine on a database without tables."""
    url = databases.blank(request.param)
    made = create_engine(url)
    if request.param == "sqlite":
        tune_sqlite(made)
    yield made
    made.dispose()
    databases.drop(url)


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    assert not differences(engine)


def test_the_migrations_can_be_taken_back_and_made_again(engine: Engine) -> None:
    upgrade(engine)
    downgrade(engine, "base")
    left = set(inspect(engine).get_table_names()) - {"alembic_version"}
    assert not left
    upgrade(engine)
    assert not differences(engine)


def test_a_table_is_written_anew_while_rows_point_at_it(engine: Engine) -> None:
    upgrade(engine, "0014")
    with engine.begin() as connection:
        connection.execute(text(PROGRAMME))
        connection.execute(text(KIND))
    upgrade(engine)
    downgrade(engine, "0014")
    upgrade(engine)
    with engine.connect() as connection:
        kept = "SELECT k.code FROM activation_kind k JOIN programme p ON p.id = k.programme_id"
        assert connection.scalar(text(kept)) == "plan"
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
