"""Give one person more time or more attempts at a quiz."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import holding
from lms.domain.audit.actions import record
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Allowance, Attempt
from lms.domain.quizzes.rules import Extra


def allow(
    session: Session, enrollment: Enrollment, quiz_key: str, extra: Extra, reason: str, *, by: int,
    now: datetime,
) -> Attempt | None:  # fmt: skip
    """Give the person minutes and attempts at a quiz, with a reason, and note it in the activity log.

    Minutes move the deadline of an open attempt, too, and it is returned then. Its row is held first, so
    that nobody closes it meanwhile; one whose time is over stays as it is. Raises ValueError when nothing
    or too much is given, or without a reason.
    """
    within = 0 <= extra.minutes <= rules.MOST_MINUTES and 0 <= extra.attempts <= rules.MOST_ATTEMPTS
    if not within or not (extra.minutes or extra.attempts) or not reason.strip():
        raise ValueError("an allowance needs minutes or attempts within the limits, and a reason")
    session.add(
        Allowance(
            enrollment_id=enrollment.id,
            quiz_key=quiz_key,
            minutes=extra.minutes,
            attempts=extra.attempts,
            reason=reason,
            given_by=by,
            given_at=now,
        )
    )
    opened = session.execute(
        holding(
            select(Attempt).where(
                Attempt.enrollment_id == enrollment.id,
                Attempt.quiz_key == quiz_key,
                Attempt.submitted_at.is_(None),
            ),
            of=Attempt,
            key_share=True,
        )
    ).scalar_one_or_none()
    moved = None
    if extra.minutes and opened is not None and opened.deadline_at is not None and rules.is_open(opened, now):
        opened.deadline_at += timedelta(minutes=extra.minutes)
        opened.granted_minutes += extra.minutes
        moved = opened
    record(
        session, "quiz.allowed", now=now, actor=by, subject=("enrollment", enrollment.id), quiz=quiz_key,
        minutes=extra.minutes, attempts=extra.attempts, reason=reason,
    )  # fmt: skip
    session.flush()
    return moved
