"""A receipt that was looked up, as the desks print it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lms.db import db
from lms.domain.catalog.queries import piece
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import receipt_holds


@dataclass(frozen=True)
class FoundReceipt:
    """A handed-in attempt; `holds`: what is stored of it still gives the receipt that was given out."""

    receipt: str
    name: str
    course: str
    quiz: str
    number: int
    submitted_at: datetime
    by_deadline: bool
    holds: bool


def found_receipt(attempt: Attempt) -> FoundReceipt:
    """Return an attempt of `attempt_of_receipt` for a page; its receipt is made anew."""
    session, enrollment = db.session(), attempt.enrollment
    quiz = piece(session, attempt.version_id, attempt.quiz_key)
    return FoundReceipt(
        receipt=attempt.receipt or "",
        name=enrollment.user.name,
        course=enrollment.version.title,
        quiz=quiz.title if quiz else attempt.quiz_key,
        number=attempt.number,
        submitted_at=attempt.submitted_at or attempt.started_at,
        by_deadline=attempt.closed_by == "deadline",
        holds=receipt_holds(session, attempt),
    )
