"""The report of a course and year: who took part, what it brought, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment


@dataclass(frozen=True)
class CourseOfYear:
    """A published course and how often it was completed in a year."""

    course_id: int
    slug: str
    title: str
    completions: int


def course_years(session: Session, today: date) -> list[int]:
    """Return the years in which courses were completed, and this one; the newest first."""
    found = session.scalars(select(Enrollment.jp_year).where(Enrollment.jp_year.is_not(None)).distinct())
    return sorted({today.year, *(year for year in found if year is not None)}, reverse=True)


def courses_of_year(session: Session, year: int) -> list[CourseOfYear]:
    """Return the published courses with their completions of a year (WIB), by title (one statement)."""
    done = (
        select(Enrollment.course_id, func.count().label("n"))
        .where(Enrollment.jp_year == year, Enrollment.withdrawn_at.is_(None))
        .group_by(Enrollment.course_id)
        .subquery()
    )
    rows = session.execute(
        select(Course.id, Course.slug, CourseVersion.title, func.coalesce(done.c.n, 0))
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(done, done.c.course_id == Course.id)
        .order_by(func.lower(CourseVersion.title))
    )
    return [CourseOfYear(*row) for row in rows]
