"""The schema's way through time: upgrade, downgrade, and whether models and migrations agree.

Alembic is imported where it is used: it takes a fifth of a second, which every command would pay.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from pioneers.db import Base

if TYPE_CHECKING:
    from alembic.config import Config

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"


def owned_by_models(_object: object, name: str | None, *_rest: object) -> bool:
    """Whether a table or index is the models' business; full-text indexes are their migration's."""
    return not (name or "").startswith(("search_index", "ix_search_entry_words"))


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(DIRECTORY))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database of `engine` to `revision`, one transaction for each migration."""
    from alembic import command

    with engine.connect() as connection:
        command.upgrade(_config(connection), revision)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database of `engine` back to `revision`."""
    from alembic import command

    with engine.connect() as connection:
        command.downgrade(_config(connection), revision)
        connection.commit()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        heads = ScriptDirectory.from_config(_config(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def differences(engine: Engine) -> list[Any]:
    """What the models say that the migrated database does not, and the other way round."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": owned_by_models,
            },
        )
        return list(compare_metadata(context, Base.metadata))
