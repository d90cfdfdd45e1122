"""evaluations: answers without a person, and who has answered"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'evaluation_answer',
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('month', sa.String(length=7), nullable=False),
        sa.Column('item', sa.String(length=24), nullable=False),
        sa.Column('score', sa.Integer(), nullable=True),
        sa.Column('comment', sa.Text(), nullable=False),
        sa.CheckConstraint("(score IS NULL) = (comment <> '')", name=op.f('ck_evaluation_answer_one_kind')),
        sa.CheckConstraint('score BETWEEN 1 AND 4', name=op.f('ck_evaluation_answer_score')),
        sa.ForeignKeyConstraint(
            ['version_id'], ['course_version.id'], name=op.f('fk_evaluation_answer_version_id')
        ),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_evaluation_answer')),
        sqlite_with_rowid=False,
    )
    op.create_index('ix_evaluation_answer_version_id_item', 'evaluation_answer', ['version_id', 'item'])
    op.create_table(
        'evaluation_given',
        sa.Column('enrollment_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'], name=op.f('fk_evaluation_given_enrollment_id')
        ),
        sa.PrimaryKeyConstraint('enrollment_id', name=op.f('pk_evaluation_given')),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('evaluation_given')
    op.drop_table('evaluation_answer')
