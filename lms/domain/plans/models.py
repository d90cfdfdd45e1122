"""The development plan of a person: what is to be learnt in a quarter, why, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import User


class PlanItem(Base):
    """One activity of a year's plan. Once done or refused it stays as it is (trigger)."""

    __tablename__ = "plan_item"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("jp BETWEEN 0 AND 200", name="jp"),
        CheckConstraint("state IN ('proposed','agreed','refused','done','dropped')", name="state"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_whole"),
        CheckConstraint("state NOT IN ('agreed','refused') OR decided_by IS NOT NULL", name="decision_whole"),
        Index("ix_plan_item_user_id_year", "user_id", "year"),
        Index("ix_plan_item_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    form: Mapped[str] = mapped_column(String(24))  # a value of outside.rules.FORMS
    title: Mapped[str] = mapped_column(String(200))
    jp: Mapped[int]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    competency_id: Mapped[int | None] = mapped_column(ForeignKey("competency.id"), default=None)  # its gap
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), default=None)  # closes it
    state: Mapped[str] = mapped_column(String(8), default="proposed")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    note: Mapped[str] = mapped_column(String(500), default="")
    done_on: Mapped[date | None] = mapped_column(default=None)

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False, foreign_keys=[user_id])
