"""First attempts as lists: who got how many points for what, what was answered, how long it took.

Counted is each person's first attempt at the quiz, handed in and marked. Members of the course know its
keys: theirs never count. Who withdrew later has still answered.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Text, case, cast, exists, func, select, true
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.db import columns
from lms.domain.analysis.queries.answers import keys_of_answer
from lms.domain.analysis.queries.editions import Edition
from lms.domain.analysis.rules import seconds_of
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


def count_first_of(session: Session, course_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Return `count_first` of several courses, by course: one statement."""
    of_team = exists().where(
        CourseMember.course_id == Enrollment.course_id, CourseMember.user_id == Enrollment.user_id
    )
    place = func.row_number().over(
        partition_by=(Enrollment.course_id, Enrollment.user_id, Attempt.quiz_key),
        order_by=(Attempt.started_at, Attempt.id),
    )
    ranked = (
        select(Enrollment.course_id, Attempt.quiz_key, Attempt.submitted_at, place.label("place"))
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Enrollment.course_id.in_(course_ids), ~of_team)
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.course_id, ranked.c.quiz_key, func.count())
        .where(ranked.c.place == 1, ranked.c.submitted_at.is_not(None))
        .group_by(ranked.c.course_id, ranked.c.quiz_key)
    )
    found: dict[int, dict[str, int]] = {}
    for course_id, quiz_key, count in rows:
        found.setdefault(course_id, {})[quiz_key] = count
    return found


def stamp_of(session: Session, course_id: int, quiz_key: str) -> Stamp:
    """Return what changes with every attempt and every mark that counts here (one statement)."""
    first = first_attempts(course_id, quiz_key)
    attempts = select(
        func.count(), func.sum(first.c.id), func.sum(first.c.points), func.max(first.c.submitted_at)
    ).subquery()
    ids = select(first_attempts(course_id, quiz_key).c.id)
    marks = (
        select(func.count().label("marks"), func.max(_GRADING.id).label("newest"))
        .where(_GRADING.attempt_id.in_(ids))
        .subquery()
    )
    return tuple(session.execute(select(attempts, marks).join(marks, true())).one())


def read_sheets(session: Session, course_id: int, quiz_key: str, editions: Sequence[Edition]) -> list[Sheet]:
    """Return the sheets of all editions of a quiz in their order (three statements).

    The database joins the marks of an attempt, and its answers, to one text each: a row for a person in
    place of one for every question, which takes longer to fetch than to analyse.
    """
    ids = select(first_attempts(course_id, quiz_key).c.id)
    marks = dict(_stream(session, _marks(ids)).all())
    answers = dict(_stream(session, _answers(ids)).all())
    sheets = [_empty(edition) for edition in editions]
    by_version = {number: sheet for sheet in sheets for number in sheet.edition.version_ids}
    for row in _stream(session, _attempts(ids, by_version)):
        _add(by_version[row.version_id], row, marks.pop(row.id, ""), answers.pop(row.id, ""))
    return sheets


def _stream(session: Session, query: Select[Any]) -> Any:
    return session.execute(query.execution_options(yield_per=_PART))


def _joined(*fields: ColumnElement[Any]) -> ColumnElement[str]:
    """Rows as lines, fields between tabs. Neither stands in an id, a number, an instant or our JSON."""
    line: ColumnElement[str] = cast(fields[0], Text)
    for one in fields[1:]:
        line = line + "\t" + cast(one, Text)
    return func.aggregate_strings(line, "\n")


def _marks(ids: Select[int]) -> Select[Any]:
    """The marks of each attempt: question, points, number of the row.

    SQLite writes a float as text slowly; most marks are none or one point.
    """
    row = _GRADING
    points = case((row.points == 0, "0"), (row.points == 1, "1"), else_=cast(row.points, Text))
    return (
        select(row.attempt_id, _joined(row.question_key, points, row.id))
        .where(row.attempt_id.in_(ids))
        .group_by(row.attempt_id)
    )


def _answers(ids: Select[int]) -> Select[Any]:
    """The saved answers of each attempt: question, instant, revision, JSON ("" for none)."""
    row = columns(Response)
    raw = func.coalesce(cast(row.answer, Text), "")
    return (
        select(row.attempt_id, _joined(row.question_key, row.saved_at, row.revision, raw))
        .where(row.attempt_id.in_(ids))
        .group_by(row.attempt_id)
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


def _add(sheet: Sheet, row: Any, marked: str, saved: str) -> None:
    """Put one attempt into its sheet, unless a mark of it is missing."""
    marks = _newest([line.split("\t") for line in marked.split("\n")] if marked else [])
    if len(marks) < sheet.edition.paper_size:
        sheet.waiting += 1
        return
    lines = [line.split("\t") for line in saved.split("\n")] if saved else []
    sheet.people.append(row.user_id)
    points = round(sum(float(mark[1]) for mark in marks.values()), 6)
    sheet.passed.append(has_passed(points, row.max_points, row.pass_mark))
    sheet.minutes.append((row.submitted_at - row.started_at).total_seconds() / 60)
    given = {line[0]: line[3] for line in lines}
    for question, _drawn in sheet.edition.asked:
        key = question.id
        mark, raw = marks.get(key), given.get(key)
        got = float(mark[1]) if mark else None
        sheet.marks[key].append(got)
        keys = sheet.read[key].get(raw) if raw else _NONE
        if keys is None:
            keys = _given(sheet, question, raw or "", (got or 0.0) / question.points)
        sheet.answers[key].append(keys)
    if all(line[2] == "1" for line in lines):
        _time(sheet, row.started_at, {line[0]: line[1] for line in lines})


def _time(sheet: Sheet, began: datetime, saved: Mapping[str, str]) -> None:
    """Note how long the answers of an attempt took in which none was changed."""
    at = {key: datetime.fromisoformat(text) for key, text in saved.items()}
    for key, seconds in seconds_of(began.replace(tzinfo=None), at).items():
        sheet.seconds[key].append(seconds)


def _newest(lines: Sequence[list[str]]) -> dict[str, list[str]]:
    """The mark of each question; of several the one that was appended last."""
    found = {line[0]: line for line in lines}
    if len(found) < len(lines):
        found = {line[0]: line for line in sorted(lines, key=lambda line: int(line[2]))}
    return found


def _given(sheet: Sheet, question: Question, raw: str, worth: float) -> frozenset[str]:
    answer = json.loads(raw)
    keys, text = (_NONE, "") if is_blank(answer) else keys_of_answer(question, answer)
    if text:
        sheet.typed[question.id].setdefault(next(iter(keys)), (text, worth))
    sheet.read[question.id][raw] = keys
    return keys
