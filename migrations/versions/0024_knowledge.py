"""The knowledge base."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('knowledge_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('article', 'story', 'tool', 'scan', 'video', 'document', 'scheme', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('summary', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('themes', sa.String(length=200), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('domain', sa.Enum('strategy', 'primary_process', 'personnel', 'management', name='domain', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('sector', sa.String(length=1), nullable=False),
    sa.Column('size_class', sa.Enum('1-5', '6-9', '10-49', '50-249', '250+', 'unknown', name='size_class', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('municipality_code', sa.String(length=6), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('licence', sa.String(length=80), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('company_name', sa.String(length=160), nullable=False),
    sa.Column('pioneer_id', sa.Integer(), nullable=True),
    sa.Column('consent_by', sa.String(length=160), nullable=False),
    sa.Column('consent_on', sa.Date(), nullable=True),
    sa.Column('consent_until', sa.Date(), nullable=True),
    sa.Column('consent_withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdraw_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('consent_on IS NULL OR consent_until IS NULL OR consent_on <= consent_until', name=op.f('ck_knowledge_item_consent_period')),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 1 AND 3', name=op.f('ck_knowledge_item_level')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_knowledge_item_company_id_company')),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_knowledge_item_municipality_code_municipality')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_knowledge_item_owner_id_user')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_knowledge_item_photo_id_photo')),
    sa.ForeignKeyConstraint(['pioneer_id'], ['pioneer.id'], name=op.f('fk_knowledge_item_pioneer_id_pioneer')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_knowledge_item_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_item')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_knowledge_item_programme_id_slug'))
    )
    with op.batch_alter_table('knowledge_item', schema=None) as batch_op:
        batch_op.create_index('ix_knowledge_item_company_id', ['company_id'], unique=False)
        batch_op.create_index('ix_knowledge_item_pioneer_id', ['pioneer_id'], unique=False)
        batch_op.create_index('ix_knowledge_item_published', ['programme_id', 'published_at'], unique=False)
    op.create_table('knowledge_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('summary', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.Column('restored_from', sa.Integer(), nullable=True),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_revision_item_id_knowledge_item')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['user.id'], name=op.f('fk_knowledge_revision_saved_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_revision')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_knowledge_revision_item_id_number'))
    )
    with op.batch_alter_table('knowledge_revision', schema=None) as batch_op:
        batch_op.create_index('ix_knowledge_revision_publish_at', ['publish_at'], unique=False)
    op.create_table('knowledge_file',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_knowledge_file_file_id_stored_file')),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_file_item_id_knowledge_item')),
    sa.PrimaryKeyConstraint('item_id', 'file_id', name=op.f('pk_knowledge_file'))
    )
    op.create_table('knowledge_relation',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('item_id < other_id', name=op.f('ck_knowledge_relation_order')),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_relation_item_id_knowledge_item')),
    sa.ForeignKeyConstraint(['other_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_relation_other_id_knowledge_item')),
    sa.PrimaryKeyConstraint('item_id', 'other_id', name=op.f('pk_knowledge_relation'))
    )
    with op.batch_alter_table('knowledge_relation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_relation_other_id'), ['other_id'], unique=False)
    op.create_table('knowledge_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('helped', 'will_use', 'downloaded', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('intention', sa.String(length=400), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('consent_version', sa.String(length=20), nullable=False),
    sa.Column('consent_wording', sa.Text(), nullable=False),
    sa.Column('token_nonce', sa.String(length=16), nullable=False),
    sa.Column('ask_on', sa.Date(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('followed', sa.Enum('done', 'not_yet', 'no', name='followed', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activation_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(followed IS NULL) = (told_at IS NULL)', name=op.f('ck_knowledge_use_told')),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_knowledge_use_activation_id_activation')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_knowledge_use_company_id_company')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_knowledge_use_contact_id_contact')),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_use_item_id_knowledge_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_knowledge_use_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_use'))
    )
    with op.batch_alter_table('knowledge_use', schema=None) as batch_op:
        batch_op.create_index('ix_knowledge_use_ask_on', ['ask_on'], unique=False)
        batch_op.create_index('ix_knowledge_use_item_id', ['item_id', 'at'], unique=False)
        batch_op.create_index('ix_knowledge_use_person_id', ['person_id'], unique=False)
    op.create_table('knowledge_word',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=80), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_item.id'], name=op.f('fk_knowledge_word_item_id_knowledge_item')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_knowledge_word_programme_id_programme')),
    sa.PrimaryKeyConstraint('item_id', 'word', name=op.f('pk_knowledge_word'))
    )
    with op.batch_alter_table('knowledge_word', schema=None) as batch_op:
        batch_op.create_index('ix_knowledge_word_word', ['programme_id', 'word'], unique=False)
    op.create_table('knowledge_gram',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=80), nullable=False),
    sa.Column('gram', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_knowledge_gram_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', 'word', 'gram', name=op.f('pk_knowledge_gram'))
    )
    with op.batch_alter_table('knowledge_gram', schema=None) as batch_op:
        batch_op.create_index('ix_knowledge_gram_gram', ['programme_id', 'gram'], unique=False)
    op.create_table('self_analysis',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('token_nonce', sa.String(length=16), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('consent_version', sa.String(length=20), nullable=False),
    sa.Column('consent_wording', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_self_analysis_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_analysis'))
    )
    with op.batch_alter_table('self_analysis', schema=None) as batch_op:
        batch_op.create_index('ix_self_analysis_expires_on', ['expires_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_self_analysis_programme_id'), ['programme_id'], unique=False)


def downgrade() -> None:
    op.drop_table("self_analysis")
    op.drop_table("knowledge_gram")
    op.drop_table("knowledge_word")
    op.drop_table("knowledge_use")
    op.drop_table("knowledge_relation")
    op.drop_table("knowledge_file")
    op.drop_table("knowledge_revision")
    op.drop_table("knowledge_item")
