"""First attempts as lists: who got how many points for what, what was answered, how long it took.

Counted is each person's first attempt at the quiz, handed in and marked. Members of the course know its
keys: theirs never count. Who withdrew later has still answered.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Subquery, Text, cast, func, select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.db import columns
from lms.domain.analysis.queries.answers import keys_of_answer
from lms.domain.analysis.queries.editions import Edition
from lms.domain.analysis.rules import Saved, seconds_of
from lms.domain.catalog.models import CourseMember
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules import has_passed, is_blank

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
    passed: list[bool] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    marks: dict[str, list[float | None]] = field(default_factory=dict)
    answers: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    typed: dict[str, dict[str, tuple[str, float]]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waiting: int = 0
    read: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)  # answers by their JSON


@dataclass(frozen=True, slots=True)
class _Answer:
    raw: str | None
    saved_at: datetime
    once: bool


_NONE: frozenset[str] = frozenset()
_GRADING = columns(Grading)


def first_attempts(course_id: int, quiz_key: str | None = None) -> Subquery:
    """Return each person's first attempt at a quiz, or at each one, where it is handed in."""
    team = select(CourseMember.user_id).where(CourseMember.course_id == course_id)
    ranked = (
        select(
            Attempt.id,
            Attempt.version_id,
            Attempt.quiz_key,
            Attempt.submitted_at,
            Attempt.points,
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
    marks = (
        select(_GRADING.attempt_id, func.count().label("count"), func.max(_GRADING.id).label("last"))
        .where(_GRADING.attempt_id.in_(select(first.c.id)))
        .group_by(_GRADING.attempt_id)
        .subquery()
    )
    attempts = first_attempts(course_id, quiz_key)
    row = session.execute(
        select(
            func.count(), func.sum(attempts.c.id), func.sum(attempts.c.points),
            func.max(attempts.c.submitted_at), func.sum(marks.c.count), func.max(marks.c.last),
        )
        .select_from(attempts)
        .outerjoin(marks, marks.c.attempt_id == attempts.c.id)
    ).one()  # fmt: skip
    return tuple(row)


def read_sheets(session: Session, course_id: int, quiz_key: str, editions: Sequence[Edition]) -> list[Sheet]:
    """Return the sheets of all editions of a quiz in their order (three statements)."""
    ids = select(first_attempts(course_id, quiz_key).c.id)
    marks: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for attempt_id, key, points, fraction in _stream(session, _marks(ids)):
        marks[attempt_id][key] = (points, fraction)
    answers: dict[int, dict[str, _Answer]] = defaultdict(dict)
    for attempt_id, key, raw, saved_at, revision in _stream(session, _answers(ids)):
        answers[attempt_id][key] = _Answer(raw, saved_at, revision == 1)
    sheets = [_empty(edition) for edition in editions]
    by_version = {number: sheet for sheet in sheets for number in sheet.edition.version_ids}
    for row in _stream(session, _attempts(ids, by_version)):
        _add(by_version[row.version_id], row, marks.pop(row.id, {}), answers.pop(row.id, {}))
    return sheets


def _stream(session: Session, query: Select[Any]) -> Any:
    return session.execute(query.execution_options(yield_per=_PART))


def _marks(ids: Select[int]) -> Select[Any]:
    """All marks of the attempts, so that of two for one answer the newer one comes later."""
    row = _GRADING
    return (
        select(row.attempt_id, row.question_key, row.points, row.fraction)
        .where(row.attempt_id.in_(ids))
        .order_by(row.id)
    )


def _answers(ids: Select[int]) -> Select[Any]:
    """All saved answers, as the text of their JSON: equal ones are read once."""
    row = columns(Response)
    raw = cast(row.answer, Text)
    return select(row.attempt_id, row.question_key, raw, row.saved_at, row.revision).where(
        row.attempt_id.in_(ids)
    )


def _attempts(ids: Select[int], versions: Collection[int]) -> Select[Any]:
    row, enrolled = columns(Attempt), columns(Enrollment)
    pass_mark = row.paper["pass_mark"].as_integer().label("pass_mark")
    return (
        select(
            row.id, row.version_id, row.started_at, row.submitted_at, row.max_points, pass_mark,
            enrolled.user_id,
        )
        .join(Enrollment, enrolled.id == row.enrollment_id)
        .where(row.id.in_(ids), row.version_id.in_(versions))
        .order_by(row.id)
    )  # fmt: skip


def _empty(edition: Edition) -> Sheet:
    sheet = Sheet(edition)
    for question, _drawn in edition.asked:
        sheet.marks[question.id], sheet.answers[question.id] = [], []
        sheet.typed[question.id], sheet.read[question.id] = {}, {}
    return sheet


def _add(
    sheet: Sheet, row: Row[Any], marks: dict[str, tuple[float, float]], answers: dict[str, _Answer]
) -> None:
    """Put one attempt into its sheet, unless a mark of it is missing."""
    if len(marks) < sheet.edition.paper_size:
        sheet.waiting += 1
        return
    sheet.people.append(row.user_id)
    points = round(sum(points for points, _fraction in marks.values()), 6)
    sheet.passed.append(has_passed(points, row.max_points, row.pass_mark))
    sheet.minutes.append((row.submitted_at - row.started_at).total_seconds() / 60)
    for question, _drawn in sheet.edition.asked:
        key = question.id
        got, worth = marks.get(key, (None, 0.0))
        sheet.marks[key].append(got)
        sheet.answers[key].append(
            _given(sheet, question, answers[key].raw, worth) if key in answers else _NONE
        )
    saved = {key: Saved(one.saved_at, one.once) for key, one in answers.items()}
    for key, seconds in seconds_of(row.started_at, saved).items():
        sheet.seconds[key].append(seconds)


def _given(sheet: Sheet, question: Question, raw: str | None, worth: float) -> frozenset[str]:
    read = sheet.read[question.id]
    if raw is None:
        return _NONE
    if raw not in read:
        answer = json.loads(raw)
        keys, text = (_NONE, "") if is_blank(answer) else keys_of_answer(question, answer)
        if text:
            sheet.typed[question.id].setdefault(next(iter(keys)), (text, worth))
        read[raw] = keys
    return read[raw]
