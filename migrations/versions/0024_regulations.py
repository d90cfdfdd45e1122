"""rules of law that courses cite"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('course', sa.Column('law_changed', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('course') as batch:
        batch.alter_column('law_changed', server_default=None)
    op.create_table(
        'regulation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('short', sa.String(length=80), nullable=False),
        sa.Column('kind', sa.String(length=80), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('title', sa.String(length=300), nullable=False),
        sa.Column('in_force_since', sa.Date(), nullable=True),
        sa.Column('source', sa.String(length=300), nullable=False),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.CheckConstraint('length(short) BETWEEN 1 AND 80', name=op.f('ck_regulation_short_length')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation')),
        sa.UniqueConstraint('short', name=op.f('uq_regulation_short')),
    )
    op.create_table(
        'regulation_name',
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('regulation_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ['regulation_id'], ['regulation.id'], name=op.f('fk_regulation_name_regulation_id')
        ),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_regulation_name')),
    )
    op.create_index(op.f('ix_regulation_name_regulation_id'), 'regulation_name', ['regulation_id'])
    op.create_table(
        'regulation_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('regulation_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('effect', sa.String(length=8), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('noted_at', sa.DateTime(), nullable=False),
        sa.Column('noted_by', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint("effect IN ('replaced','amended')", name=op.f('ck_regulation_change_effect')),
        sa.CheckConstraint('regulation_id <> by_id', name=op.f('ck_regulation_change_another')),
        sa.ForeignKeyConstraint(
            ['regulation_id'], ['regulation.id'], name=op.f('fk_regulation_change_regulation_id')
        ),
        sa.ForeignKeyConstraint(['by_id'], ['regulation.id'], name=op.f('fk_regulation_change_by_id')),
        sa.ForeignKeyConstraint(['noted_by'], ['user.id'], name=op.f('fk_regulation_change_noted_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_change')),
        sa.UniqueConstraint('regulation_id', 'by_id', name=op.f('uq_regulation_change_regulation_id_by_id')),
    )
    op.create_index(op.f('ix_regulation_change_by_id'), 'regulation_change', ['by_id'])
    op.create_table(
        'citation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('place', sa.String(length=80), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('piece', sa.String(length=64), nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('short', sa.String(length=80), nullable=False),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.CheckConstraint("kind IN ('course','lesson','question')", name=op.f('ck_citation_kind')),
        sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_citation_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_citation')),
    )
    op.create_index('ix_citation_version_id', 'citation', ['version_id'])
    op.create_index('ix_citation_key', 'citation', ['key'])
    op.create_table(
        'regulation_work',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('change_id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('place', sa.String(length=80), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.Column('opened_at', sa.DateTime(), nullable=False),
        sa.Column('handled_at', sa.DateTime(), nullable=True),
        sa.Column('handled_by', sa.Integer(), nullable=True),
        sa.Column('how', sa.String(length=9), nullable=False),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "how IN ('','published','checked','withdrawn')", name=op.f('ck_regulation_work_how')
        ),
        sa.CheckConstraint("(handled_at IS NULL) = (how = '')", name=op.f('ck_regulation_work_handled')),
        sa.ForeignKeyConstraint(
            ['change_id'], ['regulation_change.id'], name=op.f('fk_regulation_work_change_id')
        ),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_regulation_work_course_id')),
        sa.ForeignKeyConstraint(['handled_by'], ['user.id'], name=op.f('fk_regulation_work_handled_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_work')),
        sa.UniqueConstraint(
            'change_id', 'course_id', 'kind', 'place',
            name=op.f('uq_regulation_work_change_id_course_id_kind_place'),
        ),
    )
    op.create_index('ix_regulation_work_course_id', 'regulation_work', ['course_id'])


def downgrade() -> None:
    """Undo."""
    for table in ('regulation_work', 'citation', 'regulation_change', 'regulation_name', 'regulation'):
        op.drop_table(table)
    op.drop_column('course', 'law_changed')
