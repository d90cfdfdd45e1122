"""The blueprint of a quiz: what its paper is made of, by competency, kind and difficulty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.course import Course, Pool, Quiz
from lms.content.questions import Question


@dataclass(frozen=True)
class Cell:
    """Questions alike in competency (CODE:level, ""), kind and difficulty.

    `drawn` and `points` are what a paper holds of them on average.
    """

    competency: str
    kind: str
    difficulty: str
    available: int
    drawn: float
    points: float


@dataclass(frozen=True)
class QuizPlan:
    """A quiz with its cells and pools. `expected` is the mean percent a paper should give.

    It follows from the facilities known so far, `known` of `total` questions; None without any.
    """

    quiz: Quiz
    cells: tuple[Cell, ...]
    pools: tuple[Pool, ...]
    points: float
    drawn: int
    expected: float | None
    known: int
    total: int


def plan_of(quiz: Quiz, facilities: Mapping[str, float]) -> QuizPlan:
    """The plan of a quiz; `facilities` are mean shares of points (0 to 1) by question id."""
    counts: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    earned = weight = 0.0
    for pool in quiz.pools:
        for question in pool.questions:
            chance = chance_of(pool, question)
            cell = counts[_key(question)]
            cell[0] += 1
            cell[1] += chance
            cell[2] += chance * question.points
            if question.id in facilities:
                earned += chance * question.points * facilities[question.id]
                weight += chance * question.points
    cells = tuple(Cell(*key, int(values[0]), values[1], values[2]) for key, values in sorted(counts.items()))
    questions = {question.id for question in quiz.questions()}
    return QuizPlan(
        quiz=quiz, cells=cells, pools=quiz.pools, points=sum(cell.points for cell in cells),
        drawn=sum(pool.drawn for pool in quiz.pools), expected=100 * earned / weight if weight else None,
        known=len(questions & facilities.keys()), total=len(questions),
    )  # fmt: skip


def chance_of(pool: Pool, question: Question) -> float:
    """How likely a first paper holds the question: pinned ones always, the others share what is left."""
    if question.id in pool.pinned:
        return 1.0
    others = len(pool.questions) - len(pool.pinned)
    return (pool.drawn - len(pool.pinned)) / others if others > 0 else 0.0


def _key(question: Question) -> tuple[str, str, str]:
    claim = question.competency
    return (f"{claim.code}:{claim.level}" if claim else "", question.kind, question.difficulty)


def uncovered(course: Course) -> tuple[str, ...]:
    """The competencies that the course says it teaches and no question of its quizzes tests."""
    tested = {
        question.competency.code
        for piece in course.pieces() if isinstance(piece, Quiz)
        for question in piece.questions() if question.competency
    }  # fmt: skip
    claims = course.competencies
    return tuple(f"{claim.code}:{claim.level}" for claim in claims if claim.code not in tested)


def untested_modules(course: Course) -> tuple[str, ...]:
    """The titles of modules that name outcomes and have no question of their own, in a lesson or a quiz."""
    return tuple(
        module.title
        for module in course.modules
        if module.aims and not any(list(piece.questions()) for piece in module.pieces)
    )
