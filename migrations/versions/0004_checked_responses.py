"""When an answer was checked before handing in; from then on it is fixed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("response", sa.Column("checked_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("checked_at")
