"""Events with a public page, seats and a calendar entry; what matches pioneers to them.

Columns are added one by one, without making the tables anew: SQLite cannot drop a table that others
point at. So checks stand with their column, and uniqueness is an index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHECKED = (
    "capacity INTEGER CONSTRAINT ck_event_capacity CHECK (capacity IS NULL OR capacity >= 1)",
    "seats_taken INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_event_seats"
    " CHECK (seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity))",
)


def _columns() -> list[sa.Column]:
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.String(length=300), server_default="", nullable=False),
        sa.Column("theme", sa.String(length=40), server_default="", nullable=False),
        sa.Column("address", sa.String(length=200), server_default="", nullable=False),
        sa.Column("public_code", sa.String(length=8), nullable=True),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("check_in_code", sa.String(length=12), nullable=True),
        sa.Column("wants_pioneer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", moment, nullable=True),
        sa.Column("cancelled_at", moment, nullable=True),
    ]


def upgrade() -> None:
    for column in _columns():
        op.add_column("event", column)
    for column in CHECKED:
        op.execute(f"ALTER TABLE event ADD COLUMN {column}")
    for name in ("public_code", "check_in_code"):
        op.create_index(f"uq_event_{name}", "event", [name], unique=True)
    for name in ("latitude", "longitude"):
        op.add_column("municipality", sa.Column(name, sa.Double(), nullable=True))
    op.add_column(
        "pioneer", sa.Column("themes", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("pioneer", sa.Column("travels_km", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("travels_km", "themes"):
        op.drop_column("pioneer", name)
    for name in ("longitude", "latitude"):
        op.drop_column("municipality", name)
    for name in ("check_in_code", "public_code"):
        op.drop_index(f"uq_event_{name}", "event")
    for name in ("seats_taken", "capacity", *(c.name for c in reversed(_columns()))):
        op.drop_column("event", name)
