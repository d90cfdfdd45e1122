"""shared_bank: banks of questions that several courses draw from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'shared_bank',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('slug', sa.String(length=40), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('questions', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('changed_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_shared_bank_digest')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_bank')),
        sa.UniqueConstraint('slug', name=op.f('uq_shared_bank_slug')),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('shared_bank')
