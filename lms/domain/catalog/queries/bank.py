"""Search the questions of the courses that a person works on; lists read the index and never parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from lms.content.plain import plain_line
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, IndexedQuestion
from lms.domain.catalog.rules import MAX_WORDS, like_pattern


@dataclass(frozen=True)
class BankFilter:
    """What is searched for; "" asks for nothing. `used` is yes or no, `course` a slug."""

    text: str = ""
    kind: str = ""
    tag: str = ""
    competency: str = ""
    difficulty: str = ""
    used: str = ""
    course: str = ""


@dataclass(frozen=True)
class BankRow:
    """A question of the index, its texts as plain words; `quizzes` are the ids of those that may ask it."""

    id: int
    course_id: int
    slug: str
    course: str
    path: str
    line: int
    key: str
    kind: str
    title: str
    prompt: str
    tags: tuple[str, ...]
    competency: str
    difficulty: str
    points: float
    quizzes: tuple[str, ...]


_COLUMNS = (
    IndexedQuestion.id, IndexedQuestion.course_id, Course.slug, CourseVersion.title, IndexedQuestion.path,
    IndexedQuestion.line, IndexedQuestion.key, IndexedQuestion.kind, IndexedQuestion.title,
    IndexedQuestion.prompt, IndexedQuestion.tags, IndexedQuestion.competency, IndexedQuestion.difficulty,
    IndexedQuestion.points, IndexedQuestion.quizzes,
)  # fmt: skip


def _conditions(user_id: int, wanted: BankFilter) -> list[ColumnElement[bool]]:
    mine = select(CourseMember.course_id).where(CourseMember.user_id == user_id)
    found: list[ColumnElement[bool]] = [IndexedQuestion.course_id.in_(mine)]
    if wanted.course:
        own = select(Course.id).where(Course.slug == wanted.course)
        found.append(IndexedQuestion.course_id.in_(own))
    for word in wanted.text.casefold().split()[:MAX_WORDS]:
        found.append(IndexedQuestion.words.like(like_pattern(word[:60]), escape="\\"))
    if wanted.kind:
        found.append(IndexedQuestion.kind == wanted.kind)
    if wanted.tag:
        found.append(IndexedQuestion.tags.like(like_pattern(f",{wanted.tag},"), escape="\\"))
    if wanted.competency:
        code = like_pattern(wanted.competency).removeprefix("%")
        found.append(IndexedQuestion.competency.like(code, escape="\\"))
    if wanted.difficulty:
        found.append(IndexedQuestion.difficulty == wanted.difficulty)
    if wanted.used:
        found.append(IndexedQuestion.quizzes != "" if wanted.used == "yes" else IndexedQuestion.quizzes == "")
    return found


def find_in_bank(session: Session, user_id: int, wanted: BankFilter) -> list[int]:
    """Return the ids of all questions of the person's courses that match, by course, file and line.

    One statement that reads the index once; the page asked for is then read by `bank_rows`.
    """
    query = (
        select(IndexedQuestion.id)
        .where(*_conditions(user_id, wanted))
        .order_by(IndexedQuestion.course_id, IndexedQuestion.path, IndexedQuestion.line)
    )
    return list(session.scalars(query))


def bank_rows(session: Session, ids: Sequence[int]) -> list[BankRow]:
    """Return those questions in that order (one statement, none without ids)."""
    if not ids:
        return []
    found = {row.id: row for row in map(_row, session.execute(_rows().where(IndexedQuestion.id.in_(ids))))}
    return [found[one] for one in ids if one in found]


def bank_question(session: Session, user_id: int, question_id: int) -> BankRow | None:
    """Return one question of the index; None when it is of no course of the person."""
    query = _rows().where(*_conditions(user_id, BankFilter()), IndexedQuestion.id == question_id)
    row = session.execute(query).one_or_none()
    return _row(row) if row else None


def _rows() -> Select[*tuple[object, ...]]:
    return (
        select(*_COLUMNS)
        .join(Course, Course.id == IndexedQuestion.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
    )


def _row(row: object) -> BankRow:
    values = row._mapping  # type: ignore[attr-defined]
    told = {"title", "prompt", "tags", "quizzes"}
    named = {column.key: values[column] for column in _COLUMNS if column.key not in told}
    title = values[CourseVersion.title] or values[Course.slug]
    return BankRow(
        **named, course=title, title=plain_line(values[IndexedQuestion.title]),
        prompt=plain_line(values[IndexedQuestion.prompt]), tags=_words(values[IndexedQuestion.tags]),
        quizzes=_words(values[IndexedQuestion.quizzes]),
    )  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)
