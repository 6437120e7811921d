"""Requests to pioneers, registrations, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "text", "choice", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "keep_days >= 0 AND keep_days <= 365", name=op.f("ck_event_question_keep_days")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_question_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
        sa.UniqueConstraint(
            "event_id", "position", name=op.f("uq_event_question_event_id_position")
        ),
    )
    op.create_table(
        "pioneer_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pioneer_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "other_date",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_pioneer_request_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_pioneer_request_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_pioneer_request_pioneer_id_pioneer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pioneer_request")),
    )
    with op.batch_alter_table("pioneer_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pioneer_request_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "ix_pioneer_request_pioneer_id", ["pioneer_id", "state"], unique=False
        )
        batch_op.create_index(
            "uq_pioneer_request_standing",
            ["event_id", "pioneer_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'accepted')"),
            postgresql_where=sa.text("state IN ('open', 'accepted')"),
        )

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "waiting",
                "offered",
                "cancelled",
                "attended",
                "absent",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("token_nonce", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("kvk_number", sa.String(length=8), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invite_sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'offered') = (offered_until IS NOT NULL)",
            name=op.f("ck_registration_offered_has_term"),
        ),
        sa.CheckConstraint("guests >= 0 AND guests <= 20", name=op.f("ck_registration_guests")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_registration_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["registration.id"], name=op.f("fk_registration_lead_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_registration_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_registration_event_id_code")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registration_event_state", ["event_id", "state", "id"], unique=False
        )
        batch_op.create_index("ix_registration_lead_id", ["lead_id"], unique=False)
        batch_op.create_index("ix_registration_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registration_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(
            "uq_registration_email",
            ["event_id", "email"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"),
            postgresql_where=sa.text(
                "state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"
            ),
        )

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "ticked",
                "scanned",
                "self",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_key", sa.String(length=40), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state_before",
            sa.Enum(
                "registered",
                "waiting",
                "offered",
                "cancelled",
                "attended",
                "absent",
                name="state_before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.CheckConstraint("guests >= 0 AND guests <= 20", name=op.f("ck_check_in_guests")),
        sa.CheckConstraint(
            "undone_at IS NULL OR undone_at >= recorded_at", name=op.f("ck_check_in_undone_after")
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user.id"], name=op.f("fk_check_in_by_user_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_check_in_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_check_in_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_check_in_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("event_id", "client_key", name=op.f("uq_check_in_event_id_client_key")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_event_person", ["event_id", "person_id"], unique=False)
        batch_op.create_index("ix_check_in_registration_id", ["registration_id"], unique=False)

    op.create_table(
        "registration_answer",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["event_question.id"],
            name=op.f("fk_registration_answer_question_id_event_question"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_answer_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint(
            "registration_id", "question_id", name=op.f("pk_registration_answer")
        ),
    )
    with op.batch_alter_table("registration_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_answer_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "registration_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_consent_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_consent")),
        sa.UniqueConstraint(
            "registration_id",
            "purpose",
            name=op.f("uq_registration_consent_registration_id_purpose"),
        ),
    )


def downgrade() -> None:
    op.drop_table("registration_consent")
    with op.batch_alter_table("registration_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_answer_question_id"))

    op.drop_table("registration_answer")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_registration_id")
        batch_op.drop_index("ix_check_in_event_person")

    op.drop_table("check_in")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_email",
            sqlite_where=sa.text("state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"),
            postgresql_where=sa.text(
                "state <> 'cancelled' AND email IS NOT NULL AND lead_id IS NULL"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_registration_programme_id"))
        batch_op.drop_index("ix_registration_person_id")
        batch_op.drop_index("ix_registration_lead_id")
        batch_op.drop_index("ix_registration_event_state")

    op.drop_table("registration")
    with op.batch_alter_table("pioneer_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pioneer_request_standing",
            sqlite_where=sa.text("state IN ('open', 'accepted')"),
            postgresql_where=sa.text("state IN ('open', 'accepted')"),
        )
        batch_op.drop_index("ix_pioneer_request_pioneer_id")
        batch_op.drop_index(batch_op.f("ix_pioneer_request_event_id"))

    op.drop_table("pioneer_request")
    op.drop_table("event_question")
