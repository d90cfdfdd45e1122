"""Answers of the evaluation form without a person, and apart from them who has answered.

Nothing ties the two together: no person, no hour, no order. An answer has a random key by which its table
is sorted, and each item is a row of its own, so that a comment does not tell the marks beside it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class EvaluationAnswer(Base):
    """The answer of somebody to one item: a mark on the scale or a comment."""

    __tablename__ = "evaluation_answer"
    __table_args__ = (
        Index("ix_evaluation_answer_version_id_item", "version_id", "item"),
        CheckConstraint("(score IS NULL) = (comment <> '')", name="one_kind"),
        CheckConstraint("score BETWEEN 1 AND 4", name="score"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True)  # random
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    month: Mapped[str] = mapped_column(String(7))  # 2026-11, in WIB
    item: Mapped[str] = mapped_column(String(24))
    score: Mapped[int | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(Text, default="")


class EvaluationGiven(Base):
    """The learner of an enrolment has answered; what and when is not known."""

    __tablename__ = "evaluation_given"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollment.id"), primary_key=True, autoincrement=False
    )
