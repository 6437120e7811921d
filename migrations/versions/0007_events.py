"""Events, speakers, attendance."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "talk",
                "workshop",
                "excursion",
                "network_meeting",
                "conference",
                "media",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "planned",
                "held",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("municipality_code", sa.String(length=6), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_ends_after_start")),
        sa.CheckConstraint("headcount IS NULL OR headcount >= 0", name=op.f("ck_event_headcount")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_event_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_event_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_event_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasion.id"], name=op.f("fk_event_occasion_id_occasion")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_event_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("occasion_id", name=op.f("uq_event_occasion_id")),
    )
    op.create_index("ix_event_fan_id", "event", ["fan_id"], unique=False)
    op.create_index(
        "ix_event_programme_starts", "event", ["programme_id", "starts_at"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column(
            "presence",
            sa.Enum(
                "attended",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(presence = 'attended') = (contact_id IS NOT NULL)",
            name=op.f("ck_attendance_attended_has_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_attendance_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_attendance_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_attendance_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_attendance_event_id_person_id")),
    )
    op.create_index("ix_attendance_contact_id", "attendance", ["contact_id"], unique=False)
    op.create_index("ix_attendance_import_id", "attendance", ["import_id"], unique=False)
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"], unique=False)
    op.create_table(
        "speaker",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pioneer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_speaker_event_id_event")),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_speaker_pioneer_id_pioneer")
        ),
        sa.PrimaryKeyConstraint("event_id", "pioneer_id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_speaker_event_id_position")),
    )
    op.create_index(op.f("ix_speaker_pioneer_id"), "speaker", ["pioneer_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_speaker_pioneer_id"), table_name="speaker")
    op.drop_table("speaker")
    op.drop_index("ix_attendance_person_id", table_name="attendance")
    op.drop_index("ix_attendance_import_id", table_name="attendance")
    op.drop_index("ix_attendance_contact_id", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index("ix_event_programme_starts", table_name="event")
    op.drop_index("ix_event_fan_id", table_name="event")
    op.drop_table("event")
