"""Approve the lesson hours of a course."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, HoursApproval


def approve_hours(
    session: Session, course: Course, jp: int, *, by: int, now: datetime, note: str = ""
) -> HoursApproval:
    """Append BKPSDM's approval of `jp` lesson hours (0 to 200); the newest row of a course counts."""
    approval = HoursApproval(course_id=course.id, jp=jp, approved_by=by, approved_at=now, note=note)
    session.add(approval)
    session.flush()
    return approval
