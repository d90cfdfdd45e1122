"""assignment: the file of the letter"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("assignment", sa.Column("letter_file", sa.String(length=64), nullable=True))
    op.add_column("assignment", sa.Column("letter_kind", sa.String(length=4), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("assignment", "letter_kind")
    op.drop_column("assignment", "letter_file")
