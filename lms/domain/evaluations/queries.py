"""Read evaluations: always numbers and shuffled comments, never a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.evaluations.models import EvaluationAnswer, EvaluationGiven
from lms.domain.evaluations.rules import COMMENTS, Results, results_of, separable


def has_given(session: Session, enrollment_id: int) -> bool:
    """Tell whether the learner of the enrolment has answered (one statement)."""
    found = select(EvaluationGiven.enrollment_id).where(EvaluationGiven.enrollment_id == enrollment_id)
    return session.scalar(found) is not None


def people_by_version(session: Session, course_id: int) -> dict[int, int]:
    """Return how many people answered, by the number of the version that was evaluated."""
    rows = session.execute(
        select(CourseVersion.number, func.count())
        .select_from(EvaluationGiven)
        .join(Enrollment, Enrollment.id == EvaluationGiven.enrollment_id)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(Enrollment.course_id == course_id)
        .group_by(CourseVersion.number)
        .order_by(CourseVersion.number)
    )
    return {row[0]: row[1] for row in rows}


def results(
    session: Session,
    course_id: int,
    people: Mapping[int, int],
    version: int | None = None,
    most: int | None = None,
) -> Results:
    """Return the results of a course, or of one version (its number) where versions may be told apart.

    `people` is what `people_by_version` says; `most` bounds the comments of an item. At most one statement
    and one for each item with comments; none below enough answers.
    """
    chosen = version if version in people and separable(people) else None
    count = sum(people.values()) if chosen is None else people[chosen]
    if not (empty := results_of(count, {}, {})).shown:
        return empty
    ours = select(CourseVersion.id).where(CourseVersion.course_id == course_id)
    if chosen is not None:
        ours = ours.where(CourseVersion.number == chosen)
    scores = session.execute(
        select(EvaluationAnswer.item, EvaluationAnswer.score, func.count())
        .where(EvaluationAnswer.version_id.in_(ours), EvaluationAnswer.score.is_not(None))
        .group_by(EvaluationAnswer.item, EvaluationAnswer.score)
    )
    texts = (
        select(EvaluationAnswer.comment)
        .where(EvaluationAnswer.version_id.in_(ours), EvaluationAnswer.comment != "")
        .order_by(EvaluationAnswer.key)
        .limit(most)
    )
    comments = {item: list(session.scalars(texts.where(EvaluationAnswer.item == item))) for item in COMMENTS}
    return results_of(count, {(row[0], row[1] or 0): row[2] for row in scores}, comments)


@dataclass(frozen=True)
class CourseLine:
    """A course whose learners evaluated it: how many, and the mean of each form (None: too few)."""

    slug: str
    title: str
    people: int
    organisation: float | None
    teaching: float | None


def course_lines(session: Session) -> list[CourseLine]:
    """Return the published courses that were evaluated, by title; two statements for all of them."""
    people = session.execute(
        select(Course.id, Course.slug, CourseVersion.title, func.count(EvaluationGiven.enrollment_id))
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .join(Enrollment, Enrollment.course_id == Course.id)
        .join(EvaluationGiven, EvaluationGiven.enrollment_id == Enrollment.id)
        .group_by(Course.id, Course.slug, CourseVersion.title)
        .order_by(func.lower(CourseVersion.title))
    ).all()
    scores: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    counted = session.execute(
        select(CourseVersion.course_id, EvaluationAnswer.item, EvaluationAnswer.score, func.count())
        .join(CourseVersion, CourseVersion.id == EvaluationAnswer.version_id)
        .where(EvaluationAnswer.score.is_not(None))
        .group_by(CourseVersion.course_id, EvaluationAnswer.item, EvaluationAnswer.score)
    )
    for course_id, item, score, count in counted:
        scores[course_id][item, score or 0] = count
    lines = []
    for course_id, slug, title, count in people:
        found = results_of(count, scores[course_id], {})
        lines.append(CourseLine(slug, title, count, found.mean("organisation"), found.mean("teaching")))
    return lines
