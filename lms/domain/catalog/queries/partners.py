"""Which institution organises a course, and which courses an institution organises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.partners.models import Partner
from lms.domain.partners.queries import open_keys


def organisers_for(session: Session, slug: str) -> dict[str, int]:
    """Return {key: id} of the institutions that the text of a course may name.

    These are the open ones, and those that a version of this course names: a course keeps its organiser
    when the institution was closed since, so that its text can still be mended.
    """
    kept = session.execute(
        select(Partner.key, Partner.id)
        .join(CourseVersion, CourseVersion.partner_id == Partner.id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.slug == slug)
        .distinct()
    )
    return {**open_keys(session), **dict(kept.all())}


@dataclass(frozen=True)
class Organised:
    """A published course of an institution; `archived`: out of the catalogue."""

    slug: str
    title: str
    archived: bool


def organised_by(session: Session, partner_id: int) -> Sequence[Organised]:
    """Return the published courses whose live version names an institution, by title."""
    rows = session.execute(
        select(Course.slug, CourseVersion.title, Course.archived_at.is_not(None))
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(CourseVersion.partner_id == partner_id)
        .order_by(func.lower(CourseVersion.title), Course.id)
    )
    return [Organised(*row) for row in rows]


def count_organised(session: Session) -> dict[int, int]:
    """Return {institution id: published courses that name it}."""
    rows = session.execute(
        select(CourseVersion.partner_id, func.count())
        .join(Course, Course.live_version_id == CourseVersion.id)
        .where(CourseVersion.partner_id.is_not(None))
        .group_by(CourseVersion.partner_id)
    )
    return {partner_id: count for partner_id, count in rows if partner_id is not None}


def was_named(session: Session, partner_id: int) -> bool:
    """Whether any published version, live or earlier, names an institution: then it is never removed."""
    found = select(CourseVersion.id).where(CourseVersion.partner_id == partner_id)
    return session.scalar(found.limit(1)) is not None
