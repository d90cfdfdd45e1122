"""The editions of a quiz: course versions in which it asks exactly the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.questions import Question
from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.catalog.queries import quizzes_at


@dataclass(frozen=True)
class Edition:
    """A quiz with one set of question versions, and the versions of the course that hold it.

    `numbers` are those of the versions, ascending; `quiz` is as the newest of them says.
    """

    numbers: tuple[int, ...]
    version_ids: tuple[int, ...]
    quiz: Quiz

    @cached_property
    def asked(self) -> tuple[tuple[Question, bool], ...]:
        """Every question in source order, and whether it is drawn from a group: not everybody gets it."""
        return tuple(
            (question, pool.drawn < len(pool.questions))
            for pool in self.quiz.pools
            for question in pool.questions
        )

    @property
    def paper_size(self) -> int:
        """How many questions a person gets."""
        return sum(pool.drawn for pool in self.quiz.pools)

    @property
    def max_points(self) -> float:
        """What all questions give that everybody gets."""
        return sum(question.points for question, drawn in self.asked if not drawn)

    @property
    def same_for_all(self) -> bool:
        """Whether everybody gets the same questions."""
        return not any(drawn for _question, drawn in self.asked)


def editions_of(session: Session, course_id: int, quiz_key: str) -> list[Edition]:
    """Return the editions of a quiz, the newest first (two statements, and reading what was not read yet)."""
    rows = session.execute(
        select(CourseVersion.id, CourseVersion.number)
        .join(Piece, Piece.version_id == CourseVersion.id)
        .where(CourseVersion.course_id == course_id, Piece.kind == "quiz", Piece.key == quiz_key)
        .order_by(CourseVersion.number)
    ).all()
    quizzes = quizzes_at(session, {(version_id, quiz_key) for version_id, _number in rows})
    found: dict[tuple[object, ...], Edition] = {}
    for version_id, number in rows:
        quiz = quizzes[version_id, quiz_key]
        mark = signature(quiz)
        before = found.pop(mark, None)
        found[mark] = Edition(
            (*(before.numbers if before else ()), number),
            (*(before.version_ids if before else ()), version_id),
            quiz,
        )
    return list(reversed(found.values()))


def signature(quiz: Quiz) -> tuple[object, ...]:
    """Return what makes two texts of a quiz ask the same: questions by digest and points, and the groups."""
    return tuple((pool.drawn, tuple(_marks(pool.questions))) for pool in quiz.pools)


def _marks(questions: Sequence[Question]) -> list[tuple[str, str, float]]:
    return [(question.id, question.digest, question.points) for question in questions]
