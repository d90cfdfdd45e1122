"""A learner who follows the course."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from tests.cast import NOW, Cast
from tests.courses import enroll_in, publish_course


@pytest.fixture
def enrollment(session: Session, cast: Cast) -> Enrollment:
    """The learner's enrolment."""
    publish_course(session, now=NOW)
    return enroll_in(session, cast.learner, now=NOW)
