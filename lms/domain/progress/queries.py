"""Read progress; the number of statements does not depend on the number of courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from lms.domain.catalog.queries import pieces_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import CheckAnswer, LessonProgress
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
    rows = session.execute(_lessons(), {"ids": ids}).all()
    return _states(session, enrollments, [(row[0], row[1], row[2]) for row in rows])


def progress_with_answers(
    session: Session, enrollment: Enrollment, key: str
) -> tuple[Progress, dict[str, CheckAnswer]]:
    """Return the progress of one enrolment and the last answers inside one lesson, by question id.

    At most three statements, as many as progress alone takes: who answers has opened the lesson, so that
    the answers come along with what was opened.
    """
    rows = session.execute(_lessons_with_answers(), {"id": enrollment.id, "key": key}).all()
    answers = {row[2].question_key: row[2] for row in rows if row[2] is not None}
    opened = [(enrollment.id, row[0], row[1]) for row in rows]
    return _states(session, [enrollment], opened)[enrollment.id], answers


def _states(
    session: Session, enrollments: Sequence[Enrollment], rows: Iterable[tuple[int, str, datetime | None]]
) -> dict[int, Progress]:
    """Return the progress of enrolments by id from the lessons that were opened in them."""
    pieces = pieces_of(session, {item.version_id: item.version.digest for item in enrollments})
    done: dict[int, set[str]] = defaultdict(set)
    opened: dict[int, set[str]] = defaultdict(set)
    for enrollment_id, key, finished_at in rows:
        opened[enrollment_id].add(key)
        if finished_at is not None:
            done[enrollment_id].add(key)
    for enrollment_id, key in passed_quizzes(session, [item.id for item in enrollments]):
        done[enrollment_id].add(key)
    return {
        item.id: progress(pieces[item.version_id], done[item.id], opened[item.id]) for item in enrollments
    }


@cache
def _lessons_with_answers() -> Select[str, datetime | None, CheckAnswer]:
    """Lessons opened in an enrolment, with the answers inside one of them; built once."""
    return (
        select(LessonProgress.lesson_key, LessonProgress.finished_at, CheckAnswer)
        .outerjoin(
            CheckAnswer,
            and_(
                CheckAnswer.enrollment_id == LessonProgress.enrollment_id,
                CheckAnswer.lesson_key == LessonProgress.lesson_key,
                CheckAnswer.lesson_key == bindparam("key"),
            ),
        )
        .where(LessonProgress.enrollment_id == bindparam("id"))
    )


@cache
def _lessons() -> Select[int, str, datetime | None]:
    """Lessons that were opened in enrolments; built once, most pages send it."""
    return select(LessonProgress.enrollment_id, LessonProgress.lesson_key, LessonProgress.finished_at).where(
        LessonProgress.enrollment_id.in_(bindparam("ids", expanding=True))
    )


def lesson_progress(session: Session, enrollment_id: int, key: str) -> LessonProgress | None:
    """Return what is known of one lesson of an enrolment."""
    return session.get(LessonProgress, (enrollment_id, key))


def check_answers(session: Session, enrollment_id: int, key: str) -> dict[str, CheckAnswer]:
    """Return the last answers to the questions inside a lesson by question id (one statement)."""
    rows = session.scalars(
        select(CheckAnswer)
        .where(CheckAnswer.enrollment_id == enrollment_id, CheckAnswer.lesson_key == key)
        .execution_options(populate_existing=True)
    )
    return {row.question_key: row for row in rows}
