"""Files of people, units and positions that wait to be confirmed; how their headers were mapped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from lms.db import Base, UtcDateTime


class StaffImport(Base):
    """An uploaded file. Its bytes go once it was applied; what it did stays as counts and in the log."""

    __tablename__ = "staff_import"
    __table_args__ = (
        CheckConstraint("kind IN ('people','units','positions')", name="kind"),
        CheckConstraint("applied_at IS NULL OR data IS NULL", name="data_goes"),
        CheckConstraint("undone_at IS NULL OR applied_at IS NOT NULL", name="undone_applied"),
        Index("ix_staff_import_user_id_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the file
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[bytes | None] = deferred(mapped_column(LargeBinary, default=None))
    mapping: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class StaffImportRow(Base):
    """What an applied file did to one person, kept so that it can be taken back for some days.

    `before` is empty for somebody who came with the file; `place` is the newest placement as it was.
    """

    __tablename__ = "staff_import_row"

    import_id: Mapped[int] = mapped_column(ForeignKey("staff_import.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    row: Mapped[int]  # its number in the file
    is_new: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)


class HeaderMap(Base):
    """How a person mapped these headers the last time; the next file with them is mapped the same way."""

    __tablename__ = "header_map"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    signature: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[list[str]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
