"""Check one answer before handing in: its key may be seen, so it is fixed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Response


def check_response(session: Session, attempt: Attempt, question: Question, *, now: datetime) -> bool:
    """Fix the saved answer of an open attempt; False when there is no whole one or the time is over.

    A second call changes nothing. Whether the quiz allows it is asked before (`rules.may_check`).
    """
    row = session.get(Response, (attempt.id, question.id), populate_existing=True)
    if row is None or not rules.is_open(attempt, now) or not rules.is_answered(question, row.answer):
        return False
    if row.checked_at is None:
        row.checked_at = now
        session.flush()
    return True
