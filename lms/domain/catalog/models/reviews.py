"""Reviews of drafts: the text as it was sent, remarks at its lines, who decided what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime

_OPEN = text("decided_at IS NULL")


class DraftWriter(Base):
    """Who changed a draft since it was opened; gone with the draft. Saved states are thinned, this is not."""

    __tablename__ = "draft_writer"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)


class Review(Base):
    """A text sent for review. It is decided once and then stays (trigger); one of a course waits at a time.

    `digest` is that of the whole text, as a version has it: an approval holds for exactly this text.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(
            "decision IN ('approved','returned','withdrawn') OR decision IS NULL", name="decision"
        ),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_whole"),
        Index("ix_review_course_id_digest", "course_id", "digest"),
        Index("uq_review_open", "course_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str | None] = mapped_column(String(9), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    note: Mapped[str] = mapped_column(Text, default="")


class ReviewFile(Base):
    """A file of a text as it was sent for review."""

    __tablename__ = "review_file"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))


class ReviewComment(Base):
    """A remark at a line of a file, with the words of that line, so that it is found when lines move."""

    __tablename__ = "review_comment"
    __table_args__ = (
        CheckConstraint("line >= 1", name="line"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by IS NULL)", name="resolved_whole"),
        Index("ix_review_comment_review_id_path", "review_id", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    path: Mapped[str] = mapped_column(String(300))
    line: Mapped[int]
    quote: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
