"""Companies and people, what was known when, doubts and mergings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("name_block", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kvk_number", sa.String(length=8), nullable=True),
        sa.Column("establishment_number", sa.String(length=12), nullable=True),
        sa.Column("sector_code", sa.String(length=8), nullable=True),
        sa.Column("sector_version", sa.String(length=4), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("turnover", sa.Integer(), nullable=True),
        sa.Column("balance", sa.Integer(), nullable=True),
        sa.Column("annual_work_units", sa.Integer(), nullable=True),
        sa.Column("municipality_code", sa.String(length=6), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("postcode", sa.String(length=7), nullable=True),
        sa.Column("web_domain", sa.String(length=120), nullable=True),
        sa.Column(
            "target_verdict",
            sa.Enum(
                "yes",
                "no",
                "unknown",
                name="target_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sme_verdict",
            sa.Enum(
                "yes",
                "no",
                "unknown",
                name="sme_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "employees IS NULL OR employees >= 0", name=op.f("ck_company_employees")
        ),
        sa.CheckConstraint(
            "establishment_number IS NULL OR length(establishment_number) = 12",
            name=op.f("ck_company_establishment_number"),
        ),
        sa.CheckConstraint(
            "kvk_number IS NULL OR length(kvk_number) = 8", name=op.f("ck_company_kvk_number")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_company_name")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id",
            name=op.f("ck_company_merged_into_other"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["company.id"], name=op.f("fk_company_merged_into_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_company_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_company_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )
    op.create_index(
        "ix_company_kvk_number",
        "company",
        ["programme_id", "kvk_number"],
        unique=False,
        sqlite_where=sa.text("kvk_number IS NOT NULL"),
        postgresql_where=sa.text("kvk_number IS NOT NULL"),
    )
    op.create_index("ix_company_domain", "company", ["programme_id", "web_domain"], unique=False)
    op.create_index("ix_company_merged_into_id", "company", ["merged_into_id"], unique=False)
    op.create_index(
        "ix_company_name_block", "company", ["programme_id", "name_block", "id"], unique=False
    )
    op.create_index(
        "ix_company_name_key", "company", ["programme_id", "name_key", "id"], unique=False
    )
    vague = "kvk_number IS NULL AND web_domain IS NULL AND merged_into_id IS NULL"
    op.create_index(
        "ix_company_vague",
        "company",
        ["programme_id", "name_block", "id"],
        unique=False,
        sqlite_where=sa.text(vague),
        postgresql_where=sa.text(vague),
    )
    op.create_index(
        "ix_company_postcode",
        "company",
        ["programme_id", "postcode"],
        unique=False,
        sqlite_where=sa.text("postcode IS NOT NULL"),
        postgresql_where=sa.text("postcode IS NOT NULL"),
    )
    op.create_index(
        "uq_company_kvk_number",
        "company",
        ["programme_id", "kvk_number"],
        unique=True,
        sqlite_where=sa.text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
        postgresql_where=sa.text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
    )
    op.create_table(
        "doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "company",
                "person",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "same_name",
                "like_name",
                "same_domain",
                "same_mailbox",
                "same_phone",
                "namesake",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "settlement",
            sa.Enum(
                "same",
                "different",
                name="settlement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_doubt_ordered")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_doubt_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_doubt_settled_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
        sa.UniqueConstraint(
            "subject", "left_id", "right_id", name=op.f("uq_doubt_subject_left_id_right_id")
        ),
    )
    op.create_index("ix_doubt_open", "doubt", ["programme_id", "settled_at"], unique=False)
    op.create_index("ix_doubt_right_id", "doubt", ["right_id"], unique=False)
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "company",
                "person",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("loser_id", sa.Integer(), nullable=False),
        sa.Column("winner_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_over", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("loser_id <> winner_id", name=op.f("ck_merge_two")),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["user.id"], name=op.f("fk_merge_merged_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_merge_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_merge_undone_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_programme_id"), "merge", ["programme_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column("initials", sa.String(length=20), nullable=False),
        sa.Column("infix", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id",
            name=op.f("ck_person_merged_into_other"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_person_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_email", "person", ["programme_id", "email"], unique=False)
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"], unique=False)
    op.create_index("ix_person_name_key", "person", ["programme_id", "name_key"], unique=False)
    op.create_index(
        "ix_person_phone",
        "person",
        ["programme_id", "phone"],
        unique=False,
        sqlite_where=sa.text("phone IS NOT NULL"),
        postgresql_where=sa.text("phone IS NOT NULL"),
    )
    op.create_table(
        "company_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("canonical_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=6), nullable=True),
        sa.Column("sector", sa.String(length=1), nullable=True),
        sa.Column(
            "size_class",
            sa.Enum(
                "1-5",
                "6-9",
                "10-49",
                "50-249",
                "250+",
                "unknown",
                name="size_class",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "target_verdict",
            sa.Enum(
                "yes",
                "no",
                "unknown",
                name="target_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("known_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["canonical_id"], ["company.id"], name=op.f("fk_company_profile_canonical_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_profile_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_profile")),
    )
    op.create_index(
        "ix_company_profile_known",
        "company_profile",
        ["company_id", "known_from", "known_to"],
        unique=False,
    )
    op.create_index(
        "uq_company_profile_current",
        "company_profile",
        ["company_id"],
        unique=True,
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.create_table(
        "employment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_employment_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_employment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint(
            "person_id",
            "company_id",
            "from_day",
            name=op.f("uq_employment_person_id_company_id_from_day"),
        ),
    )
    op.create_index("ix_employment_company_id", "employment", ["company_id"], unique=False)
    op.create_table(
        "person_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("canonical_id", sa.Integer(), nullable=False),
        sa.Column("known_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["canonical_id"], ["person.id"], name=op.f("fk_person_identity_canonical_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_identity_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identity")),
    )
    op.create_index(
        "ix_person_identity_known",
        "person_identity",
        ["person_id", "known_from", "known_to"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_person_identity_known", table_name="person_identity")
    op.drop_table("person_identity")
    op.drop_index("ix_employment_company_id", table_name="employment")
    op.drop_table("employment")
    op.drop_index(
        "uq_company_profile_current",
        table_name="company_profile",
        sqlite_where=sa.text("known_to IS NULL"),
        postgresql_where=sa.text("known_to IS NULL"),
    )
    op.drop_index("ix_company_profile_known", table_name="company_profile")
    op.drop_table("company_profile")
    op.drop_index("ix_person_phone", table_name="person")
    op.drop_index("ix_person_name_key", table_name="person")
    op.drop_index("ix_person_merged_into_id", table_name="person")
    op.drop_index("ix_person_email", table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_merge_programme_id"), table_name="merge")
    op.drop_table("merge")
    op.drop_index("ix_doubt_right_id", table_name="doubt")
    op.drop_index("ix_doubt_open", table_name="doubt")
    op.drop_table("doubt")
    op.drop_index(
        "uq_company_kvk_number",
        table_name="company",
        sqlite_where=sa.text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
        postgresql_where=sa.text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
    )
    op.drop_index("ix_company_postcode", table_name="company")
    op.drop_index("ix_company_vague", table_name="company")
    op.drop_index("ix_company_name_key", table_name="company")
    op.drop_index("ix_company_name_block", table_name="company")
    op.drop_index("ix_company_merged_into_id", table_name="company")
    op.drop_index("ix_company_domain", table_name="company")
    op.drop_index("ix_company_kvk_number", table_name="company")
    op.drop_table("company")
