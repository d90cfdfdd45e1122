"""Mark by a corrected key and settle: who passes now completes, in small parts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions.settling import Office, settle
from lms.domain.quizzes import actions as quizzes
from lms.domain.quizzes.models import KeyCorrection
from lms.domain.quizzes.queries import corrected_question, enrollments_with

PART = 50
"""Enrolments in one transaction."""


def regrade_part(
    session: Session, correction: KeyCorrection, *, after: int, now: datetime, office: Office
) -> int | None:
    """Mark the next enrolments beyond `after` by the corrected key, and settle those that changed.

    Returns the last enrolment that was looked at, None when there is none left. A
    completion and a certificate that were given stay, whatever the new marks say; who completes by them
    does so on the day of the own last act.
    """
    wanted = corrected_question(
        session, correction.course_id, correction.version_id, correction.quiz_key, correction.question_key
    )
    ids = enrollments_with(session, wanted, after=after, limit=PART) if wanted else []
    if wanted is None or not ids:
        return None
    touched = quizzes.regrade(session, correction, wanted, ids, now=now)
    for enrollment_id in touched:
        settle(session, session.get_one(Enrollment, enrollment_id), now=now, office=office)
    return ids[-1]
