"""Training that the office assigns: the order, the people it touches, extensions and exemptions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class Assignment(Base):
    """One course for some people until a day. `rule` says whom it touches (see rules.Rule.plain)."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_whole"),
        CheckConstraint("newcomer_days BETWEEN 1 AND 366", name="newcomer_days"),
        CheckConstraint("due_days BETWEEN 1 AND 366", name="due_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]  # with due_days: that of the people who were there at the start
    counts_from: Mapped[date]  # completions since this day fulfil it
    nonce: Mapped[str] = mapped_column(String(40), unique=True)  # one order, however often it is sent
    rule: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    letter_number: Mapped[str] = mapped_column(String(100), default="")
    letter_on: Mapped[date | None] = mapped_column(default=None)
    letter_file: Mapped[str | None] = mapped_column(String(64), default=None)  # SHA-256 in the file store
    letter_kind: Mapped[str | None] = mapped_column(String(4), default=None)  # pdf | webp
    note: Mapped[str] = mapped_column(String(500), default="")
    follows: Mapped[bool] = mapped_column(default=False)  # people who come to match later are added
    newcomer_days: Mapped[int] = mapped_column(default=30)  # they have at least so many days
    due_days: Mapped[int | None] = mapped_column(default=None)  # each has so many days since assigned
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class AssignmentPerson(Base):
    """A person of an assignment and the day until which the course should be completed."""

    __tablename__ = "assignment_person"
    __table_args__ = (Index("ix_assignment_person_user_id", "user_id"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]


class AssignmentException(Base):
    """More time, or nothing to do, for one person, with document and reason; appended, the newest counts."""

    __tablename__ = "assignment_exception"
    __table_args__ = (
        CheckConstraint("kind IN ('extension','exemption')", name="kind"),
        CheckConstraint("(kind = 'extension') = (until IS NOT NULL)", name="until_whole"),
        CheckConstraint("(document_file IS NULL) = (document_kind IS NULL)", name="document_whole"),
        ForeignKeyConstraint(
            ["assignment_id", "user_id"], ["assignment_person.assignment_id", "assignment_person.user_id"]
        ),
        Index("ix_assignment_exception_person", "assignment_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    assignment_id: Mapped[int]
    user_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    given_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300))
    document: Mapped[str] = mapped_column(String(100), default="")
    until: Mapped[date | None] = mapped_column(default=None)
    document_file: Mapped[str | None] = mapped_column(String(64), default=None)  # SHA-256, file store
    document_kind: Mapped[str | None] = mapped_column(String(4), default=None)  # pdf | webp
