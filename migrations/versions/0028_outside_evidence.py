"""evidence: from verified training elsewhere, too"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('evidence') as batch:
        batch.alter_column('enrollment_id', existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column('outside_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_evidence_outside_id'), 'outside_training', ['outside_id'], ['id']
        )
        batch.create_unique_constraint(
            op.f('uq_evidence_outside_id_competency_id'), ['outside_id', 'competency_id']
        )
        batch.create_check_constraint(
            op.f('ck_evidence_one_source'), '(enrollment_id IS NULL) <> (outside_id IS NULL)'
        )


def downgrade() -> None:
    """Undo."""
    op.execute('DELETE FROM evidence WHERE outside_id IS NOT NULL')
    with op.batch_alter_table('evidence') as batch:
        batch.drop_constraint(op.f('ck_evidence_one_source'), type_='check')
        batch.drop_constraint(op.f('uq_evidence_outside_id_competency_id'), type_='unique')
        batch.drop_constraint(op.f('fk_evidence_outside_id'), type_='foreignkey')
        batch.drop_column('outside_id')
        batch.alter_column('enrollment_id', existing_type=sa.Integer(), nullable=False)
