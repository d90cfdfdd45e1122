"""plans: activities of development plans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_plan_item_quarter")),
        sa.CheckConstraint("jp BETWEEN 0 AND 200", name=op.f("ck_plan_item_jp")),
        sa.CheckConstraint(
            "state IN ('proposed','agreed','refused','done','dropped')", name=op.f("ck_plan_item_state")
        ),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_plan_item_done_whole")),
        sa.CheckConstraint(
            "state NOT IN ('agreed','refused') OR decided_by IS NOT NULL",
            name=op.f("ck_plan_item_decision_whole"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_plan_item_user_id")),
        sa.ForeignKeyConstraint(["competency_id"], ["competency.id"], name=op.f("fk_plan_item_competency_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_plan_item_course_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_plan_item_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
    )
    op.create_index("ix_plan_item_user_id_year", "plan_item", ["user_id", "year"])
    op.create_index("ix_plan_item_state_id", "plan_item", ["state", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("plan_item")
