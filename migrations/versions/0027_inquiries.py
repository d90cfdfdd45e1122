"""inquiry: questions at a place of a lesson"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'inquiry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('lesson_key', sa.String(length=64), nullable=False),
        sa.Column('place', sa.String(length=16), nullable=False),
        sa.Column('quote', sa.String(length=300), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('text', sa.String(length=1000), nullable=False),
        sa.Column('asker_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('state', sa.String(length=9), nullable=False),
        sa.Column('answer', sa.String(length=2000), nullable=False),
        sa.Column('closed_by', sa.Integer(), nullable=True),
        sa.Column('closed_at', sa.DateTime(), nullable=True),
        sa.Column('handed_to', sa.Integer(), nullable=True),
        sa.Column('entered_version_id', sa.Integer(), nullable=True),
        sa.Column('entered_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('question','error')", name=op.f('ck_inquiry_kind')),
        sa.CheckConstraint(
            "state IN ('open','answered','declined','withdrawn')", name=op.f('ck_inquiry_state')
        ),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_inquiry_closed_whole')),
        sa.CheckConstraint(
            "(entered_version_id IS NULL) = (entered_at IS NULL)", name=op.f('ck_inquiry_entered_whole')
        ),
        sa.CheckConstraint(
            "entered_at IS NULL OR state = 'answered'", name=op.f('ck_inquiry_entered_answered')
        ),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_inquiry_course_id')),
        sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_inquiry_version_id')),
        sa.ForeignKeyConstraint(['asker_id'], ['user.id'], name=op.f('fk_inquiry_asker_id')),
        sa.ForeignKeyConstraint(['closed_by'], ['user.id'], name=op.f('fk_inquiry_closed_by')),
        sa.ForeignKeyConstraint(['handed_to'], ['user.id'], name=op.f('fk_inquiry_handed_to')),
        sa.ForeignKeyConstraint(
            ['entered_version_id'], ['course_version.id'], name=op.f('fk_inquiry_entered_version_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    )
    op.create_index('ix_inquiry_course_id_lesson_key', 'inquiry', ['course_id', 'lesson_key'])
    op.create_index('ix_inquiry_state_id', 'inquiry', ['state', 'id'])
    op.create_index('ix_inquiry_asker_id_id', 'inquiry', ['asker_id', 'id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('inquiry')
