"""Find attempts, answers and marks; a person reaches only the own ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from lms.cache import Cache
from lms.content.course import Quiz
from lms.content.questions import Verdict
from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import Person
from lms.domain.catalog.queries import quiz_source
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules import Graded, Marked, Result

_quizzes: Cache[tuple[str, str], Quiz] = Cache(64)
"""Quizzes by digest of their version and by key."""


def attempt_for(
    session: Session, user: User | Person, attempt_id: int, *, lock: bool = False
) -> Attempt | None:
    """Return an attempt of the person with its enrolment, course and version; None when it is not theirs.

    One statement. `lock` holds the row until the end of the transaction (PostgreSQL), so that no answer
    comes in while the attempt is closed.
    """
    query = _own_attempt()
    if lock:
        query = holding(query, of=Attempt, key_share=True)
    return session.scalars(query, {"attempt_id": attempt_id, "user_id": user.id}).one_or_none()


@cache
def _own_attempt() -> Select[Attempt]:
    """Built once: each page of an attempt sends it."""
    return (
        select(Attempt)
        .join(Attempt.enrollment)
        .join(Enrollment.course)
        .join(Enrollment.version)
        .options(
            contains_eager(Attempt.enrollment).contains_eager(Enrollment.course),
            contains_eager(Attempt.enrollment).contains_eager(Enrollment.version),
        )
        .where(
            Attempt.id == bindparam("attempt_id"),
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.withdrawn_at.is_(None),
        )
    )


def kept_quiz(session: Session, digest: str, version_id: int, key: str) -> Quiz:
    """Return a quiz of a version by the digest of its text; no statement once it was read."""
    return _quizzes.get((digest, key), lambda: quiz_of(session, version_id, key))


def quiz_of(session: Session, version_id: int, key: str) -> Quiz:
    """Return the quiz of an attempt as read. Raises LookupError when the version has none of that key."""
    quiz = quiz_source(session, version_id, key)
    if quiz is None:
        raise LookupError(f"version {version_id} has no quiz {key}")
    return quiz


def quiz_of_attempt(session: Session, attempt: Attempt) -> Quiz:
    """Return the quiz of an attempt of `attempt_for`; no statement once it was read."""
    version, key = attempt.enrollment.version, attempt.quiz_key
    if version.id != attempt.version_id:
        return quiz_of(session, attempt.version_id, key)
    return kept_quiz(session, version.digest, version.id, key)


def attempts_of(session: Session, enrollment_id: int, quiz_key: str) -> Sequence[Attempt]:
    """Return all attempts of an enrolment at a quiz, the first one first."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.enrollment_id == enrollment_id, Attempt.quiz_key == quiz_key)
        .order_by(Attempt.number)
    ).all()


def open_attempts(session: Session, enrollment_id: int) -> Sequence[Attempt]:
    """Return the attempts of an enrolment that are not closed, those past their deadline too."""
    return session.scalars(
        select(Attempt).where(Attempt.enrollment_id == enrollment_id, Attempt.submitted_at.is_(None))
    ).all()


