"""Last answers to the questions inside lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "check_answer",
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("lesson_key", sa.String(length=64), nullable=False),
        sa.Column("question_key", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "fraction IS NULL OR (fraction >= 0 AND fraction <= 1)", name=op.f("ck_check_answer_fraction")
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_check_answer_count")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_check_answer_enrollment_id")
        ),
        sa.PrimaryKeyConstraint(
            "enrollment_id", "lesson_key", "question_key", name=op.f("pk_check_answer")
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("check_answer")
