"""Subscriptions, newsletters and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('subscription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('state', sa.Enum('pending', 'confirmed', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_nonce', sa.String(length=16), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('themes', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name=op.f('ck_subscription_confirmed_at')),
    sa.CheckConstraint("state <> 'withdrawn' OR withdrawn_at IS NOT NULL", name=op.f('ck_subscription_withdrawn_at')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_subscription_email_lower')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_subscription_person_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_subscription_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('programme_id', 'email', name=op.f('uq_subscription_programme_id_email'))
    )
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.create_index('ix_subscription_person_id', ['person_id'], unique=False)
    op.create_table('subscription_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Enum('requested', 'confirmed', 'themes', 'withdrawn', name='step', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.Enum('site', 'card', 'registration', 'question', 'knowledge', name='source', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('themes', sa.String(length=200), nullable=False),
    sa.Column('mailing_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_subscription_event_subscription_id_subscription')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_event'))
    )
    with op.batch_alter_table('subscription_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_event_subscription_id'), ['subscription_id'], unique=False)
    op.create_table('mailing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('newsletter', 'invitation', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'planned', 'sending', 'sent', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('subject', sa.String(length=150), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('theme', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('segment', sa.JSON(), nullable=False),
    sa.Column('send_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fixed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=24), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'invitation') OR event_id IS NULL", name=op.f('ck_mailing_event')),
    sa.CheckConstraint("state <> 'planned' OR send_at IS NOT NULL", name=op.f('ck_mailing_planned')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_mailing_created_by_id_user')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_mailing_event_id_event')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_mailing_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing')),
    sa.UniqueConstraint('programme_id', 'form_key', name=op.f('uq_mailing_programme_id_form_key'))
    )
    with op.batch_alter_table('mailing', schema=None) as batch_op:
        batch_op.create_index('ix_mailing_programme_state', ['programme_id', 'state', 'send_at'], unique=False)
    op.create_table('mailing_recipient',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mailing_id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'queued', 'skipped', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['mail_id'], ['mail_message.id'], name=op.f('fk_mailing_recipient_mail_id_mail_message')),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_mailing_recipient_mailing_id_mailing')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_mailing_recipient_subscription_id_subscription')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing_recipient')),
    sa.UniqueConstraint('mailing_id', 'subscription_id', name=op.f('uq_mailing_recipient_mailing_id_subscription_id'))
    )
    with op.batch_alter_table('mailing_recipient', schema=None) as batch_op:
        batch_op.create_index('ix_mailing_recipient_mail_id', ['mail_id'], unique=False)
        batch_op.create_index('ix_mailing_recipient_state', ['mailing_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailing_recipient_subscription_id'), ['subscription_id'], unique=False)

    op.add_column(
        "mail_message",
        sa.Column("unsubscribe", sa.String(length=300), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_table("mailing_recipient")
    op.drop_table("mailing")
    op.drop_table("subscription_event")
    op.drop_table("subscription")
    with op.batch_alter_table("mail_message", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")
