"""How often questions were answered, and how well: the figures beside a list of questions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.catalog.models import CourseVersion
from lms.domain.quizzes.models import Attempt, Grading


@dataclass(frozen=True)
class Answered:
    """How many marked answers a question has, and their mean share of the points, 0 to 1."""

    count: int
    facility: float


def answered(
    session: Session, wanted: Collection[tuple[int, str]], quizzes: Collection[str]
) -> dict[tuple[int, str], Answered]:
    """Return the figures of questions given as (course id, question id), asked in those quizzes.

    One statement, none without questions; the newest mark of an answer counts. A question nobody answered
    is left out.
    """
    if not wanted or not quizzes:
        return {}
    later = aliased(Grading)
    newer = select(later.id).where(
        later.attempt_id == Grading.attempt_id,
        later.question_key == Grading.question_key,
        later.id > Grading.id,
    )
    rows = session.execute(
        select(CourseVersion.course_id, Grading.question_key, func.count(), func.avg(Grading.fraction))
        .join(Attempt, Attempt.version_id == CourseVersion.id)
        .join(Grading, Grading.attempt_id == Attempt.id)
        .where(
            CourseVersion.course_id.in_({course_id for course_id, _key in wanted}),
            Attempt.quiz_key.in_(set(quizzes)),
            Grading.question_key.in_({key for _course_id, key in wanted}),
            ~newer.exists(),
        )
        .group_by(CourseVersion.course_id, Grading.question_key)
    )
    found = {(course_id, key): Answered(count, float(mean)) for course_id, key, count, mean in rows}
    return {pair: figures for pair, figures in found.items() if pair in set(wanted)}
