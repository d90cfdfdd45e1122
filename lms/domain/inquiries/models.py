"""What learners ask at a place of a lesson, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class Inquiry(Base):
    """A question or a report of an error. What was asked never changes (trigger); it is closed once.

    `place` is the key of the place in the text of `version_id` (content/places.py), `quote` its words then.
    `entered_version_id`: the version whose text takes it up, as a trainer says.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint("kind IN ('question','error')", name="kind"),
        CheckConstraint("state IN ('open','answered','declined','withdrawn')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_whole"),
        CheckConstraint("(entered_version_id IS NULL) = (entered_at IS NULL)", name="entered_whole"),
        CheckConstraint("entered_at IS NULL OR state = 'answered'", name="entered_answered"),
        Index("ix_inquiry_course_id_lesson_key", "course_id", "lesson_key"),
        Index("ix_inquiry_state_id", "state", "id"),
        Index("ix_inquiry_asker_id_id", "asker_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    lesson_key: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(16))
    quote: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(String(1000))
    asker_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(9), default="open")
    answer: Mapped[str] = mapped_column(String(2000), default="")  # or why it was declined
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    handed_to: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    entered_version_id: Mapped[int | None] = mapped_column(ForeignKey("course_version.id"), default=None)
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
