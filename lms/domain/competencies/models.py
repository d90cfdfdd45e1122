"""Competencies, what positions require, what was assessed, what learning shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime


class Competency(Base):
    """A competency of the dictionary (PermenPANRB 38/2017: M.1-M.8, SK.1; technical ones per field).

    The row says what holds today; every state it ever had is a CompetencyEdition.
    """

    __tablename__ = "competency"
    __table_args__ = (CheckConstraint("kind IN ('managerial','sociocultural','technical')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)  # order of display
    source: Mapped[str] = mapped_column(String(200), default="")  # the rule of law it rests on
    levels: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # descriptions of levels 1 to 5
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)  # whose field it is
    guid: Mapped[str] = mapped_column(String(36), unique=True, default_factory=lambda: str(uuid4()))
    retired_on: Mapped[date | None] = mapped_column(default=None)


class CompetencyEdition(Base):
    """What the dictionary said of a competency from an edition on; appended (trigger)."""

    __tablename__ = "competency_edition"
    __table_args__ = (UniqueConstraint("competency_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    number: Mapped[int]  # of the dictionary: rows changed together share one
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class Requirement(Base):
    """The level that a position requires from a day on; appended, the newest valid row counts (trigger)."""

    __tablename__ = "requirement"
    __table_args__ = (
        Index("ix_requirement_position_id_competency_id", "position_id", "competency_id"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]  # 0: not required
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)

    competency: Mapped[Competency] = relationship(lazy="raise_on_sql", init=False)


class Rating(Base):
    """A level found by an assessment; appended (trigger), a quiz never changes it."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        Index("ix_rating_person", "user_id", "competency_id", "assessed_on", "id", "valid_until", "level"),
        Index("ix_rating_assessed_on", "assessed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    assessed_on: Mapped[date]
    method: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assessor: Mapped[str] = mapped_column(String(200), default="")
    valid_until: Mapped[date | None] = mapped_column(default=None)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class Evidence(Base):
    """What a completed course or a verified training elsewhere shows; kept apart from the assessed level."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "competency_id"),
        UniqueConstraint("outside_id", "competency_id"),
        CheckConstraint("(enrollment_id IS NULL) <> (outside_id IS NULL)", name="one_source"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index("ix_evidence_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    shown_on: Mapped[date]
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"), default=None)
    outside_id: Mapped[int | None] = mapped_column(ForeignKey("outside_training.id"), default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
