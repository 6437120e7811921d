"""The public site: its look, its texts and their versions; files."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stored_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('size > 0', name=op.f('ck_stored_file_size')),
    sa.ForeignKeyConstraint(['added_by_id'], ['user.id'], name=op.f('fk_stored_file_added_by_id_user')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_stored_file_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
    sa.UniqueConstraint('code', name=op.f('uq_stored_file_code'))
    )
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_file_programme_id'), ['programme_id'], unique=False)
    op.create_table('site_settings',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('is_findable', sa.Boolean(), nullable=False),
    sa.Column('tagline', sa.String(length=160), nullable=False),
    sa.Column('organisation', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('brand', sa.String(length=7), nullable=False),
    sa.Column('warm', sa.String(length=7), nullable=False),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('logo_alt', sa.String(length=120), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['logo_id'], ['stored_file.id'], name=op.f('fk_site_settings_logo_id_stored_file')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_site_settings_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', name=op.f('pk_site_settings'))
    )
    op.create_table('site_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('lead', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('is_own', sa.Boolean(), nullable=False),
    sa.Column('in_menu', sa.Boolean(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdraw_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_site_page_key')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_site_page_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_page')),
    sa.UniqueConstraint('programme_id', 'key', 'language', name=op.f('uq_site_page_programme_id_key_language'))
    )
    op.create_table('site_page_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('lead', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.Column('restored_from', sa.Integer(), nullable=True),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['page_id'], ['site_page.id'], name=op.f('fk_site_page_revision_page_id_site_page')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['user.id'], name=op.f('fk_site_page_revision_saved_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_page_revision')),
    sa.UniqueConstraint('page_id', 'number', name=op.f('uq_site_page_revision_page_id_number'))
    )
    with op.batch_alter_table('site_page_revision', schema=None) as batch_op:
        batch_op.create_index('ix_site_page_revision_publish_at', ['publish_at'], unique=False)


def downgrade() -> None:
    op.drop_table("site_page_revision")
    op.drop_table("site_page")
    op.drop_table("site_settings")
    op.drop_table("stored_file")
