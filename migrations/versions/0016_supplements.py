"""lessons of a newer version that were read after the completion"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'supplement_part',
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('lesson_key', sa.String(length=64), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('finished_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrollment_id'], ['enrollment.id'], name=op.f('fk_supplement_part_enrollment_id')
        ),
        sa.ForeignKeyConstraint(
            ['version_id'], ['course_version.id'], name=op.f('fk_supplement_part_version_id')
        ),
        sa.PrimaryKeyConstraint('enrollment_id', 'lesson_key', 'digest', name=op.f('pk_supplement_part')),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('supplement_part')
