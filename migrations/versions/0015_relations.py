"""What keeping a network asks: who may join, notes, introductions, why somebody left."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REASON = sa.Enum(
    "no_time",
    "no_interest",
    "not_suitable",
    "no_answer",
    "left_company",
    "term_over",
    "moved_away",
    "other",
    name="end_reason",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    with op.batch_alter_table("programme") as batch_op:
        batch_op.add_column(
            sa.Column("silence_days", sa.Integer(), nullable=False, server_default="60")
        )
        batch_op.add_column(
            sa.Column("question_term_days", sa.Integer(), nullable=False, server_default="5")
        )
        batch_op.add_column(
            sa.Column("heads_tolerance", sa.Integer(), nullable=False, server_default="20")
        )
        batch_op.create_check_constraint(op.f("ck_programme_silence_days"), "silence_days >= 1")
        batch_op.create_check_constraint(
            op.f("ck_programme_question_term_days"), "question_term_days BETWEEN 1 AND 60"
        )
        batch_op.create_check_constraint(
            op.f("ck_programme_heads_tolerance"), "heads_tolerance BETWEEN 0 AND 100"
        )
    with op.batch_alter_table("pioneer") as batch_op:
        batch_op.add_column(
            sa.Column("appointed_by", sa.String(length=160), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("appointed_at", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("end_reason", REASON, nullable=True))
        batch_op.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_pioneer_successor_id_pioneer"), "pioneer", ["successor_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_pioneer_ended_because"), "end_reason IS NULL OR ended_on IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_pioneer_other_successor"), "successor_id IS NULL OR successor_id <> id"
        )
    with op.batch_alter_table("fan") as batch_op:
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("end_reason", REASON, nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_fan_ended_because"), "end_reason IS NULL OR NOT is_active"
        )
    op.create_table('prospect',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('pioneer', 'fan', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stage', sa.Enum('spotted', 'approached', 'in_conversation', 'agreed', 'joined', 'ended', name='stage', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stage_since', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company', sa.String(length=200), nullable=False),
    sa.Column('contact_name', sa.String(length=160), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('municipality_code', sa.String(length=6), nullable=True),
    sa.Column('found_through', sa.String(length=200), nullable=False),
    sa.Column('responsible_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('pioneer_id', sa.Integer(), nullable=True),
    sa.Column('fan_id', sa.Integer(), nullable=True),
    sa.Column('end_reason', sa.Enum('no_time', 'no_interest', 'not_suitable', 'no_answer', 'left_company', 'term_over', 'moved_away', 'other', name='end_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(side <> 'pioneer' OR fan_id IS NULL) AND (side <> 'fan' OR pioneer_id IS NULL)", name=op.f('ck_prospect_joined_on_its_side')),
    sa.CheckConstraint("(stage = 'ended') = (end_reason IS NOT NULL)", name=op.f('ck_prospect_ended_with_reason')),
    sa.CheckConstraint("(stage = 'joined') = (pioneer_id IS NOT NULL OR fan_id IS NOT NULL)", name=op.f('ck_prospect_joined_as_something')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_prospect_name')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_prospect_company_id_company')),
    sa.ForeignKeyConstraint(['fan_id'], ['fan.id'], name=op.f('fk_prospect_fan_id_fan')),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_prospect_municipality_code_municipality')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_prospect_person_id_person')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_prospect_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_prospect_programme_id_programme')),
    sa.ForeignKeyConstraint(['responsible_id'], ['user.id'], name=op.f('fk_prospect_responsible_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prospect')),
    sa.UniqueConstraint('fan_id', name=op.f('uq_prospect_fan_id')),
    sa.UniqueConstraint('pioneer_id', name=op.f('uq_prospect_pioneer_id'))
    )
    with op.batch_alter_table('prospect', schema=None) as batch_op:
        batch_op.create_index('ix_prospect_programme_stage', ['programme_id', 'side', 'stage'], unique=False)

    op.create_table('relation_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('conversation', 'call', 'mail', 'thanks', 'memo', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('prospect_id', sa.Integer(), nullable=True),
    sa.Column('pioneer_id', sa.Integer(), nullable=True),
    sa.Column('fan_id', sa.Integer(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('next_step', sa.String(length=300), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('responsible_id', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('years', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("done_at IS NULL OR next_step <> ''", name=op.f('ck_relation_note_done_step')),
    sa.CheckConstraint("(event_id IS NULL AND years IS NULL) OR (kind = 'thanks' AND pioneer_id IS NOT NULL)", name=op.f('ck_relation_note_thanked_for')),
    sa.CheckConstraint("next_step <> '' OR due_on IS NULL", name=op.f('ck_relation_note_day_of_a_step')),
    sa.CheckConstraint('(CASE WHEN prospect_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN pioneer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_relation_note_about_one')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_relation_note_done_by_id_user')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_relation_note_event_id_event')),
    sa.ForeignKeyConstraint(['fan_id'], ['fan.id'], name=op.f('fk_relation_note_fan_id_fan')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_relation_note_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_relation_note_programme_id_programme')),
    sa.ForeignKeyConstraint(['prospect_id'], ['prospect.id'], name=op.f('fk_relation_note_prospect_id_prospect')),
    sa.ForeignKeyConstraint(['responsible_id'], ['user.id'], name=op.f('fk_relation_note_responsible_id_user')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_relation_note_written_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation_note')),
    sa.UniqueConstraint('pioneer_id', 'event_id', name=op.f('uq_relation_note_pioneer_id_event_id')),
    sa.UniqueConstraint('pioneer_id', 'years', name=op.f('uq_relation_note_pioneer_id_years'))
    )
    with op.batch_alter_table('relation_note', schema=None) as batch_op:
        batch_op.create_index('ix_relation_note_fan_id', ['fan_id'], unique=False)
        batch_op.create_index('ix_relation_note_pioneer_id', ['pioneer_id'], unique=False)
        batch_op.create_index('ix_relation_note_programme_due', ['programme_id', 'due_on'], unique=False)
        batch_op.create_index('ix_relation_note_prospect_id', ['prospect_id'], unique=False)

    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fan_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('prospect_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(length=300), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN prospect_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_introduction_to_one')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_introduction_company_id_company')),
    sa.ForeignKeyConstraint(['fan_id'], ['fan.id'], name=op.f('fk_introduction_fan_id_fan')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user.id'], name=op.f('fk_introduction_noted_by_id_user')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_introduction_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_introduction_programme_id_programme')),
    sa.ForeignKeyConstraint(['prospect_id'], ['prospect.id'], name=op.f('fk_introduction_prospect_id_prospect')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction')),
    sa.UniqueConstraint('pioneer_id', 'company_id', name=op.f('uq_introduction_pioneer_id_company_id')),
    sa.UniqueConstraint('pioneer_id', 'fan_id', name=op.f('uq_introduction_pioneer_id_fan_id')),
    sa.UniqueConstraint('pioneer_id', 'prospect_id', name=op.f('uq_introduction_pioneer_id_prospect_id'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index('ix_introduction_company_id', ['company_id'], unique=False)
        batch_op.create_index('ix_introduction_fan_id', ['fan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index('ix_introduction_prospect_id', ['prospect_id'], unique=False)



def downgrade() -> None:
    op.drop_table("introduction")
    op.drop_table("relation_note")
    op.drop_table("prospect")
    with op.batch_alter_table("fan") as batch_op:
        batch_op.drop_constraint(op.f("ck_fan_ended_because"), type_="check")
        batch_op.drop_constraint(op.f("ck_fan_end_reason"), type_="check")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("ended_on")
    with op.batch_alter_table("pioneer") as batch_op:
        batch_op.drop_constraint(op.f("ck_pioneer_other_successor"), type_="check")
        batch_op.drop_constraint(op.f("ck_pioneer_ended_because"), type_="check")
        batch_op.drop_constraint(op.f("fk_pioneer_successor_id_pioneer"), type_="foreignkey")
        batch_op.drop_column("successor_id")
        batch_op.drop_constraint(op.f("ck_pioneer_end_reason"), type_="check")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("appointed_at")
        batch_op.drop_column("appointed_by")
    with op.batch_alter_table("programme") as batch_op:
        batch_op.drop_constraint(op.f("ck_programme_heads_tolerance"), type_="check")
        batch_op.drop_constraint(op.f("ck_programme_question_term_days"), type_="check")
        batch_op.drop_constraint(op.f("ck_programme_silence_days"), type_="check")
        batch_op.drop_column("heads_tolerance")
        batch_op.drop_column("question_term_days")
        batch_op.drop_column("silence_days")

