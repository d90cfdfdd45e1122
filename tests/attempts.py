"""Start attempts and answer them without HTTP, for tests of several files."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import actions
from lms.domain.quizzes.actions import Given, Started
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import quiz_of
from tests.cast import NOW

RNG = random.Random(7)
MINUTE = timedelta(minutes=1)


def start(
    session: Session, enrollment: Enrollment, key: str = "kuis-loket", after: timedelta = timedelta()
) -> Started:
    quiz = quiz_of(session, enrollment.version_id, key)
    return actions.start(session, enrollment, quiz, now=NOW + after, rng=RNG)


def opened(
    session: Session, enrollment: Enrollment, key: str = "kuis-loket", after: timedelta = timedelta()
) -> Attempt:
    """Start, and be sure that there is an attempt."""
    attempt = start(session, enrollment, key, after).attempt
    assert attempt is not None
    return attempt


def answer(
    session: Session, attempt: Attempt, answers: dict[str, object], after: timedelta = timedelta()
) -> None:
    """Save answers, and be sure that they are taken."""
    given = [Given(key, value) for key, value in answers.items()]
    assert actions.save_many(session, attempt, given, now=NOW + after).refusal is None
