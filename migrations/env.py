"""Alembic's environment: run on the connection that the caller hands over, in batch mode."""

from alembic import context
from sqlalchemy import Connection

from pioneers.db import Base
from pioneers.schema import owned_by_models

connection: Connection = context.config.attributes["connection"]


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=owned_by_models,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
