"""Find a handed-in attempt by its receipt, and make the receipt anew from what is stored."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Response
from lms.domain.quizzes.queries.attempts import responses_of


def receipt_for(attempt: Attempt, stored: Mapping[str, Response]) -> str:
    """Return the receipt that a closed attempt and its stored answers give. ValueError while it is open."""
    if attempt.submitted_at is None:
        raise ValueError("open")
    answers = [(key, row.answer, row.saved_at) for key, row in stored.items()]
    return rules.receipt(attempt.id, attempt.quiz_key, attempt.submitted_at, answers)


def attempt_of_receipt(session: Session, text: str) -> Attempt | None:
    """Return the attempt that was given this receipt, with enrolment, person and version; None: nobody's.

    Whether the reader may see it is asked by the caller.
    """
    parsed = rules.parse_receipt(text)
    if parsed is None:
        return None
    number, exact = parsed
    return session.scalars(
        select(Attempt)
        .options(
            joinedload(Attempt.enrollment).joinedload(Enrollment.user),
            joinedload(Attempt.enrollment).joinedload(Enrollment.course),
            joinedload(Attempt.enrollment).joinedload(Enrollment.version),
        )
        .where(Attempt.id == number, Attempt.receipt == exact)
    ).one_or_none()


def receipt_holds(session: Session, attempt: Attempt) -> bool:
    """Whether what is stored of a closed attempt still gives the receipt that was given out."""
    return attempt.receipt == receipt_for(attempt, responses_of(session, attempt.id))
