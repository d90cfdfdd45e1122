"""What a trainer gave one person beyond the conditions of a quiz."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from lms.domain.quizzes.models import Allowance
from lms.domain.quizzes.rules import Extra


def extra_of(session: Session, enrollment_id: int, quiz_key: str) -> Extra:
    """Return the minutes and attempts that were given in all (one statement)."""
    minutes, attempts = session.execute(_sums(), {"enrollment_id": enrollment_id, "quiz_key": quiz_key}).one()
    return Extra(minutes or 0, attempts or 0)


@cache
def _sums() -> Select[int, int]:
    return select(func.sum(Allowance.minutes), func.sum(Allowance.attempts)).where(
        Allowance.enrollment_id == bindparam("enrollment_id"), Allowance.quiz_key == bindparam("quiz_key")
    )


def allowances_of(session: Session, enrollment_id: int, quiz_key: str = "") -> Sequence[Allowance]:
    """Return what was given, the newest first; `quiz_key` "" for all quizzes of the enrolment."""
    query = select(Allowance).where(Allowance.enrollment_id == enrollment_id)
    if quiz_key:
        query = query.where(Allowance.quiz_key == quiz_key)
    return session.scalars(query.order_by(Allowance.id.desc())).all()
