"""assignment: so many days since being assigned; the document of an exception as a file"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(sa.Column("due_days", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f("ck_assignment_due_days"), "due_days BETWEEN 1 AND 366")
    with op.batch_alter_table("assignment_exception") as batch:
        batch.add_column(sa.Column("document_file", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("document_kind", sa.String(length=4), nullable=True))
        batch.create_check_constraint(
            op.f("ck_assignment_exception_document_whole"), "(document_file IS NULL) = (document_kind IS NULL)"
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("assignment_exception") as batch:
        batch.drop_constraint(op.f("ck_assignment_exception_document_whole"), type_="check")
        batch.drop_column("document_kind")
        batch.drop_column("document_file")
    with op.batch_alter_table("assignment") as batch:
        batch.drop_constraint(op.f("ck_assignment_due_days"), type_="check")
        batch.drop_column("due_days")
