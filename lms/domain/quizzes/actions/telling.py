"""Tell learners that a mark of theirs was corrected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.enrollments.models import Enrollment
from lms.domain.notices.actions import tell
from lms.domain.quizzes.models import Attempt

CORRECTED = "mark.corrected"


def tell_corrected(session: Session, attempt_ids: Collection[int], reason: str, *, now: datetime) -> None:
    """Tell the people of these attempts that marks in them were counted anew, and why."""
    rows = session.execute(
        select(Attempt.id, Enrollment.user_id, CourseVersion.title, Piece.title)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .join(Piece, (Piece.version_id == Attempt.version_id) & (Piece.key == Attempt.quiz_key))
        .where(Attempt.id.in_(attempt_ids))
        .order_by(Attempt.id)
    )
    for attempt_id, user_id, course, quiz in rows.all():
        tell(
            session, [user_id], CORRECTED, about=("attempt", attempt_id), now=now, attempt=attempt_id,
            course=course, quiz=quiz, reason=reason,
        )  # fmt: skip
