"""Photos, and the public face of pioneers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('large', sa.LargeBinary(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('alt', sa.String(length=200), nullable=False),
    sa.Column('crop_x', sa.Integer(), nullable=False),
    sa.Column('crop_y', sa.Integer(), nullable=False),
    sa.Column('crop_zoom', sa.Integer(), nullable=False),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_photo_size')),
    sa.CheckConstraint('crop_x BETWEEN 0 AND 100 AND crop_y BETWEEN 0 AND 100 AND crop_zoom BETWEEN 100 AND 400', name=op.f('ck_photo_crop')),
    sa.ForeignKeyConstraint(['added_by_id'], ['user.id'], name=op.f('fk_photo_added_by_id_user')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_photo_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo')),
    sa.UniqueConstraint('code', name=op.f('uq_photo_code'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_programme_id'), ['programme_id'], unique=False)

    op.create_table('profile',
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('headline', sa.String(length=160), nullable=False),
    sa.Column('story', sa.Text(), nullable=False),
    sa.Column('levels', sa.String(length=10), nullable=False),
    sa.Column('offers', sa.String(length=60), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=False),
    sa.Column('region', sa.String(length=160), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(code) >= 6', name=op.f('ck_profile_code')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_profile_photo_id_photo')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_profile_pioneer_id_pioneer')),
    sa.PrimaryKeyConstraint('pioneer_id', name=op.f('pk_profile')),
    sa.UniqueConstraint('code', name=op.f('uq_profile_code'))
    )
    op.create_table('quote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=400), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_quote_pioneer_id_pioneer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote'))
    )
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_pioneer_id'), ['pioneer_id'], unique=False)

    op.create_table('profile_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('profile', 'photo', 'quote', name='purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('wording_version', sa.String(length=20), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('quote_id', sa.Integer(), nullable=True),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose = 'quote' OR quote_id IS NULL", name=op.f('ck_profile_consent_of_a_quote')),
    sa.ForeignKeyConstraint(['given_by_id'], ['user.id'], name=op.f('fk_profile_consent_given_by_id_user')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_profile_consent_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_profile_consent_quote_id_quote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_consent'))
    )
    with op.batch_alter_table('profile_consent', schema=None) as batch_op:
        batch_op.create_index('ix_profile_consent_pioneer_id', ['pioneer_id', 'purpose'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_consent_quote_id'), ['quote_id'], unique=False)

    op.create_table('away_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('to_day', sa.Date(), nullable=False),
    sa.Column('remark', sa.String(length=160), nullable=False),
    sa.CheckConstraint('to_day >= from_day', name=op.f('ck_away_period_period')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_away_period_pioneer_id_pioneer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_away_period'))
    )
    with op.batch_alter_table('away_period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_away_period_pioneer_id'), ['pioneer_id'], unique=False)



def downgrade() -> None:
    op.drop_table("away_period")
    op.drop_table("profile_consent")
    op.drop_table("quote")
    op.drop_table("profile")
    op.drop_table("photo")

