"""Attempts at a quiz: the frozen paper, the saved answers, the appended gradings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.enrollments.models import Enrollment

_OPEN = text("submitted_at IS NULL")
_FOR_PERSON = text("for_person > 0")


class Attempt(Base):
    """One try at a quiz. The paper is frozen at the start, the score at the submission.

    `points` and `passed` say what the rules gave at the submission, `passed` NULL when essays decide;
    what counts now follows from the newest marks. `for_person` is how many answers only a person can
    mark: those without a row in `grading` wait.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "quiz_key", "number"),
        Index(
            "uq_attempt_open",
            "enrollment_id",
            "quiz_key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_attempt_version_id_quiz_key", "version_id", "quiz_key"),
        Index(
            "ix_attempt_for_person",
            "version_id",
            sqlite_where=_FOR_PERSON,
            postgresql_where=_FOR_PERSON,
        ),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("closed_by IN ('learner','deadline') OR closed_by IS NULL", name="closed_by"),
        CheckConstraint("(submitted_at IS NULL) = (points IS NULL)", name="scored_when_closed"),
        CheckConstraint("(submitted_at IS NULL) = (closed_by IS NULL)", name="closed_by_someone"),
        CheckConstraint("receipt IS NULL OR submitted_at IS NOT NULL", name="receipt_when_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    quiz_key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    paper: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)  # rules.Paper
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by: Mapped[str | None] = mapped_column(String(8), default=None)
    points: Mapped[float | None] = mapped_column(default=None)
    max_points: Mapped[float] = mapped_column(default=0.0)
    passed: Mapped[bool | None] = mapped_column(default=None)
    for_person: Mapped[int] = mapped_column(default=0, server_default="0")
    granted_minutes: Mapped[int] = mapped_column(default=0, server_default="0")  # in deadline_at
    receipt: Mapped[str | None] = mapped_column(
        String(24), default=None
    )  # rules.receipt; NULL: older than it

    enrollment: Mapped[Enrollment] = relationship(lazy="raise_on_sql", init=False)


class Response(Base):
    """The last saved answer to one question of an attempt; frozen when the attempt is closed (trigger).

    `revision` counts the answers that were saved here: whoever sends one names the revision it saw, so
    that no clock decides which of two is the later one. `sender` and `step` say which browser sent the
    answer and how many it had sent by then: what it sent before that and arrives later is not taken.
    """

    __tablename__ = "response"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    flagged: Mapped[bool] = mapped_column(default=False)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)  # its key was shown: fixed
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    sender: Mapped[str] = mapped_column(
        String(36), default="", server_default=""
    )  # "": a form without script
    step: Mapped[int] = mapped_column(default=0, server_default="0")


class Allowance(Base):
    """More time or more attempts for one person at one quiz, given with a reason; appended, never changed."""

    __tablename__ = "allowance"
    __table_args__ = (
        Index("ix_allowance_enrollment_id_quiz_key", "enrollment_id", "quiz_key"),
        CheckConstraint("minutes >= 0 AND attempts >= 0 AND minutes + attempts > 0", name="something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    quiz_key: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int]  # for each attempt that is open then or starts later
    attempts: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    given_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Grading(Base):
    """A mark for one question, appended; the newest counts (trigger forbids change)."""

    __tablename__ = "grading"
    __table_args__ = (Index("ix_grading_attempt_id_question_key", "attempt_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    question_key: Mapped[str] = mapped_column(String(64))
    fraction: Mapped[float]  # 0 to 1
    points: Mapped[float]
    max_points: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(8))  # right | partial | wrong | blank
    key_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    graded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    graded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)  # NULL: by the rule
    reason: Mapped[str] = mapped_column(String(200), default="")  # why an earlier mark was changed
    level: Mapped[float | None] = mapped_column(default=None)  # of the rubric, when a person marked
    comment: Mapped[str] = mapped_column(Text, default="", server_default="")  # plain text for the learner


class KeyCorrection(Base):
    """A wrong key was corrected: answers handed in are marked again by the key of `version_id`.

    `lower`: who would no longer have passed gets the new mark, too. Attempts that are handed in later in
    another version are marked by it at once. `people`: whose marks changed, once it is finished.
    """

    __tablename__ = "key_correction"
    __table_args__ = (Index("ix_key_correction_course_id_quiz_key", "course_id", "quiz_key"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    quiz_key: Mapped[str] = mapped_column(String(64))
    question_key: Mapped[str] = mapped_column(String(64))
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    reason: Mapped[str] = mapped_column(String(200))
    lower: Mapped[bool]
    ordered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    people: Mapped[int] = mapped_column(default=0)
