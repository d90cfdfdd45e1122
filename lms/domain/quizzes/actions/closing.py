"""Close an attempt: grade by the rules, give the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import holding
from lms.domain.quizzes import rules
from lms.domain.quizzes.actions.regrading import correct_late
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.queries import quiz_of, receipt_for, responses_of


def close(session: Session, attempt: Attempt, *, now: datetime, by: str = "learner") -> None:
    """Grade an attempt, freeze its points and give its receipt; a second call changes nothing.

    Essays get no mark here: they wait for a person.

    Past the deadline it is closed as of the deadline, whoever asks. The row is locked and read again
    first, so that of ten requests one grades.
    """
    attempt = session.execute(
        holding(select(Attempt).where(Attempt.id == attempt.id), of=Attempt, key_share=True)
    ).scalar_one()
    if attempt.submitted_at is not None:
        return
    quiz = quiz_of(session, attempt.version_id, attempt.quiz_key)
    stored = responses_of(session, attempt.id)
    answers = {key: row.answer for key, row in stored.items()}
    graded = rules.grade(quiz, rules.paper_of(attempt.paper), answers)
    session.add_all(
        Grading(
            attempt_id=attempt.id,
            question_key=mark.question_key,
            fraction=mark.fraction,
            points=mark.points,
            max_points=mark.max_points,
            verdict=mark.verdict,
            key_version_id=attempt.version_id,
            graded_at=now,
        )
        for mark in graded.marks
        if mark.verdict != "pending"
    )
    late = attempt.deadline_at is not None and now >= attempt.deadline_at
    attempt.submitted_at = attempt.deadline_at if late else now
    attempt.closed_by = "deadline" if late else by
    attempt.points, attempt.max_points, attempt.for_person = graded.points, graded.max_points, graded.waiting
    attempt.passed = None if graded.undecided else graded.passed
    attempt.receipt = receipt_for(attempt, stored)
    session.flush()
    correct_late(session, attempt, now=now)


def close_overdue(session: Session, *, now: datetime, limit: int = 50) -> Sequence[Attempt]:
    """Close up to `limit` attempts whose deadline has passed; return them with their enrolments to settle.

    Attempts that another worker is closing are passed over.
    """
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.submitted_at.is_(None), Attempt.deadline_at <= now)
        .order_by(Attempt.deadline_at)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for attempt in attempts:
        close(session, attempt, now=now, by="deadline")
    return attempts
