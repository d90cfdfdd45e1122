"""Read the competency profile of a person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.competencies.models import Competency, Evidence, Rating, Requirement
from lms.domain.competencies.rules.profile import Assessed, Line, Shown, valid
from lms.domain.enrollments.models import Enrollment


def profile(session: Session, user: User, today: date) -> list[Line]:
    """Return one line for each competency that is required, assessed or shown; four statements."""
    required = _required(session, user.position_id, today)
    ratings = _ratings(session, user.id, today)
    evidence = _evidence(session, user.id, today)
    lines = []
    for row in session.scalars(select(Competency).order_by(Competency.position, Competency.code)):
        if row.id in required or row.id in ratings or row.id in evidence:
            lines.append(
                Line(
                    row.code,
                    row.name,
                    row.kind,
                    required.get(row.id),
                    ratings.get(row.id),
                    tuple(evidence.get(row.id, ())),
                )  # fmt: skip
            )
    return lines


def _required(session: Session, position_id: int | None, today: date) -> dict[int, int]:
    if position_id is None:
        return {}
    rows = session.execute(
        select(Requirement.competency_id, Requirement.level)
        .where(Requirement.position_id == position_id, Requirement.valid_from <= today)
        .order_by(Requirement.valid_from, Requirement.id)
    )
    return {row.competency_id: row.level for row in rows}


def _ratings(session: Session, user_id: int, today: date) -> dict[int, Assessed]:
    rows = session.scalars(
        select(Rating).where(Rating.user_id == user_id).order_by(Rating.assessed_on, Rating.id)
    )
    return {
        row.competency_id: Assessed(row.level, row.assessed_on, row.method, row.valid_until)
        for row in rows
        if valid(row.valid_until, today)
    }


def _evidence(session: Session, user_id: int, today: date) -> dict[int, list[Shown]]:
    rows = session.execute(
        select(Evidence, CourseVersion.title, Course.slug)
        .join(Enrollment, Enrollment.id == Evidence.enrollment_id)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Evidence.user_id == user_id)
        .order_by(Evidence.shown_on.desc(), Evidence.id.desc())
    )
    found: dict[int, list[Shown]] = defaultdict(list)
    for row, title, slug in rows:
        if valid(row.valid_until, today):
            found[row.competency_id].append(Shown(row.level, row.shown_on, row.valid_until, title, slug))
    return found
