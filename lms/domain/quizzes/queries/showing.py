"""What showing a paper reads: plain columns, since it is opened by hundreds at once and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.db import columns, plain_rows
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import Person
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Response
from lms.domain.quizzes.queries.attempts import kept_quiz


@dataclass(frozen=True)
class ShownAttempt:
    """What the pages of an open paper need of an attempt, and the course and version it belongs to."""

    id: int
    version_id: int
    quiz_key: str
    number: int
    paper: dict[str, Any]
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    granted_minutes: int
    slug: str
    digest: str
    language: str


@dataclass(frozen=True)
class SavedAnswer:
    """The last saved answer to a question (`Response`), to be shown."""

    answer: Any
    saved_at: datetime
    flagged: bool
    checked_at: datetime | None
    revision: int


_OF_VERSION = frozenset({"slug", "digest", "language"})


def attempt_to_show(
    session: Session, user: User | Person, attempt_id: int
) -> tuple[ShownAttempt, Quiz] | None:
    """Return an attempt of the person with its quiz; None when it is not theirs.

    One statement once the quiz was read.
    """
    row = plain_rows(session, _own_attempt(), {"attempt_id": attempt_id, "user_id": user.id}).one_or_none()
    if row is None:
        return None
    attempt = ShownAttempt(*row)
    return attempt, kept_quiz(session, attempt.digest, attempt.version_id, attempt.quiz_key)


@cache
def _own_attempt() -> Select[Any]:
    """Built once: each opening of a paper sends it."""
    attempt, enrollment = columns(Attempt), columns(Enrollment)
    course, version = columns(Course), columns(CourseVersion)
    wanted = [attempt[field.name] for field in fields(ShownAttempt) if field.name not in _OF_VERSION]
    return (
        select(*wanted, course.slug, version.digest, version.language)
        .join(Enrollment.__table__, enrollment.id == attempt.enrollment_id)
        .join(Course.__table__, course.id == enrollment.course_id)
        .join(CourseVersion.__table__, version.id == attempt.version_id)
        .where(
            attempt.id == bindparam("attempt_id"),
            enrollment.user_id == bindparam("user_id"),
            enrollment.withdrawn_at.is_(None),
        )
    )


def answers_to_show(session: Session, attempt_id: int) -> dict[str, SavedAnswer]:
    """Return the saved answers of an attempt by question id (one statement)."""
    rows = plain_rows(session, _answers(), {"attempt_id": attempt_id})
    return {key: SavedAnswer(*values) for key, *values in rows}


@cache
def _answers() -> Select[Any]:
    response = columns(Response)
    wanted = [response[field.name] for field in fields(SavedAnswer)]
    return select(response.question_key, *wanted).where(response.attempt_id == bindparam("attempt_id"))
