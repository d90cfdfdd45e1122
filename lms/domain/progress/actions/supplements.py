"""Read what a newer version adds, after the completion. Verbs flush and never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.db import inserting
from lms.domain.audit.actions import record
from lms.domain.catalog.models import Piece
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import SupplementPart
from lms.domain.progress.rules import Supplement


def read_supplement(
    session: Session, enrollment: Enrollment, supplement: Supplement, lesson: Piece, *, now: datetime
) -> bool:
    """Note that a lesson of the addition was read; return whether it was the last one left.

    Completion, hours and certificate stay as they are. A second call changes nothing.
    """
    made = session.scalar(
        inserting(session)(SupplementPart)
        .values(
            enrollment_id=enrollment.id,
            lesson_key=lesson.key,
            digest=lesson.digest,
            version_id=supplement.version.id,
            finished_at=now,
        )
        .on_conflict_do_nothing()
        .returning(SupplementPart.lesson_key)
    )
    last = made is not None and [row.key for row in supplement.left] == [lesson.key]
    if last:
        record(
            session, "supplement.completed", now=now, actor=enrollment.user_id,
            subject=("enrollment", enrollment.id), version=supplement.version.number,
        )  # fmt: skip
    session.flush()
    return last
