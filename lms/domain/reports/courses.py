"""How courses do: learners, completions, passes; read over enrolments and attempts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, Subquery, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.catalog.models import Piece
from lms.domain.catalog.rules import like_pattern
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import EnrollmentState
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules.grades import EPSILON
from lms.domain.reports.marking import UNMARKED

_PRESENT = Enrollment.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Health:
    """Figures of one course. Withdrawn learners are not counted."""

    learners: int = 0
    begun: int = 0
    completed: int = 0
    tried: int = 0  # pairs of a learner and a quiz with a submitted attempt whose outcome is certain
    passed: int = 0  # of those, passed at least once
    stopped_at: str = ""  # where most of those who have begun and not finished were last
    stopped: int = 0

    @property
    def completed_percent(self) -> int | None:
        """Share of the learners who completed, None without learners."""
        return round(100 * self.completed / self.learners) if self.learners else None

    @property
    def passed_percent(self) -> int | None:
        """Share of the tried quizzes that were passed, None before the first try."""
        return round(100 * self.passed / self.tried) if self.tried else None


def health_of(session: Session, course_ids: Collection[int]) -> dict[int, Health]:
    """Return the figures of courses by course id (three statements, whatever their number)."""
    ids = list(course_ids)
    counts = {row[0]: row[1:] for row in session.execute(_counts(ids))}
    passes = {row[0]: row[1:] for row in session.execute(_passes(ids))}
    stops: dict[int, tuple[str, int]] = {}
    for course_id, title, people in session.execute(_stops(ids)):
        stops.setdefault(course_id, (title, people))
    found = {}
    for course_id in ids:
        learners, begun, completed = counts.get(course_id, (0, 0, 0))
        tried, passed = passes.get(course_id, (0, 0))
        title, people = stops.get(course_id, ("", 0))
        found[course_id] = Health(learners, begun, completed, tried, passed, title, people)
    return found


def _counts(ids: list[int]) -> Select[Any, Any, Any, Any]:
    return (
        select(
            Enrollment.course_id,
            func.count(Enrollment.id),
            func.count(Enrollment.started_at),
            func.count(Enrollment.completed_at),
        )
        .where(Enrollment.course_id.in_(ids), _PRESENT)
        .group_by(Enrollment.course_id)
    )


def _passes(ids: list[int]) -> Select[Any, Any, Any]:
    closed = _closed(ids)
    pairs = (
        select(closed.c.course_id, func.max(closed.c.passed).label("passed"))
        .where(or_(closed.c.waits == 0, closed.c.passed == 1))
        .group_by(closed.c.course_id, closed.c.enrollment_id, closed.c.quiz_key)
        .subquery()
    )
    return select(pairs.c.course_id, func.count(), func.sum(pairs.c.passed)).group_by(pairs.c.course_id)


def _closed(ids: Collection[int]) -> Subquery:
    """Submitted attempts of courses with their score by the marks that count now (percent), and 1 if passed.

    The pass mark is the one frozen in the paper; a mark that was appended later counts in place of its
    forerunner, as on the learner's pages. An attempt with essays that wait (`waits`) has no percent yet.
    """
    theirs = (Enrollment.course_id.in_(ids), _PRESENT, Attempt.submitted_at.is_not(None))
    newest = (
        select(func.max(Grading.id))
        .join(Attempt, Attempt.id == Grading.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(*theirs)
        .group_by(Grading.attempt_id, Grading.question_key)
    )
    marks = (
        select(Grading.attempt_id, func.sum(Grading.points).label("points"))
        .where(Grading.id.in_(newest))
        .group_by(Grading.attempt_id)
        .subquery()
    )
    percent = func.coalesce(marks.c.points, Attempt.points) * 100.0 / func.nullif(Attempt.max_points, 0)
    reached = func.coalesce(percent, 100.0) + EPSILON >= Attempt.paper["pass_mark"].as_integer()
    waits = (Attempt.for_person > 0) & exists().where(Response.attempt_id == Attempt.id, UNMARKED)
    return (
        select(
            Enrollment.course_id,
            Attempt.enrollment_id,
            Attempt.quiz_key,
            case((waits, None), else_=percent).label("percent"),
            case((reached, 1), else_=0).label("passed"),
            case((waits, 1), else_=0).label("waits"),
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .outerjoin(marks, marks.c.attempt_id == Attempt.id)
        .where(*theirs)
        .subquery()
    )


def _stops(ids: list[int]) -> Select[Any, Any, Any]:
    return (
        select(Enrollment.course_id, Piece.title, func.count(Enrollment.id).label("people"))
        .join(Piece, (Piece.version_id == Enrollment.version_id) & (Piece.key == Enrollment.last_piece))
        .where(Enrollment.course_id.in_(ids), _PRESENT, Enrollment.completed_at.is_(None))
        .group_by(Enrollment.course_id, Piece.title)
        .order_by(func.count(Enrollment.id).desc(), Piece.title)
    )


@dataclass(frozen=True)
class Reach:
    """Whom a new version touches: who moves up, who keeps the version they read."""

    moving: int
    keeping: int


def reach_of(session: Session, course_id: int) -> Reach:
    """Return how many learners a new version of the course would move up, and how many would stay."""
    moving, keeping = session.execute(
        select(
            func.count(case((Enrollment.started_at.is_(None), 1))),
            func.count(case((Enrollment.started_at.is_not(None), 1))),
        ).where(Enrollment.course_id == course_id, _PRESENT, Enrollment.completed_at.is_(None))
    ).one()
    return Reach(moving, keeping)


@dataclass(frozen=True)
class QuizFigures:
    """One quiz of a course: who tried, who passed at least once, the mean of all best scores (percent)."""

    key: str
    title: str
    required: bool
    tried: int
    passed: int
    average: float | None


def quiz_figures(session: Session, course_id: int, quizzes: Sequence[Piece]) -> list[QuizFigures]:
    """Return the figures of quizzes of a course, in the order given (one statement)."""
    best = best_scores(course_id)
    rows = session.execute(
        select(
            best.c.quiz_key, func.count(), func.sum(best.c.passed), func.avg(cast(best.c.best, Float))
        ).group_by(best.c.quiz_key)
    )
    found = {row[0]: row[1:] for row in rows}
    figures = []
    for quiz in quizzes:
        tried, passed, average = found.get(quiz.key, (0, 0, None))
        figures.append(QuizFigures(quiz.key, quiz.title, quiz.required, tried, passed or 0, average))
    return figures


def best_scores(course_id: int) -> Subquery:
    """Each learner's best score (percent) and number of tries, by quiz."""
    closed = _closed([course_id])
    return (
        select(
            closed.c.enrollment_id,
            closed.c.quiz_key,
            func.count().label("tries"),
            func.max(closed.c.percent).label("best"),
            func.max(closed.c.passed).label("passed"),
            func.max(closed.c.waits).label("waits"),
        )
        .group_by(closed.c.enrollment_id, closed.c.quiz_key)
        .subquery()
    )


