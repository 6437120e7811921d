"""What people ask about their own data, and what was destroyed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('data_access',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('token_nonce', sa.String(length=16), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_data_access_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_access'))
    )
    with op.batch_alter_table('data_access', schema=None) as batch_op:
        batch_op.create_index('ix_data_access_asked_at', ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_data_access_programme_id'), ['programme_id'], unique=False)
    op.create_table('data_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('asked_for', sa.Enum('correction', 'erasure', name='asked_for', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('open', 'done', 'refused', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f('ck_data_request_settled')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_data_request_person_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_data_request_programme_id_programme')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user.id'], name=op.f('fk_data_request_settled_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_request'))
    )
    with op.batch_alter_table('data_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_data_request_programme_state', ['programme_id', 'state'], unique=False)
    op.create_table('destruction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('because', sa.String(length=40), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_destruction_by_id_user')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_destruction_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_destruction'))
    )
    with op.batch_alter_table('destruction', schema=None) as batch_op:
        batch_op.create_index('ix_destruction_programme_at', ['programme_id', 'at'], unique=False)


def downgrade() -> None:
    op.drop_table("destruction")
    op.drop_table("data_request")
    op.drop_table("data_access")
