"""Give an evaluation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.db import inserting
from lms.domain.enrollments.models import Enrollment
from lms.domain.evaluations.models import EvaluationAnswer, EvaluationGiven
from lms.domain.evaluations.rules import Evaluation, has_standard_form, month_of, new_key


class NotOffered(Exception):
    """The version has no standard form, or its learner has not begun."""


def give(session: Session, enrollment: Enrollment, given: Evaluation, *, now: datetime) -> bool:
    """Store the answers without the person, and apart that the person has answered; False for a second time.

    The version of the enrolment must be loaded. The activity log is not told: its entry would bear the
    hour. Raises NotOffered, and ValueError for a blank form or a comment that is too long.
    """
    if given.blank or given.too_long:
        raise ValueError("nothing was answered, or too much")
    if not has_standard_form(enrollment.version.header) or enrollment.started_at is None:
        raise NotOffered
    first = session.execute(
        inserting(session)(EvaluationGiven)
        .values(enrollment_id=enrollment.id)
        .on_conflict_do_nothing()
        .returning(EvaluationGiven.enrollment_id)
    ).first()
    if first is None:
        return False
    month, version_id = month_of(now), enrollment.version_id
    session.add_all(
        EvaluationAnswer(key=new_key(), version_id=version_id, month=month, item=item, score=score)
        for item, score in given.scores.items()
    )
    session.add_all(
        EvaluationAnswer(key=new_key(), version_id=version_id, month=month, item=item, comment=comment)
        for item, comment in given.comments.items()
    )
    session.flush()
    return True