@dataclass(frozen=True)
class ResultFilter:
    """Which learners of a course to list: words in name or unit, a state, the quiz whose score is shown."""

    text: str = ""
    state: str = ""
    quiz_key: str = ""


@dataclass(frozen=True)
class ResultRow:
    """A learner of a course. `best` is the best score of the chosen quiz in percent; `waits`: essays wait."""

    enrollment: Enrollment
    name: str
    unit: str
    tries: int
    best: float | None
    waits: bool = False

    @property
    def completed_on(self) -> date | None:
        """The day of completion (WIB)."""
        return self.enrollment.completed_on

    @property
    def last_act_at(self) -> datetime | None:
        """When the learner last did something."""
        return self.enrollment.last_act_at


RESULT_SORTS = ("name", "unit", "best", "tries", "completed", "last")


def results(
    session: Session, course_id: int, wanted: ResultFilter, *, sort: str = "name", descending: bool = False,
    offset: int = 0, limit: int = 25,
) -> list[ResultRow]:  # fmt: skip
    """Return a page of the learners of a course who have not withdrawn (one statement)."""
    best = best_scores(course_id)
    columns: dict[str, ColumnElement[Any]] = {
        "name": func.lower(User.name),
        "unit": func.lower(func.coalesce(OrgUnit.name, "")),
        "best": func.coalesce(best.c.best, -1),
        "tries": func.coalesce(best.c.tries, 0),
        "completed": func.coalesce(Enrollment.completed_on, date(1, 1, 1)),
        "last": func.coalesce(Enrollment.last_act_at, Enrollment.enrolled_at),
    }
    column = columns[sort]
    rows = session.execute(
        select(Enrollment, User.name, OrgUnit.name, best.c.tries, best.c.best, best.c.waits)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(best, (best.c.enrollment_id == Enrollment.id) & (best.c.quiz_key == wanted.quiz_key))
        .options(joinedload(Enrollment.version))
        .where(*_conditions(course_id, wanted))
        .order_by(column.desc() if descending else column, Enrollment.id)
        .offset(offset)
        .limit(limit)
    )
    return [ResultRow(row[0], row[1], row[2] or "", row[3] or 0, row[4], bool(row[5])) for row in rows]


def count_results(session: Session, course_id: int, wanted: ResultFilter) -> int:
    """Return how many learners the filter finds."""
    return session.scalars(
        select(func.count(Enrollment.id))
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .where(*_conditions(course_id, wanted))
    ).one()


def _conditions(course_id: int, wanted: ResultFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Enrollment.course_id == course_id, _PRESENT]
    for word in wanted.text.lower().split()[:6]:
        pattern = like_pattern(word)
        found.append(
            or_(
                func.lower(User.name).like(pattern, escape="\\"),
                func.lower(func.coalesce(OrgUnit.name, "")).like(pattern, escape="\\"),
            )
        )
    if wanted.state == EnrollmentState.COMPLETED:
        found.append(Enrollment.completed_at.is_not(None))
    elif wanted.state == EnrollmentState.IN_PROGRESS:
        found += [Enrollment.completed_at.is_(None), Enrollment.started_at.is_not(None)]
    elif wanted.state == EnrollmentState.NOT_STARTED:
        found += [Enrollment.completed_at.is_(None), Enrollment.started_at.is_(None)]
    return found
