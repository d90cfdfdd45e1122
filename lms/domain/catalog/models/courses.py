"""Courses, their immutable versions, the files of each version, drafts of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime


class Course(Base):
    """A course under one slug; what learners see is its live version."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("home IN ('disk','desk')", name="home"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    home: Mapped[str] = mapped_column(String(4), default="disk")
    live_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_version.id", use_alter=True), default=None
    )
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    law_changed: Mapped[bool] = mapped_column(default=False)  # it cites rules that changed (regulations)

    live_version: Mapped[CourseVersion | None] = relationship(
        lazy="raise_on_sql", init=False, foreign_keys=[live_version_id], post_update=True
    )


class CourseMember(Base):
    """Who may write or review a course."""

    __tablename__ = "course_member"
    __table_args__ = (CheckConstraint("role IN ('owner','author','reviewer')", name="role"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(8), default="owner")


class CourseVersion(Base):
    """A published text of a course; never updated (trigger). Index columns are read by lists."""

    __tablename__ = "course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"), UniqueConstraint("course_id", "digest"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(200))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    summary: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(5), default="id")
    jp: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    size_bytes: Mapped[int] = mapped_column(default=0)  # text and assets of all pieces
    gives_certificate: Mapped[bool] = mapped_column(default=True)
    valid_months: Mapped[int | None] = mapped_column(default=None)
    due_days: Mapped[int | None] = mapped_column(default=None)
    header: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)  # what rules.header_of says
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), default=None)  # its organiser

    course: Mapped[Course] = relationship(lazy="raise_on_sql", init=False, foreign_keys=[course_id])
    pieces: Mapped[list[Piece]] = relationship(
        lazy="raise_on_sql", init=False, order_by="Piece.position", back_populates="version"
    )
    claims: Mapped[list[VersionClaim]] = relationship(lazy="raise_on_sql", init=False)


class Piece(Base):
    """Index row of a module, lesson or quiz of a version, in reading order."""

    __tablename__ = "piece"
    __table_args__ = (
        UniqueConstraint("version_id", "key"),
        CheckConstraint("kind IN ('module','lesson','quiz')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64))
    module_key: Mapped[str | None] = mapped_column(String(64), default=None)
    minutes: Mapped[int] = mapped_column(default=0)
    size_bytes: Mapped[int] = mapped_column(default=0)
    required: Mapped[bool] = mapped_column(default=True)  # counts for completion
    # lesson: read | mark | answer_checks; quiz: pass | submit; module: sequential | free
    finish: Mapped[str] = mapped_column(String(16), default="read")
    use: Mapped[str | None] = mapped_column(String(16), default=None)  # quizzes: practice, quiz, exam ...
    questions: Mapped[int] = mapped_column(default=0)

    version: Mapped[CourseVersion] = relationship(lazy="raise_on_sql", init=False, back_populates="pieces")


class VersionClaim(Base):
    """A competency and level that a version says it teaches."""

    __tablename__ = "version_claim"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    level: Mapped[int]


class Blob(Base):
    """Bytes of a course file, stored once under their SHA-256."""

    __tablename__ = "blob"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class VersionFile(Base):
    """A file of a version."""

    __tablename__ = "version_file"

    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))


class Draft(Base):
    """The unpublished text of a course on the desk; one for each course."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), unique=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class DraftFile(Base):
    """A file of a draft."""

    __tablename__ = "draft_file"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))


class DraftSave(Base):
    """A text of the desk as it was saved (older ones are thinned); without digest it was removed."""

    __tablename__ = "draft_save"
    __table_args__ = (Index("ix_draft_save_course_id_path_id", "course_id", "path", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    path: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str | None] = mapped_column(ForeignKey("blob.digest"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)


class IndexedQuestion(Base):
    """A question of a bank or quiz in the text that authors work on: the draft, else the live version.

    Or of a shared bank: in force, else under the pen. `live`: the published text, or the one in force, has a
    question of this id. Rows follow from that text and are written anew with it; lists read them and never
    parse.
    """

    __tablename__ = "question_index"
    __table_args__ = (
        Index("ix_question_index_course_id_path", "course_id", "path"),
        Index(  # holds all that the counts beside the filters ask for
            "ix_question_index_counts",
            "course_id",
            "bank_id",
            "kind",
            "competency",
            "difficulty",
            "live",
            "quizzes",
            "tags",
        ),  # fmt: skip
        CheckConstraint("(course_id IS NULL) <> (bank_id IS NULL)", name="one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    path: Mapped[str] = mapped_column(String(300))
    line: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    prompt: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text)  # what a search looks in, in lower case
    tags: Mapped[str] = mapped_column(String(300))  # ",a,b,"
    competency: Mapped[str] = mapped_column(String(32))  # CODE:level, "" for none
    difficulty: Mapped[str] = mapped_column(String(8))  # easy, medium, hard, "" for none
    points: Mapped[float]
    quizzes: Mapped[str] = mapped_column(String(600))  # ids of quizzes that may draw it, ",a,b,"
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), default=None)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("shared_bank.id"), default=None, index=True)
    live: Mapped[bool] = mapped_column(default=True)


class QuestionImport(Base):
    """A file of questions under trial before anything is written; one for each course and person."""

    __tablename__ = "question_import"
    __table_args__ = (UniqueConstraint("course_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(200))
    dialect: Mapped[str] = mapped_column(String(8))
    path: Mapped[str] = mapped_column(String(300))  # of the bank it goes into
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class HoursApproval(Base):
    """BKPSDM approved that a course counts `jp` lesson hours; the newest row of a course counts."""

    __tablename__ = "hours_approval"
    __table_args__ = (
        CheckConstraint("jp BETWEEN 0 AND 200", name="jp"),
        Index("ix_hours_approval_course_id_id", "course_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    jp: Mapped[int]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(500), default="")
