"""What a learner opened, answered and finished inside an enrolment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class LessonProgress(Base):
    """One lesson of one enrolment: first opened (a view, may be lost) and finished (a fact)."""

    __tablename__ = "lesson_progress"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class CheckAnswer(Base):
    """The last answer to a question inside a lesson; it is never scored.

    `fraction` (0 to 1) is NULL for one that cannot be read or lacks a part; `count` counts the others.
    """

    __tablename__ = "check_answer"
    __table_args__ = (
        CheckConstraint("fraction IS NULL OR (fraction >= 0 AND fraction <= 1)", name="fraction"),
        CheckConstraint("count >= 0", name="count"),
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[Any] = mapped_column(JSON)
    fraction: Mapped[float | None]
    count: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SupplementPart(Base):
    """A lesson of a newer version that was read after the completion; appended, never changed (trigger).

    `digest` is that of the lesson: the same text in a later version is not read once more.
    """

    __tablename__ = "supplement_part"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    lesson_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
