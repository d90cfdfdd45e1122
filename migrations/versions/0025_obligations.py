"""obligations: training that comes round again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("first_days", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("employment", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("months IS NULL OR months BETWEEN 1 AND 120", name=op.f("ck_obligation_months")),
        sa.CheckConstraint("window_days BETWEEN 0 AND 366", name=op.f("ck_obligation_window_days")),
        sa.CheckConstraint("first_days BETWEEN 1 AND 366", name=op.f("ck_obligation_first_days")),
        sa.CheckConstraint(
            "first_due_on IS NULL OR first_due_on >= starts_on", name=op.f("ck_obligation_first_due_on")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_obligation_closed_whole")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_obligation_course_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_obligation_unit_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_obligation_created_by")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_obligation_position_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["user.id"], name=op.f("fk_obligation_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("nonce", name=op.f("uq_obligation_nonce")),
    )
    op.create_index(op.f("ix_obligation_course_id"), "obligation", ["course_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("obligation")
