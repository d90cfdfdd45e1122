"""dictionary: levels, source, unit and editions of competencies; requirements are appended"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("levels", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("guid", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("retired_on", sa.Date(), nullable=True))
    op.create_table(
        "competency_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["user.id"], name=op.f("fk_competency_edition_changed_by")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_competency_edition_competency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_edition")),
        sa.UniqueConstraint(
            "competency_id", "number", name=op.f("uq_competency_edition_competency_id_number")
        ),
    )
    _first_edition()
    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.alter_column("source", existing_type=sa.String(length=200), server_default=None)
        batch_op.alter_column("levels", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("guid", existing_type=sa.String(length=36), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_competency_guid"), ["guid"])
        batch_op.create_foreign_key(op.f("fk_competency_unit_id"), "org_unit", ["unit_id"], ["id"])
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_requirement_position_id_competency_id_valid_from"), type_="unique")
        batch_op.add_column(sa.Column("recorded_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_requirement_recorded_by"), "user", ["recorded_by"], ["id"])
    op.create_index(
        "ix_requirement_position_id_competency_id", "requirement", ["position_id", "competency_id"]
    )


def _first_edition() -> None:
    """What is there becomes edition 1, so that the first change does not hide what it changed."""
    connection, now = op.get_bind(), datetime.now(UTC).replace(tzinfo=None)
    rows = connection.execute(sa.text("SELECT id, code, kind, name, description FROM competency")).all()
    edition = sa.table(
        "competency_edition",
        sa.column("competency_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("content", sa.JSON),
        sa.column("changed_at", sa.DateTime),
    )
    for key, code, kind, name, description in rows:
        guid = str(uuid4())
        connection.execute(
            sa.text("UPDATE competency SET guid = :guid WHERE id = :key"), {"guid": guid, "key": key}
        )
        content = {
            "code": code, "kind": kind, "name": name, "description": description, "source": "",
            "levels": [], "unit": None, "retired_on": None, "guid": guid,
        }  # fmt: skip
        connection.execute(
            edition.insert().values(
                competency_id=key, number=1, content=content, changed_at=now
            )
        )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_requirement_position_id_competency_id", table_name="requirement")
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_requirement_recorded_by"), type_="foreignkey")
        batch_op.drop_column("recorded_by")
        batch_op.drop_column("recorded_at")
        batch_op.create_unique_constraint(
            op.f("uq_requirement_position_id_competency_id_valid_from"),
            ["position_id", "competency_id", "valid_from"],
        )
    op.drop_table("competency_edition")
    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_competency_unit_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_competency_guid"), type_="unique")
        for column in ("retired_on", "guid", "unit_id", "levels", "source"):
            batch_op.drop_column(column)
