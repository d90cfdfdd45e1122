"""Which competencies and topics learners master least, by the questions that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.domain.analysis.queries.sheets import first_attempts
from lms.domain.analysis.rules import INDICATIVE
from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.catalog.queries import quizzes_at
from lms.domain.competencies.models import Competency
from lms.domain.quizzes.models import Grading

COUNTED = frozenset({"quiz", "exam"})
"""Uses of a quiz after a lesson; a pre-test comes before it, practice is for trying."""


@dataclass(frozen=True)
class Outcome:
    """Points reached (percent) in first attempts at the questions of one competency or topic.

    `key` is its code or the tag, `name` its name where the dictionary has one; `marks` how many answers.
    """

    key: str
    name: str
    questions: int
    marks: int
    reached: float


@dataclass(frozen=True)
class Outcomes:
    """Competencies and topics, the weakest first; only those with at least ten marked answers."""

    competencies: tuple[Outcome, ...]
    topics: tuple[Outcome, ...]


@dataclass
class _Sum:
    points: float = 0.0
    most: float = 0.0
    marks: int = 0
    questions: int = 0


def outcomes_of(session: Session, course_id: int, pieces: Sequence[Piece]) -> Outcomes:
    """Return what first attempts at the quizzes of the live version say (four statements).

    Versions count whose quiz a learner sees unchanged: other texts are never mixed in.
    """
    live = {piece.key: piece for piece in pieces if piece.kind == "quiz" and piece.use in COUNTED}
    version_id = pieces[0].version_id if pieces else 0
    quizzes = quizzes_at(session, {(version_id, key) for key in live})
    asked = {question.id: question for quiz in quizzes.values() for question in quiz.questions()}
    sums = _sums(session, course_id, live)
    codes = {question.competency.code for question in asked.values() if question.competency}
    names = _names(session, codes)
    competencies: dict[str, _Sum] = defaultdict(_Sum)
    topics: dict[str, _Sum] = defaultdict(_Sum)
    for key, (points, most, marks) in sums.items():
        question = asked.get(key)
        if question is None:
            continue
        for group in _groups(question, competencies, topics):
            group.points, group.most = group.points + points, group.most + most
            group.marks, group.questions = group.marks + marks, group.questions + 1
    return Outcomes(_sorted(competencies, names), _sorted(topics, {}))


def _groups(question: Question, competencies: dict[str, _Sum], topics: dict[str, _Sum]) -> list[_Sum]:
    found = [topics[tag] for tag in question.tags]
    return [competencies[question.competency.code], *found] if question.competency else found


def _sums(session: Session, course_id: int, live: Mapping[str, Piece]) -> dict[str, tuple[float, float, int]]:
    """Points, most points and number of the marks that count, by question."""
    same = (
        select(Piece.version_id, Piece.key)
        .join(CourseVersion, CourseVersion.id == Piece.version_id)
        .where(
            CourseVersion.course_id == course_id,
            Piece.kind == "quiz",
            Piece.key.in_(live),
            Piece.digest.in_({piece.digest for piece in live.values()}),
        )
        .subquery()
    )
    first = first_attempts(course_id)
    ids = select(first.c.id).join(
        same, (same.c.version_id == first.c.version_id) & (same.c.key == first.c.quiz_key)
    )
    newest = (
        select(func.max(Grading.id))
        .where(Grading.attempt_id.in_(ids))
        .group_by(Grading.attempt_id, Grading.question_key)
    )
    rows = session.execute(
        select(Grading.question_key, func.sum(Grading.points), func.sum(Grading.max_points), func.count())
        .where(Grading.id.in_(newest))
        .group_by(Grading.question_key)
    )
    return {key: (float(points), float(most), count) for key, points, most, count in rows}


def _names(session: Session, codes: set[str]) -> dict[str, str]:
    rows = session.execute(select(Competency.code, Competency.name).where(Competency.code.in_(codes)))
    return dict(rows.all())


def _sorted(groups: Mapping[str, _Sum], names: Mapping[str, str]) -> tuple[Outcome, ...]:
    found = [
        Outcome(key, names.get(key, ""), one.questions, one.marks, 100 * one.points / one.most)
        for key, one in groups.items()
        if one.marks >= INDICATIVE and one.most > 0
    ]
    return tuple(sorted(found, key=lambda one: (one.reached, one.key)))
