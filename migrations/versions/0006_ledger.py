"""The ledger of contacts and activations, and what is kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "dimension",
            sa.Enum(
                "all",
                "municipality",
                "sector",
                "size",
                "fan",
                "pioneer",
                "occasion",
                "channel",
                name="dimension",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("participations", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.Column("companies_in_target_group", sa.Integer(), nullable=False),
        sa.Column("unnamed_heads", sa.Integer(), nullable=False),
        sa.Column("activated_companies", sa.Integer(), nullable=False),
        sa.Column("activated_people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_tally_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("programme_id", "dimension", "key", "day", name=op.f("pk_tally")),
    )
    op.create_table(
        "occasion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "event",
                "media",
                "card",
                "question",
                "survey",
                "circle",
                "voucher",
                "knowledge",
                "conversation",
                "activation",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("pioneer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_occasion_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_occasion_pioneer_id_pioneer")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_occasion_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
    )
    op.create_index("ix_occasion_programme_day", "occasion", ["programme_id", "day"], unique=False)
    op.create_table(
        "activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("occasion_id", sa.Integer(), nullable=True),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("pioneer_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "verified",
                "rejected",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "rejection",
            sa.Enum(
                "no_proof",
                "not_in_catalogue",
                "before_programme",
                "other_company",
                "already_counted",
                "not_a_concrete_action",
                name="rejection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "void_reason",
            sa.Enum(
                "wrong_person",
                "wrong_day",
                "not_present",
                "recorded_twice",
                "import_undone",
                "replaced",
                "merged",
                "event_cancelled",
                name="void_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_at IS NULL)",
            name=op.f("ck_activation_decided_when_not_proposed"),
        ),
        sa.CheckConstraint(
            "(status = 'rejected') = (rejection IS NOT NULL)",
            name=op.f("ck_activation_rejected_with_reason"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_activation_void_has_reason"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR recorded_by_id IS NULL OR decided_by_id <> recorded_by_id",
            name=op.f("ck_activation_second_person"),
        ),
        sa.CheckConstraint("length(proof) > 0", name=op.f("ck_activation_proof")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_activation_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_activation_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_activation_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["activation_kind.id"], name=op.f("fk_activation_kind_id_activation_kind")
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasion.id"], name=op.f("fk_activation_occasion_id_occasion")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_activation_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_activation_pioneer_id_pioneer")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_activation_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name=op.f("fk_activation_recorded_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_activation_voided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation")),
    )
    op.create_index("ix_activation_company_id", "activation", ["company_id"], unique=False)
    op.create_index("ix_activation_person_id", "activation", ["person_id"], unique=False)
    op.create_index(
        "ix_activation_programme_status", "activation", ["programme_id", "status"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "event",
                "media",
                "card",
                "question",
                "survey",
                "circle",
                "voucher",
                "knowledge",
                "conversation",
                "activation",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "evidence",
            sa.Enum(
                "headcount",
                "listed",
                "self_declared",
                "checked_in",
                "confirmed",
                name="evidence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("occasion_id", sa.Integer(), nullable=True),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("pioneer_id", sa.Integer(), nullable=True),
        sa.Column("heads", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "void_reason",
            sa.Enum(
                "wrong_person",
                "wrong_day",
                "not_present",
                "recorded_twice",
                "import_undone",
                "replaced",
                "merged",
                "event_cancelled",
                name="void_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(evidence = 'headcount' AND heads IS NOT NULL AND person_id IS NULL AND company_id IS NULL AND occasion_id IS NOT NULL) OR (evidence <> 'headcount' AND heads IS NULL AND (person_id IS NOT NULL OR company_id IS NOT NULL))",
            name=op.f("ck_contact_named_or_headcount"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_contact_void_has_reason")
        ),
        sa.CheckConstraint("heads IS NULL OR heads >= 0", name=op.f("ck_contact_heads")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_contact_company_id_company")
        ),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_contact_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasion.id"], name=op.f("fk_contact_occasion_id_occasion")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_contact_pioneer_id_pioneer")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_contact_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name=op.f("fk_contact_recorded_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_contact_voided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_company_id", "contact", ["company_id"], unique=False)
    op.create_index(
        "ix_contact_occasion_named",
        "contact",
        ["occasion_id"],
        unique=False,
        sqlite_where=sa.text("voided_at IS NULL AND heads IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND heads IS NULL"),
    )
    op.create_index("ix_contact_person_id", "contact", ["person_id"], unique=False)
    op.create_index("ix_contact_programme_day", "contact", ["programme_id", "day"], unique=False)
    op.create_index(
        "uq_contact_occasion_headcount",
        "contact",
        ["occasion_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND heads IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND heads IS NOT NULL"),
    )
    op.create_index(
        "uq_contact_occasion_person",
        "contact",
        ["occasion_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND person_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND person_id IS NOT NULL"),
    )
    op.create_table(
        "company_standing",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("aware_day", sa.Date(), nullable=True),
        sa.Column(
            "aware_channel",
            sa.Enum(
                "event",
                "media",
                "card",
                "question",
                "survey",
                "circle",
                "voucher",
                "knowledge",
                "conversation",
                "activation",
                name="aware_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("aware_contact_id", sa.Integer(), nullable=True),
        sa.Column("aware_occasion_id", sa.Integer(), nullable=True),
        sa.Column("aware_fan_id", sa.Integer(), nullable=True),
        sa.Column("aware_pioneer_id", sa.Integer(), nullable=True),
        sa.Column("activated_day", sa.Date(), nullable=True),
        sa.Column("activation_id", sa.Integer(), nullable=True),
        sa.Column("activated_occasion_id", sa.Integer(), nullable=True),
        sa.Column("activated_fan_id", sa.Integer(), nullable=True),
        sa.Column("activated_pioneer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activation_id"],
            ["activation.id"],
            name=op.f("fk_company_standing_activation_id_activation"),
        ),
        sa.ForeignKeyConstraint(
            ["aware_contact_id"],
            ["contact.id"],
            name=op.f("fk_company_standing_aware_contact_id_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_standing_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_company_standing_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_company_standing")),
    )
    op.create_index(
        "ix_company_standing_activated",
        "company_standing",
        ["programme_id", "activated_day", "company_id"],
        unique=False,
    )
    op.create_index(
        "ix_company_standing_aware",
        "company_standing",
        ["programme_id", "aware_day", "company_id"],
        unique=False,
    )
    op.create_table(
        "person_standing",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("aware_day", sa.Date(), nullable=True),
        sa.Column(
            "aware_channel",
            sa.Enum(
                "event",
                "media",
                "card",
                "question",
                "survey",
                "circle",
                "voucher",
                "knowledge",
                "conversation",
                "activation",
                name="aware_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("aware_contact_id", sa.Integer(), nullable=True),
        sa.Column("aware_company_id", sa.Integer(), nullable=True),
        sa.Column("aware_occasion_id", sa.Integer(), nullable=True),
        sa.Column("aware_fan_id", sa.Integer(), nullable=True),
        sa.Column("aware_pioneer_id", sa.Integer(), nullable=True),
        sa.Column("activated_day", sa.Date(), nullable=True),
        sa.Column("activation_id", sa.Integer(), nullable=True),
        sa.Column("activated_company_id", sa.Integer(), nullable=True),
        sa.Column("activated_occasion_id", sa.Integer(), nullable=True),
        sa.Column("activated_fan_id", sa.Integer(), nullable=True),
        sa.Column("activated_pioneer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activation_id"],
            ["activation.id"],
            name=op.f("fk_person_standing_activation_id_activation"),
        ),
        sa.ForeignKeyConstraint(
            ["aware_contact_id"],
            ["contact.id"],
            name=op.f("fk_person_standing_aware_contact_id_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_standing_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_person_standing_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_standing")),
    )
    op.create_index(
        "ix_person_standing_activated",
        "person_standing",
        ["programme_id", "activated_day", "person_id"],
        unique=False,
    )
    op.create_index(
        "ix_person_standing_aware",
        "person_standing",
        ["programme_id", "aware_day", "person_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_person_standing_aware", table_name="person_standing")
    op.drop_index("ix_person_standing_activated", table_name="person_standing")
    op.drop_table("person_standing")
    op.drop_index("ix_company_standing_aware", table_name="company_standing")
    op.drop_index("ix_company_standing_activated", table_name="company_standing")
    op.drop_table("company_standing")
    op.drop_index(
        "uq_contact_occasion_person",
        table_name="contact",
        sqlite_where=sa.text("voided_at IS NULL AND person_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND person_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_contact_occasion_headcount",
        table_name="contact",
        sqlite_where=sa.text("voided_at IS NULL AND heads IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND heads IS NOT NULL"),
    )
    op.drop_index("ix_contact_programme_day", table_name="contact")
    op.drop_index("ix_contact_person_id", table_name="contact")
    op.drop_index("ix_contact_occasion_named", table_name="contact")
    op.drop_index("ix_contact_company_id", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_activation_programme_status", table_name="activation")
    op.drop_index("ix_activation_person_id", table_name="activation")
    op.drop_index("ix_activation_company_id", table_name="activation")
    op.drop_table("activation")
    op.drop_index("ix_occasion_programme_day", table_name="occasion")
    op.drop_table("occasion")
    op.drop_table("tally")
