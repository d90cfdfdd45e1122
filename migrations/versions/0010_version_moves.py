"""learners under way who chose to go on in another version"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'version_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('from_version_id', sa.Integer(), nullable=False),
        sa.Column('to_version_id', sa.Integer(), nullable=False),
        sa.Column('moved_at', sa.DateTime(), nullable=False),
        sa.Column('again', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'], name=op.f('fk_version_move_enrollment_id')
        ),
        sa.ForeignKeyConstraint(
            ['from_version_id'], ['course_version.id'], name=op.f('fk_version_move_from_version_id')
        ),
        sa.ForeignKeyConstraint(
            ['to_version_id'], ['course_version.id'], name=op.f('fk_version_move_to_version_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_version_move')),
    )
    op.create_index('ix_version_move_enrollment_id', 'version_move', ['enrollment_id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('version_move')
