"""notice: what people are told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

_UNREAD = sa.text('read_at IS NULL')


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'notice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('about', sa.String(length=48), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('facts', sa.JSON(), nullable=False),
        sa.Column('read_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    )
    op.create_index('ix_notice_user_id_id', 'notice', ['user_id', 'id'])
    op.create_index('ix_notice_at', 'notice', ['at'])
    op.create_index(
        'uq_notice_unread', 'notice', ['user_id', 'kind', 'about'], unique=True, sqlite_where=_UNREAD,
        postgresql_where=_UNREAD,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('notice')
