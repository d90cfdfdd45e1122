"""response: which browser sent the answer, and its how manieth"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("response", sa.Column("sender", sa.String(length=36), server_default="", nullable=False))
    op.add_column("response", sa.Column("step", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Undo."""
    op.drop_column("response", "step")
    op.drop_column("response", "sender")
