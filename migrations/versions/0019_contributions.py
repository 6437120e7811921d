"""What pioneers contribute."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contribution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('talk', 'workshop', 'excursion', 'article', 'interview', 'podcast', 'social_post', 'conversation', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('client_key', sa.String(length=40), nullable=False),
    sa.Column('logged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('logged_by', sa.Enum('page', 'mail_link', 'team', name='logged_by', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('fan_id', sa.Integer(), nullable=True),
    sa.Column('heads', sa.Integer(), nullable=True),
    sa.Column('took_place', sa.Boolean(), nullable=False),
    sa.Column('is_apart', sa.Boolean(), nullable=False),
    sa.Column('gave_headcount', sa.Boolean(), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('logged_by_user_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('settled_heads', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(settled_at IS NULL) = (settled_heads IS NULL)', name=op.f('ck_contribution_settled')),
    sa.CheckConstraint('event_id IS NOT NULL OR took_place', name=op.f('ck_contribution_took_place')),
    sa.CheckConstraint('heads IS NULL OR (heads >= 0 AND heads <= 100000)', name=op.f('ck_contribution_heads')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_contribution_contact_id_contact')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_contribution_event_id_event')),
    sa.ForeignKeyConstraint(['fan_id'], ['fan.id'], name=op.f('fk_contribution_fan_id_fan')),
    sa.ForeignKeyConstraint(['logged_by_user_id'], ['user.id'], name=op.f('fk_contribution_logged_by_user_id_user')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_contribution_photo_id_photo')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_contribution_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_contribution_programme_id_programme')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user.id'], name=op.f('fk_contribution_settled_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution')),
    sa.UniqueConstraint('pioneer_id', 'client_key', name=op.f('uq_contribution_pioneer_id_client_key'))
    )
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.create_index('ix_contribution_event_id', ['event_id'], unique=False)
        batch_op.create_index('ix_contribution_pioneer_day', ['pioneer_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index('uq_contribution_event', ['pioneer_id', 'event_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL AND event_id IS NOT NULL'), postgresql_where=sa.text('withdrawn_at IS NULL AND event_id IS NOT NULL'))



def downgrade() -> None:
    op.drop_table("contribution")

