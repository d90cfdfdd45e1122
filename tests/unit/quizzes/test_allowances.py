"""More time or attempts for one person; the time is an argument."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.domain.audit.models import AuditEntry
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.actions import allow, close, extend, start
from lms.domain.quizzes.models import Allowance, Attempt
from lms.domain.quizzes.queries import extra_of, quiz_of
from lms.domain.quizzes.rules import Extra, Refusal
from tests.cast import NOW, Cast
from tests.courses import enroll_in, publish_course
from tests.learning import EXAM

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def enrollment(session: Session, cast: Cast) -> Enrollment:
    publish_course(session, now=NOW)
    return enroll_in(session, cast.learner, now=NOW)


@pytest.fixture
def exam(session: Session, enrollment: Enrollment) -> Quiz:
    """30 minutes, two attempts, an hour between them."""
    return quiz_of(session, enrollment.version_id, EXAM)


def begin(session: Session, enrollment: Enrollment, exam: Quiz, now=NOW) -> Attempt:  # type: ignore[no-untyped-def]
    attempt = start(session, enrollment, exam, now=now, rng=random.Random(7)).attempt
    assert attempt is not None
    return attempt


def give(session: Session, enrollment: Enrollment, cast: Cast, extra: Extra, now=NOW) -> Attempt | None:  # type: ignore[no-untyped-def]
    return allow(session, enrollment, EXAM, extra, "Memakai pembaca layar", by=cast.trainer.id, now=now)


def test_minutes_before_an_attempt(session: Session, cast: Cast, enrollment: Enrollment, exam: Quiz) -> None:
    assert give(session, enrollment, cast, Extra(20)) is None
    attempt = begin(session, enrollment, exam)
    assert attempt.deadline_at == NOW + 50 * MINUTE
    assert extend(session, attempt, now=NOW) == 15  # the own extension is still there, half of the limit
    assert attempt.deadline_at == NOW + 65 * MINUTE
    assert extend(session, attempt, now=NOW) == 0


def test_minutes_during_an_attempt(session: Session, cast: Cast, enrollment: Enrollment, exam: Quiz) -> None:
    attempt = begin(session, enrollment, exam)
    assert extend(session, attempt, now=NOW) == 15
    moved = give(session, enrollment, cast, Extra(10), NOW + 44 * MINUTE)
    assert moved is not None and moved.id == attempt.id
    assert attempt.deadline_at == NOW + 55 * MINUTE
    assert extend(session, attempt, now=NOW + 50 * MINUTE) == 0


def test_time_that_is_over_is_not_brought_back(
    session: Session, cast: Cast, enrollment: Enrollment, exam: Quiz
) -> None:
    attempt = begin(session, enrollment, exam)
    assert give(session, enrollment, cast, Extra(20), NOW + 30 * MINUTE) is None
    assert attempt.deadline_at == NOW + 30 * MINUTE
    assert begin(session, enrollment, exam, LATER).deadline_at == LATER + 50 * MINUTE


def test_an_attempt_more(session: Session, cast: Cast, enrollment: Enrollment, exam: Quiz) -> None:
    for number in range(2):
        close(session, begin(session, enrollment, exam, NOW + number * 2 * 60 * MINUTE),
              now=NOW + number * 2 * 60 * MINUTE)  # fmt: skip
    after = NOW + timedelta(hours=9)
    refused = start(session, enrollment, exam, now=after, rng=random.Random(7))
    assert refused.permit.refusal is Refusal.USED_UP
    give(session, enrollment, cast, Extra(attempts=1), after)
    assert begin(session, enrollment, exam, after).number == 3
    assert extra_of(session, enrollment.id, EXAM) == Extra(0, 1)
    assert extra_of(session, enrollment.id, "kuis-loket") == Extra()


def test_it_is_noted_and_never_changed(
    session: Session, cast: Cast, enrollment: Enrollment, exam: Quiz
) -> None:
    give(session, enrollment, cast, Extra(20, 1))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "quiz.allowed")).one()
    assert entry.actor_id == cast.trainer.id
    assert entry.detail == {
        "quiz": EXAM, "minutes": 20, "attempts": 1, "reason": "Memakai pembaca layar"
    }  # fmt: skip
    session.commit()
    session.scalars(select(Allowance)).one().minutes = 600
    with pytest.raises(DatabaseError, match="allowance_keep"):
        session.flush()


@pytest.mark.parametrize(("extra", "reason"), [(Extra(), "x"), (Extra(-5, 1), "x"), (Extra(601), "x"),
                                               (Extra(0, 11), "x"), (Extra(5), " ")])  # fmt: skip
def test_nothing_too_much_or_no_reason(
    session: Session, cast: Cast, enrollment: Enrollment, extra: Extra, reason: str
) -> None:
    with pytest.raises(ValueError, match="allowance"):
        allow(session, enrollment, EXAM, extra, reason, by=cast.trainer.id, now=NOW)
