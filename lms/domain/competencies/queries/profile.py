"""Read the competency profile of a person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.competencies.models import Competency, Evidence, Rating
from lms.domain.competencies.queries.standards import standard
from lms.domain.competencies.rules.profile import Assessed, Line, Shown, valid
from lms.domain.enrollments.models import Enrollment
from lms.domain.outside.models import OutsideTraining


def profile(session: Session, user: User, today: date) -> list[Line]:
    """Return one line for each competency that is required, assessed or shown; four statements."""
    required = _required(session, user.position_id, today)
    ratings = _ratings(session, user.id)
    evidence = _evidence(session, user.id)
    lines = []
    for row in session.scalars(select(Competency).order_by(Competency.position, Competency.code)):
        if row.id in required or row.id in ratings or row.id in evidence:
            history, shown = ratings.get(row.id, []), evidence.get(row.id, [])
            holding = [found for found in history if valid(found.valid_until, today)]
            lines.append(
                Line(
                    row.code,
                    row.name,
                    row.kind,
                    required.get(row.id) if row.retired_on is None else None,
                    holding[-1] if holding else None,
                    tuple(one for one in shown if valid(one.valid_until, today)),
                    tuple(one for one in shown if not valid(one.valid_until, today)),
                    tuple(history),
                )  # fmt: skip
            )
    return lines


def _required(session: Session, position_id: int | None, today: date) -> dict[int, int]:
    return {} if position_id is None else dict(standard(session, today, [position_id]).get(position_id, {}))


def _ratings(session: Session, user_id: int) -> dict[int, list[Assessed]]:
    rows = session.scalars(
        select(Rating).where(Rating.user_id == user_id).order_by(Rating.assessed_on, Rating.id)
    )
    found: defaultdict[int, list[Assessed]] = defaultdict(list)
    for row in rows:
        found[row.competency_id].append(Assessed(row.level, row.assessed_on, row.method, row.valid_until))
    return found


def _evidence(session: Session, user_id: int) -> dict[int, list[Shown]]:
    rows = session.execute(
        select(Evidence, func.coalesce(CourseVersion.title, OutsideTraining.title), Course.slug)
        .outerjoin(Enrollment, Enrollment.id == Evidence.enrollment_id)
        .outerjoin(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .outerjoin(Course, Course.id == Enrollment.course_id)
        .outerjoin(OutsideTraining, OutsideTraining.id == Evidence.outside_id)
        .where(Evidence.user_id == user_id)
        .order_by(Evidence.shown_on.desc(), Evidence.id.desc())
    )
    found: defaultdict[int, list[Shown]] = defaultdict(list)
    for row, title, slug in rows:
        found[row.competency_id].append(Shown(row.level, row.shown_on, row.valid_until, title, slug))
    return found
