"""obligation_exemption: people and units of whom a recurring training is not asked for a time"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "obligation_exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ends_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("document_file", sa.String(length=64), nullable=True),
        sa.Column("document_kind", sa.String(length=4), nullable=True),
        sa.CheckConstraint("kind IN ('until','cycle','end')", name=op.f("ck_obligation_exemption_kind")),
        sa.CheckConstraint(
            "(kind = 'until') = (until IS NOT NULL)", name=op.f("ck_obligation_exemption_until_whole")
        ),
        sa.CheckConstraint(
            "(kind = 'end') = (ends_id IS NOT NULL)", name=op.f("ck_obligation_exemption_ends_whole")
        ),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_obligation_exemption_one_subject")
        ),
        sa.CheckConstraint(
            "(document_file IS NULL) = (document_kind IS NULL)",
            name=op.f("ck_obligation_exemption_document_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_exemption_obligation_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_obligation_exemption_given_by")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_obligation_exemption_user_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_obligation_exemption_unit_id")),
        sa.ForeignKeyConstraint(
            ["ends_id"], ["obligation_exemption.id"], name=op.f("fk_obligation_exemption_ends_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_exemption")),
        sa.UniqueConstraint("ends_id", name=op.f("uq_obligation_exemption_ends_id")),
    )
    op.create_index(
        op.f("ix_obligation_exemption_obligation_id"), "obligation_exemption", ["obligation_id"]
    )
    op.create_index(op.f("ix_obligation_exemption_user_id"), "obligation_exemption", ["user_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("obligation_exemption")
