"""A learner's way through one course: enrolment, cycle, pinned version, completion."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion

_OPEN = text("completed_at IS NULL AND withdrawn_at IS NULL")
_DONE = text("completed_on IS NOT NULL")
_UNCREDITED = text("completed_on IS NOT NULL AND credited_jp IS NULL")


class Enrollment(Base):
    """One cycle of one person in one course; the version is pinned once the person has begun."""

    __tablename__ = "enrollment"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id", "cycle"),
        Index(
            "uq_enrollment_open",
            "user_id",
            "course_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_enrollment_course_id_completed_on", "course_id", "completed_on"),
        Index("ix_enrollment_user_id_jp_year", "user_id", "jp_year"),
        # Lists and sums of the desk find all they need in these, without the rows.
        Index(
            "ix_enrollment_year", "jp_year", "user_id", "withdrawn_at", "credited_jp", "version_id",
            "course_id", "completed_on",
        ),
        Index(
            "ix_enrollment_done", "completed_on", "user_id", "withdrawn_at", sqlite_where=_DONE,
            postgresql_where=_DONE,
        ),
        Index(
            "ix_enrollment_uncredited", "withdrawn_at", "course_id", "version_id", "user_id", "completed_on",
            "credited_jp", sqlite_where=_UNCREDITED, postgresql_where=_UNCREDITED,
        ),
        Index(
            "ix_enrollment_under_way", "version_id", "completed_at", "withdrawn_at", "enrolled_at", "user_id"
        ),
        CheckConstraint(
            "(completed_at IS NULL) = (completed_on IS NULL) AND (completed_at IS NULL) = (jp_year IS NULL)",
            name="completion_whole",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cycle: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_act_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_piece: Mapped[str | None] = mapped_column(String(64), default=None)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    completed_on: Mapped[date | None] = mapped_column(default=None)  # calendar day in WIB
    jp_year: Mapped[int | None] = mapped_column(default=None)
    credited_jp: Mapped[int | None] = mapped_column(default=None)  # frozen once the course's JP are approved
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False)
    course: Mapped[Course] = relationship(lazy="raise_on_sql", init=False)
    version: Mapped[CourseVersion] = relationship(lazy="raise_on_sql", init=False)

    @property
    def newer_version_id(self) -> int | None:
        """The live version where an open enrolment is in another one (its course loaded); None: none."""
        is_open = self.completed_at is None and self.withdrawn_at is None
        if not is_open or self.course.archived_at is not None:
            return None
        return self.course.live_version_id if self.course.live_version_id != self.version_id else None


class VersionMove(Base):
    """A learner under way chose to go on in another version; appended, never changed (trigger).

    `again` keeps when each lesson was finished that is to be read again: {lesson key: instant (ISO)}.
    """

    __tablename__ = "version_move"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    again: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
