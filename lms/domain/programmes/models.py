"""A learning path: its editions with steps and courses, the people on it, the orders that put them there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class Programme(Base):
    """A path for the people of a unit and all below it. What it says stands in its editions."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nonce: Mapped[str] = mapped_column(String(40), unique=True)  # one path, however often it is sent
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class ProgrammeEdition(Base):
    """What a path says. Without `opened_on` it is the draft; opened, it stays as it is (trigger).

    `replaced_on` is the day on which the next edition was opened.
    """

    __tablename__ = "programme_edition"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("(opened_on IS NULL) = (opened_by IS NULL)", name="opened_whole"),
        CheckConstraint("replaced_on IS NULL OR replaced_on >= opened_on", name="replaced_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[str] = mapped_column(String(2000), default="")
    audience: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # classes of position; empty: all
    ordered: Mapped[bool] = mapped_column(default=True)  # a step opens when those before it are done
    counts_from: Mapped[date | None] = mapped_column(default=None)  # completions since; NULL: all
    change_note: Mapped[str] = mapped_column(String(500), default="")
    revision: Mapped[int] = mapped_column(default=0)  # of the draft: one for each save
    opened_on: Mapped[date | None] = mapped_column(default=None)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    replaced_on: Mapped[date | None] = mapped_column(default=None)


class ProgrammeStep(Base):
    """A step: one course, or `choose` of several. `key` names the same step in all editions."""

    __tablename__ = "programme_step"
    __table_args__ = (
        UniqueConstraint("edition_id", "key"),
        CheckConstraint("choose BETWEEN 1 AND 40", name="choose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_edition.id"))
    key: Mapped[int]
    position: Mapped[int]
    choose: Mapped[int] = mapped_column(default=1)


class ProgrammeCourse(Base):
    """A course of a step; `position` is its place in the edition, from 0."""

    __tablename__ = "programme_course"
    __table_args__ = (
        ForeignKeyConstraint(["edition_id", "step_key"], ["programme_step.edition_id", "programme_step.key"]),
        CheckConstraint("position BETWEEN 0 AND 39", name="position"),
        Index("ix_programme_course_course_id", "course_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_edition.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    step_key: Mapped[int]
    position: Mapped[int]


class ProgrammeOrder(Base):
    """The office put people on a path until a day, by a letter; never changed (trigger)."""

    __tablename__ = "programme_order"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    nonce: Mapped[str] = mapped_column(String(40), unique=True)
    due_on: Mapped[date]
    people: Mapped[int]  # how many it named
    rule: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)  # assignments.rules.Rule.plain
    letter_number: Mapped[str] = mapped_column(String(100), default="")
    letter_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(500), default="")


class ProgrammeMember(Base):
    """A person on a path, since the edition that was open then; assigned people have an order and a day."""

    __tablename__ = "programme_member"
    __table_args__ = (
        CheckConstraint("(order_id IS NULL) = (due_on IS NULL)", name="order_whole"),
        CheckConstraint("order_id IS NULL OR left_on IS NULL", name="left_freely"),
        Index("ix_programme_member_user_id", "user_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_edition.id"))
    joined_on: Mapped[date]  # calendar day in WIB
    order_id: Mapped[int | None] = mapped_column(ForeignKey("programme_order.id"), default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    left_on: Mapped[date | None] = mapped_column(default=None)
