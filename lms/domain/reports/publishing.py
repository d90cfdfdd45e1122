"""Whom a new version touches: those who are done, attempts that are open, results under other keys."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.course import Course as Content
from lms.content.course import Quiz
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import quizzes_at
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import Corrected, impact_of
from lms.domain.quizzes.rules import Impact, same_key

COUNTED = 5
"""So many changed keys are tried on the answers that were handed in; the others are named."""


@dataclass(frozen=True)
class Touched:
    """What stays as it is: completions, certificates in force, attempts under way in their version."""

    completed: int
    certificates: int
    open_attempts: int


def touched_by(session: Session, course_id: int) -> Touched:
    """Count what a new version of a course leaves as it is (one statement)."""
    present = (Enrollment.course_id == course_id, Enrollment.withdrawn_at.is_(None))
    completed = select(func.count(Enrollment.completed_at)).where(*present).scalar_subquery()
    held = (
        select(func.count(Certificate.id))
        .where(
            Certificate.course_id == course_id,
            Certificate.revoked_at.is_(None),
            Certificate.replaced_at.is_(None),
        )
        .scalar_subquery()
    )
    opened = (
        select(func.count(Attempt.id))
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(*present, Attempt.submitted_at.is_(None))
        .scalar_subquery()
    )
    return Touched(*session.execute(select(completed, held, opened)).one())


@dataclass(frozen=True)
class KeyChange:
    """A question whose key or points differ from the published text; `impact`: marking again by its key.

    `points` are those of the published and of the new text. `impact` is None when only points differ, or
    when more keys changed than are counted.
    """

    quiz: str
    question: str
    keyed: bool
    points: tuple[float, float]
    impact: Impact | None


def key_changes(session: Session, live: CourseVersion, content: Content) -> list[KeyChange]:
    """Return the questions of a text whose key or points differ from the live version, in reading order.

    Points of papers that were begun never change. Essays have no key; surveys neither.
    """
    quizzes = [piece for piece in content.pieces() if isinstance(piece, Quiz) and piece.use != "survey"]
    before = quizzes_at(session, {(live.id, quiz.id) for quiz in quizzes})
    found: list[KeyChange] = []
    counted = 0
    for quiz in quizzes:
        old_quiz = before.get((live.id, quiz.id))
        known = {question.id: question for question in old_quiz.questions()} if old_quiz else {}
        for question in quiz.questions():
            old = known.get(question.id)
            if old is None or old.digest == question.digest or question.kind == "essay":
                continue
            keyed = not same_key(old, question)
            if not keyed and old.points == question.points:
                continue
            impact = None
            if keyed and counted < COUNTED:
                counted += 1
                impact = impact_of(session, Corrected(live.course_id, quiz.id, live.id, question))
            points = (old.points, question.points)
            found.append(KeyChange(quiz.title, question.title, keyed, points, impact))
    return found
