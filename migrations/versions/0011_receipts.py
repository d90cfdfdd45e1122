"""the receipt of a handed-in attempt"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; attempts handed in before have none."""
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('receipt', sa.String(length=24), nullable=True))
        batch_op.create_check_constraint(
            op.f('ck_attempt_receipt_when_closed'), 'receipt IS NULL OR submitted_at IS NOT NULL'
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_attempt_receipt_when_closed'), type_='check')
        batch_op.drop_column('receipt')
