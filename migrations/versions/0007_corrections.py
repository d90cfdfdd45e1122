"""corrections: what people ask to be corrected in their data"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'correction_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('wish', sa.String(length=1000), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('state', sa.String(length=8), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('answer', sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "state IN ('open','done','refused')", name=op.f('ck_correction_request_state')
        ),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL) AND (state = 'open') = (answered_by IS NULL)",
            name=op.f('ck_correction_request_answer_whole'),
        ),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_correction_request_user_id')),
        sa.ForeignKeyConstraint(['answered_by'], ['user.id'], name=op.f('fk_correction_request_answered_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_request')),
    )
    op.create_index('ix_correction_request_state_id', 'correction_request', ['state', 'id'])
    op.create_index(op.f('ix_correction_request_user_id'), 'correction_request', ['user_id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('correction_request')
