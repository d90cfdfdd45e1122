"""marks by people: level and comment of a mark, answers that wait for a person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('attempt', sa.Column('for_person', sa.Integer(), server_default='0', nullable=False))
    op.add_column('grading', sa.Column('level', sa.Double(), nullable=True))
    op.add_column('grading', sa.Column('comment', sa.Text(), server_default='', nullable=False))
    op.create_index(
        'ix_attempt_for_person',
        'attempt',
        ['version_id'],
        sqlite_where=sa.text('for_person > 0'),
        postgresql_where=sa.text('for_person > 0'),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index('ix_attempt_for_person', table_name='attempt')
    for table, column in (('grading', 'comment'), ('grading', 'level'), ('attempt', 'for_person')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
