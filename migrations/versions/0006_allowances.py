"""allowances: more time or attempts for one person; revisions of saved answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('response', sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
    op.add_column('attempt', sa.Column('granted_minutes', sa.Integer(), server_default='0', nullable=False))
    op.create_table(
        'allowance',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('quiz_key', sa.String(length=64), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.Column('given_by', sa.Integer(), nullable=False),
        sa.Column('given_at', sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            'minutes >= 0 AND attempts >= 0 AND minutes + attempts > 0', name=op.f('ck_allowance_something')
        ),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'], name=op.f('fk_allowance_enrollment_id')
        ),
        sa.ForeignKeyConstraint(['given_by'], ['user.id'], name=op.f('fk_allowance_given_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_allowance')),
    )
    op.create_index('ix_allowance_enrollment_id_quiz_key', 'allowance', ['enrollment_id', 'quiz_key'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('allowance')
    for table, column in (('attempt', 'granted_minutes'), ('response', 'revision')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
