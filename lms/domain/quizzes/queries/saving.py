"""What saving one answer reads: plain columns, since nothing else is asked so often."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.db import columns
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import Person
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries.attempts import kept_quiz


@dataclass(frozen=True)
class HeldAttempt:
    """What saving one answer needs of an attempt."""

    id: int
    version_id: int
    quiz_key: str
    number: int
    paper: dict[str, Any]
    deadline_at: datetime | None
    submitted_at: datetime | None


def attempt_to_save(
    session: Session, user: User | Person, attempt_id: int
) -> tuple[HeldAttempt, Quiz] | None:
    """Return an attempt of the person, its row held, and its quiz; None when it is not theirs.

    For saving one answer: one statement once the quiz was read, and nothing else of the course.
    """
    row = session.execute(_held_attempt(), {"attempt_id": attempt_id, "user_id": user.id}).one_or_none()
    if row is None:
        return None
    *values, digest = row
    attempt = HeldAttempt(*values)
    return attempt, kept_quiz(session, digest, attempt.version_id, attempt.quiz_key)


@cache
def _held_attempt() -> Select[Any]:
    """An attempt of a person, held, as plain columns; built once, every answer sends it."""
    attempt, enrollment, version = columns(Attempt), columns(Enrollment), columns(CourseVersion)
    wanted = [attempt[field.name] for field in fields(HeldAttempt)]
    return (
        select(*wanted, version.digest)
        .join(Enrollment.__table__, enrollment.id == attempt.enrollment_id)
        .join(CourseVersion.__table__, version.id == attempt.version_id)
        .where(
            attempt.id == bindparam("attempt_id"),
            enrollment.user_id == bindparam("user_id"),
            enrollment.withdrawn_at.is_(None),
        )
        .with_for_update(of=Attempt.__table__, key_share=True)
    )
