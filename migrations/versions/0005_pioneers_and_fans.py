"""Pioneers, fans and their contact people."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_key", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "business_network",
                "sector_association",
                "innovation_desk",
                "bank",
                "accountant",
                "adviser",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_code", sa.String(length=6), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_fan_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_fan_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fan")),
        sa.UniqueConstraint("programme_id", "name_key", name=op.f("uq_fan_programme_id_name_key")),
    )
    op.create_table(
        "fan_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_fan_contact_fan_id_fan")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_fan_contact_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fan_contact")),
    )
    op.create_index(op.f("ix_fan_contact_fan_id"), "fan_contact", ["fan_id"], unique=False)
    op.create_table(
        "pioneer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= appointed_on", name=op.f("ck_pioneer_period")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_pioneer_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pioneer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_pioneer_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_pioneer_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pioneer")),
        sa.UniqueConstraint(
            "programme_id", "person_id", name=op.f("uq_pioneer_programme_id_person_id")
        ),
    )
    op.create_index(op.f("ix_pioneer_programme_id"), "pioneer", ["programme_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_pioneer_programme_id"), table_name="pioneer")
    op.drop_table("pioneer")
    op.drop_index(op.f("ix_fan_contact_fan_id"), table_name="fan_contact")
    op.drop_table("fan_contact")
    op.drop_table("fan")
