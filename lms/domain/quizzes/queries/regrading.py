"""Read what a corrected key would change; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.questions import Question
from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.catalog.queries import quizzes_at
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading, KeyCorrection, Response
from lms.domain.quizzes.queries.attempts import results_of
from lms.domain.quizzes.rules import Change, Effect, Impact

CHUNK = 200
"""Enrolments that are read at once."""


@dataclass(frozen=True)
class Corrected:
    """A question with its corrected key, of a version of the course."""

    course_id: int
    quiz_key: str
    version_id: int
    question: Question


def corrected_question(
    session: Session, course_id: int, version_id: int, quiz_key: str, question_key: str
) -> Corrected | None:
    """Return a question of a version; None when there is none, or only a person can mark it."""
    quiz = quizzes_at(session, [(version_id, quiz_key)]).get((version_id, quiz_key))
    question = question_in(quiz, question_key)
    if quiz is None or quiz.use == "survey" or question is None or question.kind == "essay":
        return None
    return Corrected(course_id, quiz_key, version_id, question)


def question_in(quiz: Quiz | None, key: str) -> Question | None:
    """Return a question of a quiz by its id."""
    return next((one for one in quiz.questions() if one.id == key), None) if quiz else None


def impact_of(session: Session, wanted: Corrected) -> Impact:
    """Return what the corrected key would change (six statements for each two hundred enrolments)."""
    impact = Impact()
    for effects in all_effects(session, wanted):
        impact = impact.with_effects(effects)
    return impact


def all_effects(session: Session, wanted: Corrected) -> Iterator[list[Effect]]:
    """Yield the effects on all enrolments that handed the quiz in, in parts."""
    after = 0
    while ids := enrollments_with(session, wanted, after=after):
        yield effects_on(session, wanted, ids)
        after = ids[-1]


def enrollments_with(session: Session, wanted: Corrected, *, after: int, limit: int = CHUNK) -> Sequence[int]:
    """Return ids of enrolments beyond `after` with an attempt at the quiz that is handed in."""
    return session.scalars(
        select(Enrollment.id)
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .where(
            Enrollment.course_id == wanted.course_id,
            Enrollment.id > after,
            Attempt.quiz_key == wanted.quiz_key,
            Attempt.submitted_at.is_not(None),
        )
        .group_by(Enrollment.id)
        .order_by(Enrollment.id)
        .limit(limit)
    ).all()


def effects_on(
    session: Session, wanted: Corrected, enrollment_ids: Sequence[int], *, lock: bool = False
) -> list[Effect]:
    """Return what the corrected key does to enrolments; `lock` holds their attempts.

    Papers keep their points; answers that a person marked, and those to other options, stay as they are.
    """
    query = (
        select(Attempt)
        .where(
            Attempt.enrollment_id.in_(enrollment_ids),
            Attempt.quiz_key == wanted.quiz_key,
            Attempt.submitted_at.is_not(None),
        )
        .order_by(Attempt.enrollment_id, Attempt.number)
    )
    query = holding(query, of=Attempt, key_share=True) if lock else query
    attempts = session.scalars(query).all()
    results = {result.attempt_id: result for result in results_of(session, attempts)}
    marks, answers = _marks(session, attempts, wanted), _answers(session, attempts, wanted)
    quizzes = quizzes_at(session, {(attempt.version_id, wanted.quiz_key) for attempt in attempts})
    groups: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        groups[attempt.enrollment_id].append(attempt)
    found = []
    for enrollment_id, group in groups.items():
        changes, shown, other = [], 0, 0
        for attempt in group:
            points, row = _points(attempt, wanted.question.id), marks.get(attempt.id)
            if points is None or row is None or row.level is not None:
                continue
            shown += 1
            old = question_in(quizzes.get((attempt.version_id, wanted.quiz_key)), wanted.question.id)
            if old is None or not rules.comparable(old, wanted.question):
                other += 1
                continue
            mark = rules.marked(wanted.question, answers.get(attempt.id), points)
            if rules.differs(row.points, mark):
                changes.append(Change(attempt.id, row.points, mark))
        tries = {
            attempt.id: (results[attempt.id], rules.paper_of(attempt.paper)["pass_mark"]) for attempt in group
        }
        counts = rules.paper_of(group[-1].paper)["counts"]
        found.append(rules.effect(enrollment_id, tries, changes, counts, attempts=shown, incomparable=other))
    return found


def _points(attempt: Attempt, key: str) -> float | None:
    """The points of the question in the paper; None when it was not drawn."""
    entries = rules.paper_of(attempt.paper)["questions"]
    return next((entry["points"] for entry in entries if entry["id"] == key), None)


def _marks(session: Session, attempts: Sequence[Attempt], wanted: Corrected) -> dict[int, Grading]:
    newest = (
        select(func.max(Grading.id))
        .where(
            Grading.attempt_id.in_([attempt.id for attempt in attempts]),
            Grading.question_key == wanted.question.id,
        )
        .group_by(Grading.attempt_id)
    )
    return {row.attempt_id: row for row in session.scalars(select(Grading).where(Grading.id.in_(newest)))}


def _answers(session: Session, attempts: Sequence[Attempt], wanted: Corrected) -> dict[int, Any]:
    rows = session.execute(
        select(Response.attempt_id, Response.answer).where(
            Response.attempt_id.in_([attempt.id for attempt in attempts]),
            Response.question_key == wanted.question.id,
        )
    )
    return dict(rows.all())


def open_at(session: Session, wanted: Corrected) -> int:
    """Return how many attempts at the quiz are open: they get the corrected key when they are handed in."""
    query = (
        select(func.count(Attempt.id))
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Enrollment.course_id == wanted.course_id,
            Attempt.quiz_key == wanted.quiz_key,
            Attempt.submitted_at.is_(None),
            Attempt.version_id != wanted.version_id,
        )
    )
    return session.scalar(query) or 0


@dataclass(frozen=True)
class CorrectionRow:
    """A correction with the name of who ordered it."""

    correction: KeyCorrection
    by: str


def corrections_of(session: Session, course_id: int, quiz_key: str, question_key: str) -> list[CorrectionRow]:
    """Return the corrections of a question, newest first."""
    rows = session.execute(
        select(KeyCorrection, User.name)
        .join(User, User.id == KeyCorrection.ordered_by)
        .where(
            KeyCorrection.course_id == course_id,
            KeyCorrection.quiz_key == quiz_key,
            KeyCorrection.question_key == question_key,
        )
        .order_by(KeyCorrection.id.desc())
    )
    return [CorrectionRow(row[0], row[1]) for row in rows]


def corrections_at(session: Session, enrollment_id: int, quiz_key: str) -> list[KeyCorrection]:
    """Return the newest correction of each question of a quiz, as an attempt needs them (one statement)."""
    newest = (
        select(func.max(KeyCorrection.id))
        .join(Enrollment, Enrollment.course_id == KeyCorrection.course_id)
        .where(Enrollment.id == enrollment_id, KeyCorrection.quiz_key == quiz_key)
        .group_by(KeyCorrection.question_key)
    )
    return list(session.scalars(select(KeyCorrection).where(KeyCorrection.id.in_(newest))))


def corrected_in(session: Session, attempt: Attempt, gradings: Mapping[str, Grading]) -> dict[str, Question]:
    """Return the questions of an attempt that count by a later key, with that key; no statement for none."""
    later = {key: row.key_version_id for key, row in gradings.items() if is_recount(row)}
    quizzes = quizzes_at(session, {(version_id, attempt.quiz_key) for version_id in later.values()})
    found = {
        key: question_in(quizzes.get((version_id, attempt.quiz_key)), key)
        for key, version_id in later.items()
    }
    return {key: question for key, question in found.items() if question is not None}


def is_recount(row: Grading) -> bool:
    """Tell whether a mark was counted anew by a corrected key."""
    return row.graded_by is not None and row.level is None
