"""Which forms were sent already."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_press",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_press")),
    )
    op.create_index(op.f("ix_form_press_at"), "form_press", ["at"])


def downgrade() -> None:
    op.drop_table("form_press")
