"""question_index: questions of shared banks, and which are published"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('question_index') as batch:
        batch.alter_column('course_id', existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column('bank_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('live', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.create_foreign_key(op.f('fk_question_index_bank_id'), 'shared_bank', ['bank_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_question_index_one_place'), '(course_id IS NULL) <> (bank_id IS NULL)'
        )
    with op.batch_alter_table('question_index') as batch:
        batch.alter_column('live', server_default=None)
    op.create_index('ix_question_index_bank_id', 'question_index', ['bank_id'])
    op.create_index(
        'ix_question_index_counts', 'question_index',
        ['course_id', 'bank_id', 'kind', 'competency', 'difficulty', 'live', 'quizzes', 'tags'],
    )


def downgrade() -> None:
    """Undo."""
    op.execute('DELETE FROM question_index WHERE bank_id IS NOT NULL')
    op.drop_index('ix_question_index_counts', 'question_index')
    op.drop_index('ix_question_index_bank_id', 'question_index')
    with op.batch_alter_table('question_index') as batch:
        batch.drop_constraint(op.f('ck_question_index_one_place'), type_='check')
        batch.drop_constraint(op.f('fk_question_index_bank_id'), type_='foreignkey')
        batch.drop_column('live')
        batch.drop_column('bank_id')
        batch.alter_column('course_id', existing_type=sa.Integer(), nullable=False)
