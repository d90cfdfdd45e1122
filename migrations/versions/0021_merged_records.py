"""merged_record: second records of one person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'merged_record',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('into_id', sa.Integer(), nullable=False),
        sa.Column('merged_at', sa.DateTime(), nullable=False),
        sa.Column('merged_by', sa.Integer(), nullable=False),
        sa.CheckConstraint('user_id <> into_id', name=op.f('ck_merged_record_other')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_merged_record_user_id')),
        sa.ForeignKeyConstraint(['into_id'], ['user.id'], name=op.f('fk_merged_record_into_id')),
        sa.ForeignKeyConstraint(['merged_by'], ['user.id'], name=op.f('fk_merged_record_merged_by')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_merged_record')),
    )
    op.create_index(op.f('ix_merged_record_into_id'), 'merged_record', ['into_id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('merged_record')