def attempts_at(session: Session, enrollment_id: int, quiz_keys: Collection[str]) -> Sequence[Attempt]:
    """Return the attempts of an enrolment at any of the quizzes, the first one first."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.enrollment_id == enrollment_id, Attempt.quiz_key.in_(quiz_keys))
        .order_by(Attempt.number)
    ).all()


def responses_of(session: Session, attempt_id: int) -> dict[str, Response]:
    """Return the saved answers of an attempt by question id."""
    return {row.question_key: row for row in session.scalars(_responses(), {"attempt_id": attempt_id})}


@cache
def _responses() -> Select[Response]:
    query = select(Response).where(Response.attempt_id == bindparam("attempt_id"))
    return query.execution_options(populate_existing=True)


def answers_of(session: Session, attempt_id: int) -> dict[str, Any]:
    """Return {question id: stored answer} of an attempt."""
    rows = session.execute(
        select(Response.question_key, Response.answer).where(Response.attempt_id == attempt_id)
    )
    return {row.question_key: row.answer for row in rows}


def gradings_of(session: Session, attempt_ids: Collection[int]) -> dict[int, dict[str, Grading]]:
    """Return the newest mark of each question by attempt and question id (one statement)."""
    found: dict[int, dict[str, Grading]] = defaultdict(dict)
    for row in session.scalars(select(Grading).where(Grading.id.in_(_newest(attempt_ids)))):
        found[row.attempt_id][row.question_key] = row
    return found


def history_of(session: Session, attempt_id: int, question_key: str) -> Sequence[Grading]:
    """Return all marks of one answer, the newest first."""
    return session.scalars(
        select(Grading)
        .where(Grading.attempt_id == attempt_id, Grading.question_key == question_key)
        .order_by(Grading.id.desc())
    ).all()


def results_of(session: Session, attempts: Iterable[Attempt]) -> list[Result]:
    """Return the closed ones of the attempts with the score of their newest marks (one statement)."""
    closed = [attempt for attempt in attempts if attempt.submitted_at is not None]
    scores = _scores(session, [attempt.id for attempt in closed])
    return [result_of(attempt, scores.get(attempt.id)) for attempt in closed]


@dataclass(frozen=True)
class Score:
    """What the newest marks of an attempt add up to, how many there are, and what they could give at most."""

    points: float
    count: int
    most: float


@dataclass(frozen=True)
class ClosedAttempt:
    """What the result of a closed attempt follows from, as plain columns."""

    id: int
    enrollment_id: int
    quiz_key: str
    number: int
    started_at: datetime
    submitted_at: datetime | None
    closed_by: str | None
    paper: dict[str, Any]
    points: float | None
    max_points: float
    for_person: int
    receipt: str | None


def result_of(attempt: Attempt | ClosedAttempt, score: Score | None) -> Result:
    """A closed attempt as lists show it; `score` is None for one without any mark."""
    score = score or Score(attempt.points or 0.0, 0, 0.0)
    points, paper = score.points, rules.paper_of(attempt.paper)
    waiting = len(paper["questions"]) - score.count if attempt.for_person else 0
    missing = attempt.max_points - score.most if waiting else 0.0
    return Result(
        attempt_id=attempt.id,
        number=attempt.number,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at or attempt.started_at,
        closed_by=attempt.closed_by or "learner",
        points=points,
        max_points=attempt.max_points,
        passed=rules.has_passed(points, attempt.max_points, paper["pass_mark"]),
        waiting=waiting,
        undecided=rules.is_undecided(points, missing, attempt.max_points, paper["pass_mark"]),
        receipt=attempt.receipt,
    )


def result_as_of_deadline(session: Session, attempt: Attempt, deadline_at: datetime) -> tuple[Result, Graded]:
    """Return what an attempt that is past its deadline and not closed yet will get; nothing is written."""
    quiz = quiz_of(session, attempt.version_id, attempt.quiz_key)
    stored = responses_of(session, attempt.id)
    graded = rules.grade(
        quiz, rules.paper_of(attempt.paper), {key: row.answer for key, row in stored.items()}
    )
    saved = [(key, row.answer, row.saved_at) for key, row in stored.items()]
    result = Result(
        attempt_id=attempt.id,
        number=attempt.number,
        started_at=attempt.started_at,
        submitted_at=deadline_at,
        closed_by="deadline",
        points=graded.points,
        max_points=graded.max_points,
        passed=graded.passed,
        waiting=graded.waiting,
        undecided=graded.undecided,
        receipt=rules.receipt(attempt.id, attempt.quiz_key, deadline_at, saved),
    )
    return result, graded


def closed_results(session: Session, attempts: Sequence[Attempt], now: datetime) -> list[Result]:
    """Return the results of attempts as they stand now, overdue ones included; for pages that only show."""
    overdue = [
        result_as_of_deadline(session, attempt, attempt.deadline_at)[0]
        for attempt in attempts
        if rules.is_overdue(attempt, now) and attempt.deadline_at is not None
    ]
    return sorted([*results_of(session, attempts), *overdue], key=lambda result: result.number)


def marks_from(gradings: Mapping[str, Grading]) -> dict[str, Marked]:
    """Return the stored marks of an attempt as the rules know them, by question id."""
    return {
        key: Marked(key, row.fraction, row.points, row.max_points, cast(Verdict, row.verdict))
        for key, row in gradings.items()
    }


def _scores(session: Session, attempt_ids: Collection[int]) -> dict[int, Score]:
    """Return the sums of the newest marks of each attempt that has any."""
    if not attempt_ids:
        return {}
    rows = session.execute(sums_of(_newest(attempt_ids)))
    return {
        attempt_id: Score(round(float(points), 6), count, float(most))
        for attempt_id, points, count, most in rows
    }


def score_of(points: float | None, count: int | None, most: float | None) -> Score | None:
    if points is None:
        return None
    return Score(round(float(points), 6), count or 0, float(most or 0.0))


def sums_of(newest: Select[int]) -> Select[int, float, int, float]:
    """The sums of the marks that count by attempt."""
    return (
        select(
            Grading.attempt_id,
            func.sum(Grading.points).label("points"),
            func.count(Grading.id).label("count"),
            func.sum(Grading.max_points).label("most"),
        )
        .where(Grading.id.in_(newest))
        .group_by(Grading.attempt_id)
    )


def _newest(attempt_ids: Collection[int]) -> Select[int]:
    """The ids of the marks that count: of each question the one appended last."""
    return (
        select(func.max(Grading.id))
        .where(Grading.attempt_id.in_(attempt_ids))
        .group_by(Grading.attempt_id, Grading.question_key)
    )
