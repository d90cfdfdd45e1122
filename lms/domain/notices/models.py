"""What people are told: one row for each person and thing, until it is old."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime

_UNREAD = text("read_at IS NULL")


class Notice(Base):
    """One thing that a person is told. `facts` holds what its sentence and its address need.

    `kind` is a code ("review.waits"), `about` names the thing ("review:12"): of one kind about one thing a
    person has at most one unread row.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_id_id", "user_id", "id"),
        Index("ix_notice_at", "at"),
        Index(
            "uq_notice_unread", "user_id", "kind", "about", unique=True, sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(String(48))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
