"""Follow-ups of completed courses (Kirkpatrick, level 3) and indicators of units (level 4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import OrgUnit
from lms.domain.enrollments.models import Enrollment


class FollowupRule(Base):
    """BKPSDM has those who complete a course followed up after some months; `ended_at`: no more of them."""

    __tablename__ = "followup_rule"
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 24", name="months"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True, autoincrement=False)
    months: Mapped[int]
    since: Mapped[date]  # completions from this day (WIB) on
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Followup(Base):
    """The follow-up of one completion. `plan` holds up to three lines: {"text", "by" (ISO day)}.

    The plan may be changed until `due_on`; from `opened_at` on the questions may be answered. A colleague is
    a person of this site or, without an account, a name.
    """

    __tablename__ = "followup"
    __table_args__ = (
        CheckConstraint("colleague_id IS NULL OR colleague_name = ''", name="one_colleague"),
        Index("ix_followup_opened_at_due_on", "opened_at", "due_on"),
        Index("ix_followup_colleague_id", "colleague_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), unique=True)
    due_on: Mapped[date]
    plan: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    planned_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    colleague_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    colleague_name: Mapped[str] = mapped_column(String(200), default="")
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    enrollment: Mapped[Enrollment] = relationship(lazy="raise_on_sql", init=False)

    @property
    def lines(self) -> list[tuple[str, date]]:
        """The lines of the action plan: what will be done, and by which day."""
        return [(line["text"], date.fromisoformat(line["by"])) for line in self.plan]


class FollowupLink(Base):
    """A link by which somebody without an account answers once; of its random part only the SHA-256 is kept.

    `for_id` is the superior on record when the link was made: it ends when another one is recorded.
    """

    __tablename__ = "followup_link"
    __table_args__ = (
        CheckConstraint("role IN ('superior','colleague')", name="role"),
        CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name="one_end"),
        Index("ix_followup_link_followup_id", "followup_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    followup_id: Mapped[int] = mapped_column(ForeignKey("followup.id"))
    role: Mapped[str] = mapped_column(String(9))
    addressee: Mapped[str] = mapped_column(String(200))
    nonce_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class FollowupAnswer(Base):
    """What learner, superior or colleague answered; once for each of them, never changed (trigger)."""

    __tablename__ = "followup_answer"
    __table_args__ = (
        UniqueConstraint("followup_id", "role"),
        CheckConstraint("role IN ('self','superior','colleague')", name="role"),
        CheckConstraint("(by_id IS NULL) <> (link_id IS NULL)", name="one_source"),
        CheckConstraint("applies BETWEEN 1 AND 5", name="applies"),
        CheckConstraint("improves BETWEEN 1 AND 5", name="improves"),
        CheckConstraint("alone BETWEEN 1 AND 5", name="alone"),
        CheckConstraint("shares BETWEEN 1 AND 5", name="shares"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    followup_id: Mapped[int] = mapped_column(ForeignKey("followup.id"))
    role: Mapped[str] = mapped_column(String(9))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("followup_link.id"), default=None)
    applies: Mapped[int | None] = mapped_column(default=None)
    improves: Mapped[int | None] = mapped_column(default=None)
    alone: Mapped[int | None] = mapped_column(default=None)
    shares: Mapped[int | None] = mapped_column(default=None)
    hindrances: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    comment: Mapped[str] = mapped_column(Text, default="")


class UnitResult(Base):
    """An indicator of a unit before and after a course, as the unit entered it; never changed (trigger).

    A correction is another row that names the one it replaces; `withdrawn` takes the indicator out.
    """

    __tablename__ = "unit_result"
    __table_args__ = (
        CheckConstraint("(after_value IS NULL) = (after_on IS NULL)", name="after_whole"),
        CheckConstraint("after_on IS NULL OR after_on > before_on", name="days"),
        Index("ix_unit_result_course_id_unit_id", "course_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(40))  # what is counted: "hari", "persen"
    lower_is_better: Mapped[bool]
    before_value: Mapped[float]
    before_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    after_value: Mapped[float | None] = mapped_column(default=None)
    after_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(500), default="")
    withdrawn: Mapped[bool] = mapped_column(default=False)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("unit_result.id"), unique=True, default=None)

    unit: Mapped[OrgUnit] = relationship(lazy="raise_on_sql", init=False)
