"""Which lesson hours of a course BKPSDM has approved, and which wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.catalog.models import Course, CourseVersion, HoursApproval


def approved_jp(session: Session, course_id: int) -> int | None:
    """Return the hours that a course counts; None when they were never approved."""
    return session.scalar(
        select(HoursApproval.jp)
        .where(HoursApproval.course_id == course_id)
        .order_by(HoursApproval.id.desc())
        .limit(1)
    )


def approved_jps(session: Session, course_ids: Iterable[int]) -> dict[int, int]:
    """Return {course id: approved hours} of those that have an approval (one statement)."""
    rows = session.execute(
        select(HoursApproval.course_id, HoursApproval.jp)
        .where(HoursApproval.course_id.in_(list(course_ids)))
        .order_by(HoursApproval.id)
    )
    return dict(rows.all())


def newest_approval() -> ScalarSelect[int | None]:
    """Return the approved hours of the Course of the enclosing statement, as a column."""
    inner = aliased(HoursApproval)
    return (
        select(inner.jp)
        .where(inner.course_id == Course.id)
        .order_by(inner.id.desc())
        .limit(1)
        .correlate(Course)
        .scalar_subquery()
    )


def hours_history(session: Session, course_id: int) -> Sequence[HoursApproval]:
    """Return all approvals of a course, newest first."""
    return session.scalars(
        select(HoursApproval).where(HoursApproval.course_id == course_id).order_by(HoursApproval.id.desc())
    ).all()


@dataclass(frozen=True)
class WaitingHours:
    """A live course whose claimed hours are not the approved ones."""

    course_id: int
    slug: str
    title: str
    version: int
    published_at: datetime
    minutes: int
    claimed_jp: int
    approved_jp: int | None


def waiting_hours(session: Session) -> list[WaitingHours]:
    """Return live courses that claim hours BKPSDM has not approved (or approved otherwise), oldest first."""
    approved = newest_approval()
    rows = session.execute(
        select(
            Course.id, Course.slug, CourseVersion.title, CourseVersion.number, CourseVersion.published_at,
            CourseVersion.minutes, CourseVersion.jp, approved,
        )
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Course.archived_at.is_(None), CourseVersion.jp != func.coalesce(approved, -1))
        .order_by(CourseVersion.published_at, Course.id)
    )  # fmt: skip
    return [WaitingHours(*row) for row in rows]
