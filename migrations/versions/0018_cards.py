"""Referral cards, their visits, and who left details."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('print_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_single_code', sa.Boolean(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=True),
    sa.Column('fan_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(length=200), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(CASE WHEN pioneer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN fan_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_print_run_one_owner')),
    sa.CheckConstraint('quantity >= 1 AND quantity <= 10000', name=op.f('ck_print_run_quantity')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_print_run_created_by_id_user')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_print_run_event_id_event')),
    sa.ForeignKeyConstraint(['fan_id'], ['fan.id'], name=op.f('fk_print_run_fan_id_fan')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_print_run_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_print_run_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_run')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_print_run_programme_id_number'))
    )
    with op.batch_alter_table('print_run', schema=None) as batch_op:
        batch_op.create_index('ix_print_run_event_id', ['event_id'], unique=False)
        batch_op.create_index('ix_print_run_fan_id', ['fan_id'], unique=False)
        batch_op.create_index('ix_print_run_pioneer_id', ['pioneer_id'], unique=False)

    op.create_table('card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_because', sa.String(length=200), nullable=False),
    sa.Column('scanned', sa.Integer(), nullable=False),
    sa.Column('typed', sa.Integer(), nullable=False),
    sa.Column('first_visit_on', sa.Date(), nullable=True),
    sa.Column('last_visit_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name=op.f('ck_card_withdrawn_because')),
    sa.ForeignKeyConstraint(['run_id'], ['print_run.id'], name=op.f('fk_card_run_id_print_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card')),
    sa.UniqueConstraint('code', name=op.f('uq_card_code'))
    )
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_run_id'), ['run_id'], unique=False)

    op.create_table('card_destination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('card_id', sa.Integer(), nullable=True),
    sa.Column('pioneer_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('because', sa.String(length=200), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(run_id IS NULL) <> (card_id IS NULL)', name=op.f('ck_card_destination_of_one')),
    sa.CheckConstraint('pioneer_id IS NULL OR event_id IS NULL', name=op.f('ck_card_destination_to_one')),
    sa.ForeignKeyConstraint(['card_id'], ['card.id'], name=op.f('fk_card_destination_card_id_card')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_card_destination_event_id_event')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_card_destination_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['run_id'], ['print_run.id'], name=op.f('fk_card_destination_run_id_print_run')),
    sa.ForeignKeyConstraint(['set_by_id'], ['user.id'], name=op.f('fk_card_destination_set_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_destination'))
    )
    with op.batch_alter_table('card_destination', schema=None) as batch_op:
        batch_op.create_index('ix_card_destination_card_id', ['card_id', 'id'], unique=False)
        batch_op.create_index('ix_card_destination_run_id', ['run_id', 'id'], unique=False)

    op.create_table('card_visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('visitor', sa.LargeBinary(length=16), nullable=False),
    sa.Column('came', sa.Enum('scanned', 'typed', name='came', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.CheckConstraint('length(visitor) = 16', name=op.f('ck_card_visit_visitor')),
    sa.ForeignKeyConstraint(['card_id'], ['card.id'], name=op.f('fk_card_visit_card_id_card')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_visit')),
    sa.UniqueConstraint('card_id', 'hour', 'visitor', name=op.f('uq_card_visit_card_id_hour_visitor'))
    )
    op.create_table('card_visit_day',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('scanned', sa.Integer(), nullable=False),
    sa.Column('typed', sa.Integer(), nullable=False),
    sa.Column('previews', sa.Integer(), nullable=False),
    sa.Column('bots', sa.Integer(), nullable=False),
    sa.Column('heads', sa.Integer(), nullable=False),
    sa.Column('own', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['print_run.id'], name=op.f('fk_card_visit_day_run_id_print_run')),
    sa.PrimaryKeyConstraint('run_id', 'day', name=op.f('pk_card_visit_day'))
    )
    op.create_table('card_visit_salt',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('salt', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_card_visit_salt'))
    )
    op.create_table('card_lead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('question', 'call', 'circle', 'news', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('came', sa.Enum('scanned', 'typed', name='came', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('question_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(kind = 'news') = (question_id IS NULL)", name=op.f('ck_card_lead_asks_something')),
    sa.ForeignKeyConstraint(['card_id'], ['card.id'], name=op.f('fk_card_lead_card_id_card')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_card_lead_company_id_company')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_card_lead_contact_id_contact')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_card_lead_person_id_person')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_card_lead_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_lead')),
    sa.UniqueConstraint('question_id', name=op.f('uq_card_lead_question_id'))
    )
    with op.batch_alter_table('card_lead', schema=None) as batch_op:
        batch_op.create_index('ix_card_lead_card_id', ['card_id', 'at'], unique=False)
        batch_op.create_index('ix_card_lead_contact_id', ['contact_id'], unique=False)
        batch_op.create_index('ix_card_lead_person_id', ['person_id'], unique=False)

    op.create_table('card_lead_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('token_nonce', sa.String(length=16), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['lead_id'], ['card_lead.id'], name=op.f('fk_card_lead_consent_lead_id_card_lead')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_lead_consent')),
    sa.UniqueConstraint('lead_id', 'purpose', name=op.f('uq_card_lead_consent_lead_id_purpose'))
    )


def downgrade() -> None:
    op.drop_table("card_lead_consent")
    op.drop_table("card_lead")
    op.drop_table("card_visit_salt")
    op.drop_table("card_visit_day")
    op.drop_table("card_visit")
    op.drop_table("card_destination")
    op.drop_table("card")
    op.drop_table("print_run")

