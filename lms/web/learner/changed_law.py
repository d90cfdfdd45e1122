"""What learners are told when a rule of law that their course cites has changed."""

from __future__ import annotations

from collections.abc import Collection

from lms import clock
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.regulations.queries import LawNotice, law_notices


def law_of(enrollment: Enrollment, places: Collection[str]) -> dict[str, list[LawNotice]]:
    """Return by place what changed; nothing is asked for while no rule of the course has changed."""
    if not enrollment.course.law_changed or not places:
        return {}
    today = clock.local_date(clock.now())
    return law_notices(db.session(), enrollment.course_id, enrollment.version_id, places, today)
