"""training outside this site, reported with a proof"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'outside_training',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('form', sa.String(length=24), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('organiser', sa.String(length=200), nullable=False),
        sa.Column('started_on', sa.Date(), nullable=False),
        sa.Column('ended_on', sa.Date(), nullable=False),
        sa.Column('jp', sa.Integer(), nullable=False),
        sa.Column('jp_year', sa.Integer(), nullable=False),
        sa.Column('proof', sa.String(length=64), nullable=False),
        sa.Column('proof_kind', sa.String(length=4), nullable=False),
        sa.Column('submitted_at', sa.DateTime(), nullable=False),
        sa.Column('number', sa.String(length=100), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('credited_jp', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(), nullable=True),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting','verified','refused','withdrawn','cancelled')",
            name=op.f('ck_outside_training_state'),
        ),
        sa.CheckConstraint('jp BETWEEN 1 AND 200', name=op.f('ck_outside_training_jp')),
        sa.CheckConstraint('ended_on >= started_on', name=op.f('ck_outside_training_days')),
        sa.CheckConstraint(
            "(credited_jp IS NOT NULL) = (state IN ('verified','cancelled'))",
            name=op.f('ck_outside_training_credit_whole'),
        ),
        sa.CheckConstraint(
            "(state IN ('waiting','withdrawn')) = (decided_by IS NULL)",
            name=op.f('ck_outside_training_decision_whole'),
        ),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_outside_training_user_id')),
        sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_outside_training_decided_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_training')),
    )
    op.create_index('ix_outside_training_user_id_jp_year', 'outside_training', ['user_id', 'jp_year'])
    op.create_index('ix_outside_training_state_id', 'outside_training', ['state', 'id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('outside_training')
