"""Short messages of the personnel agency on the home page, for everybody or one subtree, for some days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import OrgUnit


class Announcement(Base):
    """One message; `unit_id` limits it to that subtree (NULL: everybody). Withdrawn, never deleted."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("length(title) BETWEEN 1 AND 120", name="title_length"),
        CheckConstraint("shown_until >= shown_from", name="days"),
        Index("ix_announcement_shown_until", "shown_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(1000))
    shown_from: Mapped[date]
    shown_until: Mapped[date]  # the last day, WIB
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql", init=False)
