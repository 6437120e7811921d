"""Migrations and models agree, and every migration can be taken back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect

from pioneers.db import tune_sqlite
from pioneers.schema import differences, downgrade, is_current, upgrade
from tests.database import DIALECTS, Databases


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
