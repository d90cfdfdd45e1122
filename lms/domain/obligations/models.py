"""Training that comes round again: a course to be done anew, by a group of people, after a time."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class Obligation(Base):
    """One course for a unit with all below it, narrowed by position and status. Only closing changes it.

    Nobody is listed: who is touched, and how they stand, follows from the people of today and their
    completions.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint("months IS NULL OR months BETWEEN 1 AND 120", name="months"),
        CheckConstraint("window_days BETWEEN 0 AND 366", name="window_days"),
        CheckConstraint("first_days BETWEEN 1 AND 366", name="first_days"),
        CheckConstraint("first_due_on IS NULL OR first_due_on >= starts_on", name="first_due_on"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nonce: Mapped[str] = mapped_column(String(40), unique=True)  # one rule, however often it is sent
    starts_on: Mapped[date]
    months: Mapped[int | None] = mapped_column(default=None)  # NULL: once in each calendar year
    window_days: Mapped[int] = mapped_column(default=60)  # it may be done again so long before the end
    first_due_on: Mapped[date | None] = mapped_column(default=None)  # for those who are there at the start
    first_days: Mapped[int] = mapped_column(default=30)  # for others: after they came
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), default=None)
    employment: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # empty: all
    basis: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class ObligationExemption(Base):
    """Nothing is asked of a person, or of everybody of a unit, for a cycle or until a day; appended.

    A record of the kind "end" takes another one back. Reason and document stand in each.
    """

    __tablename__ = "obligation_exemption"
    __table_args__ = (
        CheckConstraint("kind IN ('until','cycle','end')", name="kind"),
        CheckConstraint("(kind = 'until') = (until IS NOT NULL)", name="until_whole"),
        CheckConstraint("(kind = 'end') = (ends_id IS NOT NULL)", name="ends_whole"),
        CheckConstraint("(user_id IS NULL) <> (unit_id IS NULL)", name="one_subject"),
        CheckConstraint("(document_file IS NULL) = (document_kind IS NULL)", name="document_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5))
    given_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True, default=None)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    ends_id: Mapped[int | None] = mapped_column(
        ForeignKey("obligation_exemption.id"), unique=True, default=None
    )
    document: Mapped[str] = mapped_column(String(100), default="")
    document_file: Mapped[str | None] = mapped_column(String(64), default=None)  # SHA-256, file store
    document_kind: Mapped[str | None] = mapped_column(String(4), default=None)  # pdf | webp
