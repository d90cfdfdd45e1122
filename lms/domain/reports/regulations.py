"""Certificates that still hold and were earned on a text that cites a rule of law; nothing is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.regulations.queries import version_places


@dataclass(frozen=True)
class CertifiedVersion:
    """A version of a course that cites the rule, and how many certificates on it still hold."""

    slug: str
    title: str
    number: int
    live: bool
    certificates: int


def certified_versions(session: Session, regulation_id: int, today: date) -> list[CertifiedVersion]:
    """Return the versions that cite a rule and on which certificates hold today, by title and version."""
    rows = session.execute(
        select(
            Course.slug, CourseVersion.title, CourseVersion.number,
            CourseVersion.id == func.coalesce(Course.live_version_id, 0), func.count(Certificate.id),
        )
        .join(CourseVersion, CourseVersion.id == Certificate.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(
            Certificate.version_id.in_(version_places(session, regulation_id)),
            Certificate.revoked_at.is_(None), Certificate.replaced_at.is_(None),
            or_(Certificate.valid_until.is_(None), Certificate.valid_until >= today),
        )
        .group_by(Course.slug, Course.live_version_id, CourseVersion.id, CourseVersion.title,
                  CourseVersion.number)
        .order_by(CourseVersion.title, CourseVersion.number.desc())
    )  # fmt: skip
    return [CertifiedVersion(*row) for row in rows]
