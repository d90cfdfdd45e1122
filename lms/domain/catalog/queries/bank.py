"""Search the questions that a person works on or may draw from; lists read the index and never parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, not_, or_, select
from sqlalchemy.orm import Session

from lms.content.paths import SHARED
from lms.content.plain import plain_line
from lms.domain.catalog.models import (
    Course,
    CourseMember,
    CourseVersion,
    IndexedQuestion,
    SharedBank,
)
from lms.domain.catalog.queries.bank_scope import Place, Scope
from lms.domain.catalog.rules import MAX_WORDS, like_pattern


@dataclass(frozen=True)
class BankFilter:
    """What is searched for; "" asks for nothing.

    `used` and `weak` are yes or no, `state` draft, published or archived; `course` is where it stands: the
    slug of a course, or bersama/name of a shared bank. `weak_ids` and `used_banks` say which rows are weak,
    and which banks a published course draws from;
    `text_ids` the rows that have the words, where they are few.
    """

    text: str = ""
    kind: str = ""
    tag: str = ""
    competency: str = ""
    difficulty: str = ""
    used: str = ""
    course: str = ""
    state: str = ""
    weak: str = ""
    weak_ids: frozenset[int] = frozenset()
    used_banks: frozenset[int] = frozenset()
    text_ids: frozenset[int] | None = None


@dataclass(frozen=True)
class BankRow:
    """A question of the index, its texts as plain words; `quizzes` are the ids of those that may ask it.

    One of a shared bank has `bank_id` and no course; `slug` is then bersama/name.
    """

    id: int
    course_id: int | None
    bank_id: int | None
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
    state: str


_FEW = 2_000
_PLAIN = ("id", "course_id", "bank_id", "path", "line", "key", "kind", "competency", "difficulty", "points")


def sides(scope: Scope, wanted: BankFilter, *, places: bool) -> list[list[ColumnElement[bool]]]:
    """The conditions of the rows of courses, and of those of banks: each side is read by its own index.

    `places` leaves out those that the filter leaves out by where they stand, and by their archive.
    """

    def fits(place: Place) -> bool:
        return not places or (
            wanted.course in {"", place.slug}
            and (not wanted.state or (wanted.state == "archived") == place.archived)
        )

    courses = [one for one, place in scope.courses.items() if fits(place)]
    banks = [one for one, place in scope.banks.items() if fits(place)]
    closed = [one for one in banks if not scope.banks[one].live_only]
    found: list[list[ColumnElement[bool]]] = []
    if courses:
        found.append([IndexedQuestion.course_id.in_(courses)])
    if banks:
        whole = or_(IndexedQuestion.live, IndexedQuestion.bank_id.in_(closed))
        found.append([IndexedQuestion.bank_id.in_(banks), whole])
    return found


def is_used(wanted: BankFilter) -> ColumnElement[bool]:
    """Whether a quiz, or a published course, may ask a question."""
    if not wanted.used_banks:
        return IndexedQuestion.quizzes != ""
    return or_(IndexedQuestion.quizzes != "", IndexedQuestion.bank_id.in_(wanted.used_banks))


def is_weak(wanted: BankFilter) -> ColumnElement[bool]:
    """Whether the analysis flags a question."""
    return IndexedQuestion.id.in_(wanted.weak_ids) if wanted.weak_ids else IndexedQuestion.id < 0


def said(wanted: BankFilter) -> list[ColumnElement[bool]]:
    """The conditions of the words that are searched for."""
    if wanted.text_ids is not None:
        return [IndexedQuestion.id.in_(wanted.text_ids)]
    return [
        IndexedQuestion.words.like(like_pattern(word[:60]), escape="\\")
        for word in wanted.text.casefold().split()[:MAX_WORDS]
    ]


def tagged(wanted: BankFilter) -> list[ColumnElement[bool]]:
    """The condition of the tag."""
    pattern = like_pattern(f",{wanted.tag},")
    return [IndexedQuestion.tags.like(pattern, escape="\\")] if wanted.tag else []


def marked(wanted: BankFilter) -> list[ColumnElement[bool]]:
    """The conditions that the columns of a row answer, without its words, tags and place."""
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(IndexedQuestion.kind == wanted.kind)
    if wanted.competency:
        start = like_pattern(f"{wanted.competency}:").removeprefix("%")
        same = IndexedQuestion.competency == wanted.competency
        found.append(or_(same, IndexedQuestion.competency.like(start, escape="\\")))
    if wanted.difficulty:
        found.append(IndexedQuestion.difficulty == wanted.difficulty)
    if wanted.used:
        found.append(is_used(wanted) if wanted.used == "yes" else not_(is_used(wanted)))
    if wanted.state in {"draft", "published"}:
        found.append(IndexedQuestion.live.is_(wanted.state == "published"))
    if wanted.weak:
        found.append(is_weak(wanted) if wanted.weak == "yes" else not_(is_weak(wanted)))
    return found


def read_words(session: Session, scope: Scope, wanted: BankFilter) -> BankFilter:
    """Return the filter with the rows that have its words, where they are few: texts are read once."""
    found: list[int] = []
    for side in sides(scope, wanted, places=False) if wanted.text else []:
        query = select(IndexedQuestion.id).where(*side, *said(wanted)).limit(_FEW + 1)
        found += session.scalars(query)
    few = bool(wanted.text) and len(found) <= _FEW
    return replace(wanted, text_ids=frozenset(found)) if few else wanted


def find_in_bank(
    session: Session, scope: Scope, wanted: BankFilter, *, limit: int | None = None, offset: int = 0
) -> list[int]:
    """Return the ids of the questions that match, by place and line: courses, then shared banks.

    All, or a page; at most three statements.
    """
    found: list[int] = []
    conditions = [*said(wanted), *tagged(wanted), *marked(wanted)]
    for side in sides(scope, wanted, places=True):
        place = IndexedQuestion.course_id if len(side) == 1 else IndexedQuestion.bank_id
        query = (
            select(IndexedQuestion.id)
            .where(*side, *conditions)
            .order_by(place, IndexedQuestion.path, IndexedQuestion.line)
        )
        left = None if limit is None else limit - len(found)
        if left == 0:
            break
        ids = session.scalars(query.limit(left).offset(offset)).all()
        if offset and not ids:
            count = select(func.count()).select_from(IndexedQuestion).where(*side, *conditions)
            offset = max(0, offset - (session.scalar(count) or 0))
        else:
            offset = 0
        found += ids
    return found


def bank_rows(session: Session, ids: Sequence[int]) -> list[BankRow]:
    """Return those questions in that order (one statement, none without ids)."""
    if not ids:
        return []
    found = {row.id: row for row in map(_row, session.execute(_rows().where(IndexedQuestion.id.in_(ids))))}
    return [found[one] for one in ids if one in found]


def bank_question(session: Session, user_id: int, question_id: int) -> BankRow | None:
    """Return one question of the person's courses; None when it is of none of them."""
    mine = select(CourseMember.course_id).where(CourseMember.user_id == user_id)
    query = _rows().where(IndexedQuestion.course_id.in_(mine), IndexedQuestion.id == question_id)
    row = session.execute(query).one_or_none()
    return _row(row) if row else None


