"""Alembic's environment: run on the connection that the caller hands over, in batch mode."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from pioneers.db import Base
from pioneers.schema import owned_by_models

connection: Connection = context.config.attributes["connection"]
applied: list[object] = []


def foreign_keys(wanted: bool) -> None:
    """SQLite changes a table by writing it anew, and would not let go of the old one while rows of
    others point at it. The switch does nothing within a transaction."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if wanted else 'OFF'}")
        cursor.close()


def note(**facts: Any) -> None:
    """Remember that something was changed."""
    applied.append(facts["step"])


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=owned_by_models,
    compare_type=True,
    transaction_per_migration=True,
    on_version_apply=note,
)
foreign_keys(wanted=False)
try:
    with context.begin_transaction():
        context.run_migrations()
    if applied and connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"after migrating, a row of {broken[0]} points at nothing")
        connection.commit()
finally:
    foreign_keys(wanted=True)
