"""corrections of wrong keys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'key_correction',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('quiz_key', sa.String(length=64), nullable=False),
        sa.Column('question_key', sa.String(length=64), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.Column('lower', sa.Boolean(), nullable=False),
        sa.Column('ordered_by', sa.Integer(), nullable=False),
        sa.Column('ordered_at', sa.DateTime(), nullable=False),
        sa.Column('finished_at', sa.DateTime(), nullable=True),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_key_correction_course_id')),
        sa.ForeignKeyConstraint(
            ['version_id'], ['course_version.id'], name=op.f('fk_key_correction_version_id')
        ),
        sa.ForeignKeyConstraint(['ordered_by'], ['user.id'], name=op.f('fk_key_correction_ordered_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_key_correction')),
    )
    op.create_index('ix_key_correction_course_id_quiz_key', 'key_correction', ['course_id', 'quiz_key'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('key_correction')
