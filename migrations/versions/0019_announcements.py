"""announcement: short messages on the home page"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'announcement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.Column('body', sa.String(length=1000), nullable=False),
        sa.Column('shown_from', sa.Date(), nullable=False),
        sa.Column('shown_until', sa.Date(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('created_by', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint('length(title) BETWEEN 1 AND 120', name=op.f('ck_announcement_title_length')),
        sa.CheckConstraint('shown_until >= shown_from', name=op.f('ck_announcement_days')),
        sa.ForeignKeyConstraint(['created_by'], ['user.id'], name=op.f('fk_announcement_created_by')),
        sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_announcement_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement')),
    )
    op.create_index('ix_announcement_shown_until', 'announcement', ['shown_until'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('announcement')
