"""Certificates as issued, their files, the yearly number, the count of checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime

_CURRENT = text("replaced_at IS NULL")


class Certificate(Base):
    """An issued certificate; only revocation, replacement and signature dates are ever set (trigger)."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id", "cycle", "revision"),
        UniqueConstraint("year", "serial"),
        Index(
            "uq_certificate_current",
            "user_id",
            "course_id",
            "cycle",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_certificate_unit_id_issued_on", "unit_id", "issued_on"),
        Index("ix_certificate_course_id_issued_on", "course_id", "issued_on"),
        Index(
            "ix_certificate_state", "issued_on", "user_id", "revoked_at", "replaced_at", "valid_until",
            "needs_signature", "signed_at", "enrollment_id",
        ),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked_with_reason"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))  # at issue
    cycle: Mapped[int]
    code: Mapped[str] = mapped_column(String(13), unique=True)
    number: Mapped[str] = mapped_column(String(120), unique=True)
    year: Mapped[int]  # of issue, WIB
    serial: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_on: Mapped[date]
    template_version: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(default=1)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    needs_signature: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    revoked_reason: Mapped[str | None] = mapped_column(String(500), default=None)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True, default=None)

    files: Mapped[list[CertificateFile]] = relationship(
        lazy="raise_on_sql", init=False, order_by="CertificateFile.id"
    )


class CertificateFile(Base):
    """A PDF of a certificate, appended: as issued, reprinted, or signed outside; newest is served."""

    __tablename__ = "certificate_file"
    __table_args__ = (CheckConstraint("kind IN ('original','reprint','signed')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Counter(Base):
    """The last number given out in a series and year."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]


class CheckCount(Base):
    """How often codes were checked on a day, by result; no address, no code of a stranger."""

    __tablename__ = "check_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    result: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]
