"""Essays: the queue of a trainer, marks given, and what a learner is told of the own ones.

A trainer marks in the courses they own or write, never the own essays; who lost the role of a trainer marks
nothing. An answer waits when its attempt is handed in and no mark was appended to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session, contains_eager

from lms.domain.accounts.models import User
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import CourseMember, CourseVersion, Piece
from lms.domain.catalog.queries import quizzes_at, writes
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules import is_blank, paper_of

Query = Select[*tuple[Any, ...]]
Place = tuple[datetime, int, str]
"""Where an essay stands in the queue: when it was handed in, its attempt, its question."""
NAME_SHOWN = "essay.name_shown"
FOR_PERSON = Attempt.for_person > literal_column("0")  # as the partial index says it
UNMARKED = ~exists().where(
    Grading.attempt_id == Response.attempt_id, Grading.question_key == Response.question_key
)


@dataclass(frozen=True)
class QueueRow:
    """An essay of the queue, or one that was marked (`marked_at`, by `marked_by`)."""

    attempt_id: int
    question_key: str
    course: str
    quiz: str
    question: str
    submitted_at: datetime
    marked_at: datetime | None = None
    points: float = 0.0
    max_points: float = 0.0
    marked_by: str = ""


@dataclass(frozen=True)
class Essay:
    """An essay as its marker needs it."""

    attempt: Attempt
    response: Response
    enrollment: Enrollment
    version: CourseVersion

    @property
    def place(self) -> Place:
        """Its place in the queue."""
        submitted_at = self.attempt.submitted_at or self.attempt.started_at
        return submitted_at, self.attempt.id, self.response.question_key


def _theirs(user_id: int) -> tuple[ColumnElement[bool], ...]:
    """Attempts that the person may mark."""
    return (
        writes(user_id),
        Enrollment.user_id != user_id,
        Enrollment.withdrawn_at.is_(None),
        Attempt.submitted_at.is_not(None),
        FOR_PERSON,
    )


def _joined(query: Query) -> Query:
    return (
        query.select_from(Response)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(CourseMember, CourseMember.course_id == Enrollment.course_id)
    )


def count_waiting(session: Session, user_id: int) -> int:
    """Return how many essays wait for the person."""
    query = _joined(select(func.count())).where(*_theirs(user_id), UNMARKED)
    return int(session.scalar(query) or 0)


def waiting(session: Session, user_id: int, *, offset: int = 0, limit: int = 25) -> list[QueueRow]:
    """Return essays that wait for the person, the oldest first (two statements)."""
    query = _listed(_joined(_columns())).where(*_theirs(user_id), UNMARKED)
    order = (Attempt.submitted_at, Attempt.id, Response.question_key)
    rows = session.execute(query.order_by(*order).offset(offset).limit(limit)).all()
    return _with_titles(session, rows)


def count_marked(session: Session, user_id: int) -> int:
    """Return how many essays of the person's courses are marked."""
    return int(session.scalar(_joined(select(func.count())).where(*_theirs(user_id), _BY_PERSON)) or 0)


def marked(session: Session, user_id: int, *, offset: int = 0, limit: int = 25) -> list[QueueRow]:
    """Return essays of the person's courses with the mark that counts, the latest mark first."""
    columns = (Grading.graded_at, Grading.points, Grading.max_points, User.name)
    query = (
        _listed(_joined(_columns().add_columns(*columns)))
        .join(Grading, Grading.id == _NEWEST)
        .join(User, User.id == Grading.graded_by)
        .where(*_theirs(user_id))
    )
    rows = session.execute(query.order_by(Grading.id.desc()).offset(offset).limit(limit)).all()
    return _with_titles(session, rows)


_NEWEST = (
    select(func.max(Grading.id))
    .where(
        Grading.attempt_id == Response.attempt_id,
        Grading.question_key == Response.question_key,
        Grading.level.is_not(None),
    )
    .correlate(Response)
    .scalar_subquery()
)
_BY_PERSON = exists().where(
    Grading.attempt_id == Response.attempt_id,
    Grading.question_key == Response.question_key,
    Grading.level.is_not(None),
)


def _columns() -> Query:
    return select(
        Response.attempt_id, Response.question_key, CourseVersion.title, Piece.title, Attempt.submitted_at,
        Attempt.version_id, Attempt.quiz_key,
    )  # fmt: skip


def _listed(query: Query) -> Query:
    return query.join(CourseVersion, CourseVersion.id == Attempt.version_id).join(
        Piece, (Piece.version_id == Attempt.version_id) & (Piece.key == Attempt.quiz_key)
    )