def _rows() -> Select[Any]:
    columns = [getattr(IndexedQuestion, name) for name in _PLAIN]
    told = IndexedQuestion.title, IndexedQuestion.prompt, IndexedQuestion.tags, IndexedQuestion.quizzes
    away = func.coalesce(Course.archived_at, SharedBank.archived_at).is_not(None)
    return (
        select(
            *columns, *told, IndexedQuestion.live, away.label("away"), Course.slug.label("of_course"),
            SharedBank.slug.label("of_bank"),
            func.coalesce(CourseVersion.title, SharedBank.title, Course.slug).label("place"),
        )
        .select_from(IndexedQuestion)
        .outerjoin(Course, Course.id == IndexedQuestion.course_id)
        .outerjoin(SharedBank, SharedBank.id == IndexedQuestion.bank_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
    )  # fmt: skip


def _row(row: Any) -> BankRow:
    return BankRow(
        **{name: getattr(row, name) for name in _PLAIN}, course=row.place,
        slug=row.of_course or f"{SHARED}{row.of_bank}",
        state="archived" if row.away else "published" if row.live else "draft",
        title=plain_line(row.title), prompt=plain_line(row.prompt), tags=words_of(row.tags),
        quizzes=words_of(row.quizzes),
    )  # fmt: skip


def words_of(text: str) -> tuple[str, ...]:
    """The words of a column between commas."""
    return tuple(word for word in text.split(",") if word)
