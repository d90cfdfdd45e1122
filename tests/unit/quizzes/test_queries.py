"""Whose an attempt is, what it scored, which quizzes are passed."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import actions, rules
from lms.domain.quizzes.models import Grading
from lms.domain.quizzes.queries import (
    attempt_for,
    closed_results,
    gradings_of,
    passed_quizzes,
    results_of,
)
from tests.attempts import MINUTE, answer, opened
from tests.cast import NOW, Cast
from tests.courses import RIGHT, enroll_in, publish_course


def test_attempt_belongs_to_one_person(session: Session, enrollment: Enrollment, cast: Cast) -> None:
    attempt = opened(session, enrollment)
    session.commit()
    mine = attempt_for(session, cast.learner, attempt.id)
    assert mine is attempt and mine.enrollment.course.slug == "layanan-loket"
    assert attempt_for(session, cast.stranger, attempt.id) is None
    assert attempt_for(session, cast.admin, attempt.id, lock=True) is None
    enrollment.withdrawn_at = NOW
    session.flush()
    assert attempt_for(session, cast.learner, attempt.id) is None


def test_newest_mark_counts(session: Session, enrollment: Enrollment, cast: Cast) -> None:
    attempt = opened(session, enrollment)
    answer(session, attempt, {key: RIGHT[key] for key in ("k-01", "k-02", "k-03", "k-04", "k-06", "k-07")})
    actions.close(session, attempt, now=NOW)
    assert (attempt.points, attempt.passed) == (7.0, False)
    assert passed_quizzes(session, [enrollment.id]) == set()
    session.add(Grading(attempt_id=attempt.id, question_key="k-05", fraction=1.0, points=1.0, max_points=1.0,
                        verdict="right", key_version_id=attempt.version_id, graded_at=NOW,
                        graded_by=cast.trainer.id, reason="Ejaan lain diterima"))  # fmt: skip
    session.flush()
    assert gradings_of(session, [attempt.id])[attempt.id]["k-05"].points == 1.0
    [result] = results_of(session, [attempt])
    assert (result.points, result.passed) == (8.0, True)
    assert passed_quizzes(session, [enrollment.id]) == {(enrollment.id, "kuis-loket")}


@pytest.mark.parametrize(
    ("counts", "scores", "passed"),
    [
        ("tertinggi", [True, False], True),
        ("tertinggi", [False, True], True),
        ("pertama", [False, True], False),
        ("pertama", [True, False], True),
        ("terakhir", [False, True], True),
    ],
)
def test_passing_follows_the_attempt_that_counts(
    session: Session, cast: Cast, counts: str, scores: list[bool], passed: bool
) -> None:
    publish_course(session, now=NOW, quiz={"ambil_nilai": counts, "tampil_jawaban": "tidak"})
    enrollment = enroll_in(session, cast.learner, now=NOW)
    for good in scores:
        attempt = opened(session, enrollment)
        answer(session, attempt, RIGHT if good else {})
        actions.close(session, attempt, now=NOW)
    assert bool(passed_quizzes(session, [enrollment.id])) is passed


def test_passing_of_several_enrolments_takes_one_statement(
    session: Session, enrollment: Enrollment, cast: Cast
) -> None:
    from sqlalchemy import event

    ids = [enrollment.id, enroll_in(session, cast.colleague, now=NOW).id]
    for owner in ids:
        attempt = opened(session, session.get_one(Enrollment, owner))
        answer(session, attempt, RIGHT)
        actions.close(session, attempt, now=NOW)
    session.commit()
    session.expire_all()
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert passed_quizzes(session, ids) == {(owner, "kuis-loket") for owner in ids}
    assert len([text for text in statements if text.startswith("SELECT")]) == 1


def test_deadline_of_a_shown_result_is_the_deadline(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment, "ujian-loket")
    assert rules.is_overdue(attempt, NOW + 30 * MINUTE)
    assert closed_results(session, [attempt], NOW) == []
