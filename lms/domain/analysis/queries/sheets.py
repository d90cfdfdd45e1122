"""First attempts as lists: who got how many points for what, what was answered, how long it took.

Counted is each person's first attempt at the quiz, handed in and marked. Members of the course know its
keys: theirs never count. Who withdrew later has still answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Subquery, func, select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.domain.analysis.queries.answers import keys_of_answer
from lms.domain.analysis.queries.editions import Edition
from lms.domain.analysis.rules import Saved, seconds_of
from lms.domain.catalog.models import CourseMember
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules import has_passed, is_blank, keys_of, paper_of

Stamp = tuple[object, ...]
_PART = 2000
"""Rows that are held at once."""


@dataclass
class Sheet:
    """The first attempts at one edition, one place in each list a person.

    `marks` by question id, None for who was not asked; `answers` hold the keys of what was given (empty:
    nothing); `seconds` those that could be measured. `waiting` attempts are not in it: essays of theirs
    are not marked yet.
    """

    edition: Edition
    people: list[int] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    passed: list[bool] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    marks: dict[str, list[float | None]] = field(default_factory=dict)
    answers: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    typed: dict[str, dict[str, tuple[str, float]]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waiting: int = 0


def first_attempts(course_id: int, quiz_key: str | None = None) -> Subquery:
    """Return each person's first attempt at a quiz, or at each one, where it is handed in."""
    team = select(CourseMember.user_id).where(CourseMember.course_id == course_id)
    ranked = (
        select(
            Attempt.id,
            Attempt.version_id,
            Attempt.quiz_key,
            Attempt.submitted_at,
            Enrollment.user_id,
            func.row_number()
            .over(
                partition_by=(Enrollment.user_id, Attempt.quiz_key),
                order_by=(Attempt.started_at, Attempt.id),
            )
            .label("place"),
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Enrollment.course_id == course_id, Enrollment.user_id.not_in(team))
    )
    if quiz_key is not None:
        ranked = ranked.where(Attempt.quiz_key == quiz_key)
    rows = ranked.subquery()
    return select(rows).where(rows.c.place == 1, rows.c.submitted_at.is_not(None)).subquery()


def count_first(session: Session, course_id: int) -> dict[str, int]:
    """Return how many people have a first attempt at each quiz of a course, over all its versions."""
    first = first_attempts(course_id)
    rows = session.execute(select(first.c.quiz_key, func.count()).group_by(first.c.quiz_key))
    return dict(rows.all())


def stamp_of(session: Session, course_id: int, quiz_key: str) -> Stamp:
    """Return what changes with every attempt and every mark that counts here (one statement)."""
    first = first_attempts(course_id, quiz_key)
    row = session.execute(
        select(
            func.count(first.c.id.distinct()),
            func.sum(first.c.id),
            func.count(Grading.id),
            func.max(Grading.id),
            func.sum(Grading.fraction * Grading.id),
        )
        .select_from(first)
        .outerjoin(Grading, Grading.attempt_id == first.c.id)
    ).one()
    return tuple(row)


def read_sheets(session: Session, course_id: int, quiz_key: str, editions: Sequence[Edition]) -> list[Sheet]:
    """Return the sheets of all editions of a quiz in their order (three statements)."""
    first = first_attempts(course_id, quiz_key)
    ids = select(first.c.id)
    marks: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for attempt_id, key, points, fraction in _stream(session, _marks(ids)):
        marks[attempt_id][key] = (points, fraction)
    answers: dict[int, dict[str, tuple[Any, datetime, int]]] = defaultdict(dict)
    for attempt_id, key, answer, saved_at, revision in _stream(session, _answers(ids)):
        answers[attempt_id][key] = (answer, saved_at, revision)
    sheets = [_empty(edition) for edition in editions]
    by_version = {number: sheet for sheet in sheets for number in sheet.edition.version_ids}
    for row in _stream(session, _attempts(ids, by_version)):
        _add(by_version[row.version_id], row, marks.pop(row.id, {}), answers.pop(row.id, {}))
    return sheets


def _stream(session: Session, query: Select[Any]) -> Any:
    return session.execute(query.execution_options(yield_per=_PART))


def _marks(ids: Select[int]) -> Select[Any]:
    """All marks of the attempts, so that of two for one answer the newer one comes later."""
    columns: tuple[Any, ...] = (
        Grading.attempt_id, Grading.question_key, Grading.points, Grading.fraction
    )  # fmt: skip
    return select(*columns).where(Grading.attempt_id.in_(ids)).order_by(Grading.id)


def _answers(ids: Select[int]) -> Select[Any]:
    columns = (Response.attempt_id, Response.question_key, Response.answer, Response.saved_at)
    return select(*columns, Response.revision).where(Response.attempt_id.in_(ids))


def _attempts(ids: Select[int], versions: Collection[int]) -> Select[Any]:
    return (
        select(
            Attempt.id, Attempt.version_id, Attempt.started_at, Attempt.submitted_at, Attempt.paper,
            Enrollment.user_id,
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Attempt.id.in_(ids), Attempt.version_id.in_(versions))
        .order_by(Attempt.id)
    )  # fmt: skip


def _empty(edition: Edition) -> Sheet:
    sheet = Sheet(edition)
    for question, _drawn in edition.asked:
        sheet.marks[question.id], sheet.answers[question.id] = [], []
        sheet.typed[question.id] = {}
    return sheet


def _add(
    sheet: Sheet, row: Row[Any], marks: dict[str, tuple[float, float]],
    answers: dict[str, tuple[Any, datetime, int]],
) -> None:  # fmt: skip
    """Put one attempt into its sheet, unless a mark of it is missing."""
    paper = paper_of(row.paper)
    keys = keys_of(paper)
    if any(key not in marks for key in keys):
        sheet.waiting += 1
        return
    sheet.people.append(row.user_id)
    sheet.versions.append(row.version_id)
    points = round(sum(marks[key][0] for key in keys), 6)
    sheet.passed.append(has_passed(points, paper["max_points"], paper["pass_mark"]))
    sheet.minutes.append((row.submitted_at - row.started_at).total_seconds() / 60)
    asked = set(keys)
    for question, _drawn in sheet.edition.asked:
        key = question.id
        sheet.marks[key].append(marks[key][0] if key in asked else None)
        answer = answers[key][0] if key in answers else None
        sheet.answers[key].append(_given(sheet, question, answer, marks[key][1] if key in asked else 0.0))
    saved = {key: Saved(at, revision == 1) for key, (_answer, at, revision) in answers.items()}
    for key, seconds in seconds_of(keys, row.started_at, saved).items():
        sheet.seconds[key].append(seconds)


def _given(sheet: Sheet, question: Question, answer: Any, worth: float) -> frozenset[str]:
    if is_blank(answer):
        return frozenset()
    keys, text = keys_of_answer(question, answer)
    if text:
        (key,) = keys
        sheet.typed[question.id].setdefault(key, (text, worth))
    return keys
