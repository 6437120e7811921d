"""The questions desk and its experts."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("desk_email", sa.String(length=254), nullable=True))
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "asked_by",
            sa.Enum(
                "card",
                "talk",
                "site",
                "mail",
                "call",
                name="asked_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "taken",
                "waiting",
                "referred",
                "answered",
                "closed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("token_nonce", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("pioneer_id", sa.Integer(), nullable=True),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "helped",
                "action",
                "not_helped",
                "no_reply",
                "not_ours",
                "misuse",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("activation_id", sa.Integer(), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consent_wording", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_question_closed_at")
        ),
        sa.CheckConstraint(
            "(status = 'closed') = (outcome IS NOT NULL)",
            name=op.f("ck_question_closed_with_outcome"),
        ),
        sa.CheckConstraint(
            "status IN ('new', 'closed') OR responsible_id IS NOT NULL",
            name=op.f("ck_question_taken"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_question_text")),
        sa.ForeignKeyConstraint(
            ["activation_id"], ["activation.id"], name=op.f("fk_question_activation_id_activation")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_question_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_question_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id_event")
        ),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_question_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_question_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_question_pioneer_id_pioneer")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_question_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["user.id"], name=op.f("fk_question_responsible_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_company_id", ["company_id"], unique=False)
        batch_op.create_index("ix_question_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_question_pioneer_id", ["pioneer_id"], unique=False)
        batch_op.create_index(
            "ix_question_programme_status", ["programme_id", "status", "due_on"], unique=False
        )

    op.create_table(
        "question_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "in",
                "out",
                "note",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("link_title", sa.String(length=120), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_question_message_text")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_question_message_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail_message.id"], name=op.f("fk_question_message_mail_id_mail_message")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_message_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_message")),
    )
    with op.batch_alter_table("question_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_message_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("subjects", sa.String(length=300), nullable=False),
        sa.Column("themes", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=160), nullable=False),
        sa.Column("price", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("recommended_by", sa.String(length=160), nullable=False),
        sa.Column("recommended_by_pioneer_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_expert_name")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_expert_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["recommended_by_pioneer_id"],
            ["pioneer.id"],
            name=op.f("fk_expert_recommended_by_pioneer_id_pioneer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
    )
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.create_index("ix_expert_programme_name", ["programme_id", "name"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "expert",
                "fan",
                "pioneer",
                "tool",
                "circle",
                "voucher",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_nonce", sa.String(length=16), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=True),
        sa.Column("fan_id", sa.Integer(), nullable=True),
        sa.Column("pioneer_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("asked_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'expert') = (expert_id IS NOT NULL) AND (kind = 'fan') = (fan_id IS NOT NULL) AND (kind = 'pioneer') = (pioneer_id IS NOT NULL)",
            name=op.f("ck_referral_to_whom"),
        ),
        sa.CheckConstraint("(helped IS NULL) = (told_at IS NULL)", name=op.f("ck_referral_told")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_referral_by_id_user")),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name=op.f("fk_referral_expert_id_expert")
        ),
        sa.ForeignKeyConstraint(["fan_id"], ["fan.id"], name=op.f("fk_referral_fan_id_fan")),
        sa.ForeignKeyConstraint(
            ["pioneer_id"], ["pioneer.id"], name=op.f("fk_referral_pioneer_id_pioneer")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_referral_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_question_id"), ["question_id"], unique=False)

    op.create_table(
        "reply_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_reply_text_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_text")),
    )
    with op.batch_alter_table("reply_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reply_text_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "knowledge_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_knowledge_draft_made_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_knowledge_draft_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_knowledge_draft_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_draft")),
        sa.UniqueConstraint("question_id", name=op.f("uq_knowledge_draft_question_id")),
    )
    with op.batch_alter_table("knowledge_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_knowledge_draft_programme_id"), ["programme_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("knowledge_draft")
    op.drop_table("reply_text")
    op.drop_table("referral")
    op.drop_table("expert")
    op.drop_table("question_message")
    op.drop_table("question")
    with op.batch_alter_table("programme") as batch_op:
        batch_op.drop_column("desk_email")
