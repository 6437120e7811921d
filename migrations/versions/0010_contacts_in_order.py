"""Contacts of one day in the order in which lists show them: a large event has thousands."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME = "ix_contact_programme_day"


def upgrade() -> None:
    op.drop_index(NAME, table_name="contact")
    op.create_index(NAME, "contact", ["programme_id", "day", "id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="contact")
    op.create_index(NAME, "contact", ["programme_id", "day"])
