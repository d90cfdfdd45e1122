"""Read progress; the number of statements does not depend on the number of courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lms.domain.catalog.queries import pieces_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import LessonProgress
from lms.domain.progress.rules import Progress, progress
from lms.domain.quizzes.queries import passed_quizzes


def progress_of(session: Session, enrollment: Enrollment) -> Progress:
    """Return the progress of one enrolment, its version loaded."""
    return progress_of_all(session, [enrollment])[enrollment.id]


def progress_of_all(session: Session, enrollments: Sequence[Enrollment]) -> dict[int, Progress]:
    """Return the progress of enrolments by id, their versions loaded; at most four statements."""
    if not enrollments:
        return {}
    ids = [enrollment.id for enrollment in enrollments]
    pieces = pieces_of(session, {item.version_id: item.version.digest for item in enrollments})
    done: dict[int, set[str]] = defaultdict(set)
    opened: dict[int, set[str]] = defaultdict(set)
    for enrollment_id, key, finished_at in session.execute(_lessons(), {"ids": ids}):
        opened[enrollment_id].add(key)
        if finished_at is not None:
            done[enrollment_id].add(key)
    for enrollment_id, key in passed_quizzes(session, ids):
        done[enrollment_id].add(key)
    return {
        item.id: progress(pieces[item.version_id], done[item.id], opened[item.id]) for item in enrollments
    }


@cache
def _lessons() -> Select[int, str, datetime | None]:
    """Lessons that were opened in enrolments; built once, most pages send it."""
    return select(LessonProgress.enrollment_id, LessonProgress.lesson_key, LessonProgress.finished_at).where(
        LessonProgress.enrollment_id.in_(bindparam("ids", expanding=True))
    )


def lesson_progress(session: Session, enrollment_id: int, key: str) -> LessonProgress | None:
    """Return what is known of one lesson of an enrolment."""
    return session.get(LessonProgress, (enrollment_id, key))
