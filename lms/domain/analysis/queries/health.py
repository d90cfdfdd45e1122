"""How learners come through a course: who starts and finishes each part, and how long a lesson takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.domain.analysis.rules import ENOUGH, median
from lms.domain.catalog.models import Piece
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import LessonProgress
from lms.domain.quizzes.models import Attempt

INTERRUPTED = timedelta(hours=3)
"""Who takes longer from opening a lesson to finishing it was doing something else meanwhile."""
_PART = 2000


@dataclass(frozen=True)
class PieceHealth:
    """One lesson or quiz: who started it, who finished it (a quiz: handed it in).

    `minutes` is the median from the first opening of a lesson to finishing it, pauses included, without
    those who took more than three hours; None for quizzes and below ten people.
    """

    piece: Piece
    started: int
    finished: int
    minutes: float | None

    @property
    def pace(self) -> str:
        """`slow` or `quick` where the time is far from the estimate, else ""."""
        if self.minutes is None or not self.piece.minutes:
            return ""
        ratio = self.minutes / self.piece.minutes
        return "slow" if ratio > 1.5 else "quick" if ratio < 0.5 else ""


@dataclass(frozen=True)
class Drop:
    """Where most people are lost: of those who started `piece` so many never started the next one."""

    piece: Piece
    following: Piece
    started: int
    lost: int


_medians: Cache[tuple[object, ...], dict[str, float]] = Cache(64)


def pieces_health(session: Session, course_id: int, pieces: Sequence[Piece]) -> list[PieceHealth]:
    """Return lessons and quizzes of the live version in reading order; at most three statements.

    Counted are learners of all versions who have not withdrawn, by the key of the part.
    """
    lessons = {
        row[0]: row[1:]
        for row in session.execute(
            select(
                LessonProgress.lesson_key,
                func.count(),
                func.count(LessonProgress.finished_at),
                func.max(LessonProgress.finished_at),
            )
            .join(Enrollment, Enrollment.id == LessonProgress.enrollment_id)
            .where(*_present(course_id))
            .group_by(LessonProgress.lesson_key)
        )
    }
    quizzes = {
        row[0]: row[1:]
        for row in session.execute(
            select(
                Attempt.quiz_key,
                func.count(Attempt.enrollment_id.distinct()),
                func.count(Attempt.enrollment_id.distinct()).filter(Attempt.submitted_at.is_not(None)),
            )
            .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
            .where(*_present(course_id))
            .group_by(Attempt.quiz_key)
        )
    }
    stamp = tuple((key, *values) for key, values in sorted(lessons.items()))
    minutes = _medians.get((course_id, stamp), lambda: _minutes(session, course_id))
    found = []
    for piece in pieces:
        if piece.kind == "module":
            continue
        row = (lessons if piece.kind == "lesson" else quizzes).get(piece.key, (0, 0))
        found.append(PieceHealth(piece, row[0], row[1], minutes.get(piece.key)))
    return found


def largest_drop(rows: Sequence[PieceHealth]) -> Drop | None:
    """Return the required part after which most people are lost; None when nobody is."""
    required = [row for row in rows if row.piece.required]
    drops = [
        Drop(row.piece, following.piece, row.started, row.started - following.started)
        for row, following in zip(required, required[1:], strict=False)
    ]
    worst = max(drops, key=lambda drop: drop.lost, default=None)
    return worst if worst and worst.lost > 0 else None


def _minutes(session: Session, course_id: int) -> dict[str, float]:
    taken: dict[str, list[float]] = defaultdict(list)
    rows = session.execute(
        select(LessonProgress.lesson_key, LessonProgress.opened_at, LessonProgress.finished_at)
        .join(Enrollment, Enrollment.id == LessonProgress.enrollment_id)
        .where(*_present(course_id), LessonProgress.finished_at > LessonProgress.opened_at)
        .execution_options(yield_per=_PART)
    )
    for key, opened_at, finished_at in rows:
        if finished_at is not None and finished_at - opened_at <= INTERRUPTED:
            taken[key].append((finished_at - opened_at).total_seconds() / 60)
    return {key: median(values) for key, values in taken.items() if len(values) >= ENOUGH}


def _present(course_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Enrollment.course_id == course_id, Enrollment.withdrawn_at.is_(None))
