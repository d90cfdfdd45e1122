"""indexes that hold all the lists and sums of the desk need"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

DONE = sa.text('completed_on IS NOT NULL')
UNCREDITED = sa.text('completed_on IS NOT NULL AND credited_jp IS NULL')


def upgrade() -> None:
    """Apply."""
    op.create_index(
        'ix_enrollment_year', 'enrollment',
        ['jp_year', 'user_id', 'withdrawn_at', 'credited_jp', 'version_id', 'course_id', 'completed_on'],
    )
    op.create_index(
        'ix_enrollment_done', 'enrollment', ['completed_on', 'user_id', 'withdrawn_at'],
        sqlite_where=DONE, postgresql_where=DONE,
    )
    op.create_index(
        'ix_enrollment_uncredited', 'enrollment',
        ['withdrawn_at', 'course_id', 'version_id', 'user_id', 'completed_on', 'credited_jp'],
        sqlite_where=UNCREDITED, postgresql_where=UNCREDITED,
    )
    op.create_index(
        'ix_enrollment_under_way', 'enrollment',
        ['version_id', 'completed_at', 'withdrawn_at', 'enrolled_at', 'user_id'],
    )
    op.drop_index('ix_enrollment_version_id', 'enrollment')
    op.create_index(
        'ix_certificate_state', 'certificate',
        ['issued_on', 'user_id', 'revoked_at', 'replaced_at', 'valid_until', 'needs_signature', 'signed_at',
         'enrollment_id'],
    )
    op.create_index(
        'ix_outside_training_year', 'outside_training', ['jp_year', 'user_id', 'state', 'credited_jp', 'jp']
    )
    op.create_index(
        'ix_rating_person', 'rating',
        ['user_id', 'competency_id', 'assessed_on', 'id', 'valid_until', 'level'],
    )
    op.drop_index('ix_rating_user_id_competency_id', 'rating')
    op.create_index('ix_rating_assessed_on', 'rating', ['assessed_on'])


def downgrade() -> None:
    """Undo."""
    op.drop_index('ix_rating_assessed_on', 'rating')
    op.create_index('ix_rating_user_id_competency_id', 'rating', ['user_id', 'competency_id'])
    op.drop_index('ix_rating_person', 'rating')
    op.drop_index('ix_outside_training_year', 'outside_training')
    op.drop_index('ix_certificate_state', 'certificate')
    op.create_index('ix_enrollment_version_id', 'enrollment', ['version_id'])
    op.drop_index('ix_enrollment_under_way', 'enrollment')
    op.drop_index('ix_enrollment_uncredited', 'enrollment')
    op.drop_index('ix_enrollment_done', 'enrollment')
    op.drop_index('ix_enrollment_year', 'enrollment')
