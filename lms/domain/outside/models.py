"""Training outside this site: what a person reports with a proof, and what the office makes of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import User


class OutsideTraining(Base):
    """One training of one person. Only `verified` rows count hours; decided rows keep what was reported."""

    __tablename__ = "outside_training"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','verified','refused','withdrawn','cancelled')", name="state"),
        CheckConstraint("jp BETWEEN 1 AND 200", name="jp"),
        CheckConstraint("ended_on >= started_on", name="days"),
        CheckConstraint(
            "(credited_jp IS NOT NULL) = (state IN ('verified','cancelled'))", name="credit_whole"
        ),
        CheckConstraint("(state IN ('waiting','withdrawn')) = (decided_by IS NULL)", name="decision_whole"),
        Index("ix_outside_training_user_id_jp_year", "user_id", "jp_year"),
        Index("ix_outside_training_state_id", "state", "id"),
        Index("ix_outside_training_year", "jp_year", "user_id", "state", "credited_jp", "jp"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    form: Mapped[str] = mapped_column(String(24))  # a value of rules.FORMS
    title: Mapped[str] = mapped_column(String(200))
    organiser: Mapped[str] = mapped_column(String(200))
    started_on: Mapped[date]
    ended_on: Mapped[date]
    jp: Mapped[int]  # as the proof says
    jp_year: Mapped[int]  # of the last day
    proof: Mapped[str] = mapped_column(String(64))  # SHA-256 in the file store
    proof_kind: Mapped[str] = mapped_column(String(4))  # pdf | webp
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    number: Mapped[str] = mapped_column(String(100), default="")  # of the certificate
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    credited_jp: Mapped[int | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    note: Mapped[str] = mapped_column(String(500), default="")

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False, foreign_keys=[user_id])
