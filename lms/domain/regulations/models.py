"""Rules of law that courses cite: the list, what changed since when, citations of versions, work to do."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime


class Regulation(Base):
    """A rule of law under the short name by which courses cite it. Its state follows from its changes."""

    __tablename__ = "regulation"
    __table_args__ = (CheckConstraint("length(short) BETWEEN 1 AND 80", name="short_length"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    short: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(80))  # "PP", "" when the name has no number
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(300), default="")
    in_force_since: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(String(300), default="")  # where the text can be read, as typed
    note: Mapped[str] = mapped_column(String(500), default="")

    names: Mapped[list[RegulationName]] = relationship(lazy="raise_on_sql", init=False)


class RegulationName(Base):
    """A key (`rules.key_of`) under which citations find a rule: of its short name, and of other names."""

    __tablename__ = "regulation_name"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    regulation_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"), index=True)
    text: Mapped[str] = mapped_column(String(80))  # as typed


class RegulationChange(Base):
    """A newer rule replaces or amends an older one since a day (WIB). Taken back, never deleted."""

    __tablename__ = "regulation_change"
    __table_args__ = (
        CheckConstraint("effect IN ('replaced','amended')", name="effect"),
        CheckConstraint("regulation_id <> by_id", name="another"),
        UniqueConstraint("regulation_id", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    regulation_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"), index=True)
    effect: Mapped[str] = mapped_column(String(8))
    since: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    regulation: Mapped[Regulation] = relationship(
        lazy="raise_on_sql", init=False, foreign_keys=[regulation_id]
    )
    by: Mapped[Regulation] = relationship(lazy="raise_on_sql", init=False, foreign_keys=[by_id])


class Citation(Base):
    """A rule that a version of a course names in one place; follows from its text, lists never parse."""

    __tablename__ = "citation"
    __table_args__ = (
        CheckConstraint("kind IN ('course','lesson','question')", name="kind"),
        Index("ix_citation_version_id", "version_id"),
        Index("ix_citation_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    kind: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(80))  # id of the course, lesson or question
    title: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(300))
    piece: Mapped[str] = mapped_column(String(64))  # lesson or quiz of a question
    key: Mapped[str] = mapped_column(String(80))  # what finds the rule (RegulationName.key)
    short: Mapped[str] = mapped_column(String(80))  # the same name to read
    text: Mapped[str] = mapped_column(String(300))  # as written


class RegulationWork(Base):
    """A place of a course that a change made outdated: open until it is published anew or looked at."""

    __tablename__ = "regulation_work"
    __table_args__ = (
        UniqueConstraint("change_id", "course_id", "kind", "place"),
        CheckConstraint("how IN ('','published','checked','withdrawn')", name="how"),
        CheckConstraint("(handled_at IS NULL) = (how = '')", name="handled"),
        Index("ix_regulation_work_course_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("regulation_change.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    how: Mapped[str] = mapped_column(String(9), default="")
    note: Mapped[str] = mapped_column(String(500), default="")

    change: Mapped[RegulationChange] = relationship(lazy="raise_on_sql", init=False)
