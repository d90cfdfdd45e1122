"""staff_import_row: what a file did to each person, so that it can be taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("staff_import") as batch:
        batch.add_column(sa.Column("undone_at", sa.DateTime(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_staff_import_undone_applied"), "undone_at IS NULL OR applied_at IS NOT NULL"
        )
    op.create_table(
        "staff_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["staff_import.id"], name=op.f("fk_staff_import_row_import_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_staff_import_row_user_id")),
        sa.PrimaryKeyConstraint("import_id", "user_id", name=op.f("pk_staff_import_row")),
    )
    op.create_index(op.f("ix_staff_import_row_user_id"), "staff_import_row", ["user_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("staff_import_row")
    with op.batch_alter_table("staff_import") as batch:
        batch.drop_constraint(op.f("ck_staff_import_undone_applied"), type_="check")
        batch.drop_column("undone_at")