def _with_titles(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[QueueRow]:
    quizzes = quizzes_at(session, {(row[5], row[6]) for row in rows})
    found = []
    for row in rows:
        questions = {question.id: question.title for question in quizzes[row[5], row[6]].questions()}
        found.append(QueueRow(row[0], row[1], row[2], row[3], questions[row[1]], row[4], *row[7:]))
    return found


def essay_for(session: Session, user_id: int, attempt_id: int, key: str) -> Essay | None:
    """Return an essay that the person may mark, waiting or marked; None for every other answer."""
    query = (
        _joined(select(Attempt, Response))
        .join(Enrollment.course)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .options(
            contains_eager(Attempt.enrollment).contains_eager(Enrollment.course),
            contains_eager(Attempt.enrollment).joinedload(Enrollment.user).joinedload(User.unit),
        )
        .add_columns(CourseVersion)
        .where(*_theirs(user_id), Attempt.id == attempt_id, Response.question_key == key)
    )
    row = session.execute(query).one_or_none()
    if row is None or is_blank(row[1].answer) or not isinstance(row[1].answer, str):
        return None
    return Essay(row[0], row[1], row[0].enrollment, row[2])


def next_waiting(session: Session, user_id: int, after: Place) -> tuple[int, str] | None:
    """Return attempt and question of the essay that waits next behind a place, else of the first one."""
    at, attempt_id, key = after
    behind = or_(
        Attempt.submitted_at > at,
        (Attempt.submitted_at == at) & (Attempt.id > attempt_id),
        (Attempt.id == attempt_id) & (Response.question_key > key),
    )
    other = or_(Attempt.id != attempt_id, Response.question_key != key)
    query = (
        _joined(select(Attempt.id, Response.question_key))
        .where(*_theirs(user_id), UNMARKED, other)
        .order_by(behind.desc(), Attempt.submitted_at, Attempt.id, Response.question_key)
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def name_is_shown(session: Session, user_id: int, attempt_id: int) -> bool:
    """Tell whether the person asked for the name behind an attempt; the activity log holds that."""
    found = session.scalar(
        select(AuditEntry.id)
        .where(
            AuditEntry.subject_kind == "attempt",
            AuditEntry.subject_id == str(attempt_id),
            AuditEntry.verb == NAME_SHOWN,
            AuditEntry.actor_id == user_id,
        )
        .limit(1)
    )
    return found is not None


@dataclass(frozen=True)
class OwnEssay:
    """An attempt of a learner with essays: how many still wait, and when a person marked last."""

    attempt_id: int
    enrollment_id: int
    quiz_key: str
    course: str
    quiz: str
    submitted_at: datetime
    waiting: int
    marked_at: datetime | None


def own_essays(session: Session, user_id: int, *, since: datetime) -> list[OwnEssay]:
    """Return the person's attempts whose essays wait or were marked since then, the latest first (one
    statement).
    """
    essays = []
    for attempt, course, quiz, count, marked_at in session.execute(_own_essays(), {"user_id": user_id}):
        left = len(paper_of(attempt.paper)["questions"]) - (count or 0)
        if left or (marked_at is not None and marked_at >= since):
            essays.append(
                OwnEssay(
                    attempt.id, attempt.enrollment_id, attempt.quiz_key, course, quiz, attempt.submitted_at,
                    left, marked_at,
                )
            )  # fmt: skip
    return essays


@cache
def _own_essays() -> Select[Any]:
    """Attempts of a person with essays, and their marks; built once, since home sends it."""
    marks = (
        select(
            Grading.attempt_id,
            func.count(Grading.question_key.distinct()).label("count"),
            func.max(Grading.graded_at).filter(Grading.level.is_not(None)).label("marked_at"),
        )
        .join(Attempt, Attempt.id == Grading.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Enrollment.user_id == bindparam("user_id"), FOR_PERSON)
        .group_by(Grading.attempt_id)
        .subquery()
    )
    return (
        select(
            Attempt,
            CourseVersion.title,
            Piece.title,
            marks.c.count,
            marks.c.marked_at,
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .join(Piece, (Piece.version_id == Attempt.version_id) & (Piece.key == Attempt.quiz_key))
        .outerjoin(marks, marks.c.attempt_id == Attempt.id)
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.withdrawn_at.is_(None),
            Attempt.submitted_at.is_not(None),
            FOR_PERSON,
        )
        .order_by(Attempt.submitted_at.desc(), Attempt.id)
    )
