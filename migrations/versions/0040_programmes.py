"""programmes: learning paths"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_programme_closed_whole")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["user.id"], name=op.f("fk_programme_closed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_programme_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_programme_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("nonce", name=op.f("uq_programme_nonce")),
    )
    op.create_index(op.f("ix_programme_unit_id"), "programme", ["unit_id"], unique=False)
    op.create_table(
        "programme_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=2000), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("change_note", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(opened_on IS NULL) = (opened_by IS NULL)", name=op.f("ck_programme_edition_opened_whole")
        ),
        sa.CheckConstraint(
            "replaced_on IS NULL OR replaced_on >= opened_on", name=op.f("ck_programme_edition_replaced_on")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_programme_edition_made_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_programme_edition_opened_by")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_edition_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_edition")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_programme_edition_programme_id_number")),
    )
    op.create_table(
        "programme_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("letter_number", sa.String(length=100), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_programme_order_created_by")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_order_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_order")),
        sa.UniqueConstraint("nonce", name=op.f("uq_programme_order_nonce")),
    )
    op.create_index(
        op.f("ix_programme_order_programme_id"), "programme_order", ["programme_id"], unique=False
    )
    op.create_table(
        "programme_member",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(order_id IS NULL) = (due_on IS NULL)", name=op.f("ck_programme_member_order_whole")
        ),
        sa.CheckConstraint(
            "order_id IS NULL OR left_on IS NULL", name=op.f("ck_programme_member_left_freely")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["programme_edition.id"], name=op.f("fk_programme_member_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["programme_order.id"], name=op.f("fk_programme_member_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_member_programme_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_programme_member_user_id")),
        sa.PrimaryKeyConstraint("programme_id", "user_id", name=op.f("pk_programme_member")),
    )
    op.create_index("ix_programme_member_user_id", "programme_member", ["user_id"], unique=False)
    op.create_table(
        "programme_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("choose", sa.Integer(), nullable=False),
        sa.CheckConstraint("choose BETWEEN 1 AND 40", name=op.f("ck_programme_step_choose")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["programme_edition.id"], name=op.f("fk_programme_step_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_step")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_programme_step_edition_id_key")),
    )
    op.create_table(
        "programme_course",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 39", name=op.f("ck_programme_course_position")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_programme_course_course_id")),
        sa.ForeignKeyConstraint(
            ["edition_id", "step_key"],
            ["programme_step.edition_id", "programme_step.key"],
            name=op.f("fk_programme_course_edition_id_step_key"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["programme_edition.id"], name=op.f("fk_programme_course_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "course_id", name=op.f("pk_programme_course")),
    )
    op.create_index("ix_programme_course_course_id", "programme_course", ["course_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("programme_course")
    op.drop_table("programme_step")
    op.drop_table("programme_member")
    op.drop_table("programme_order")
    op.drop_table("programme_edition")
    op.drop_table("programme")
