"""Whose answers count, and how learners come through a course."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from lms.domain.analysis.queries import (
    analyses_of,
    count_first,
    largest_drop,
    outcomes_of,
    pieces_health,
    quizzes,
)
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import CourseMember, CourseVersion
from lms.domain.catalog.queries import pieces
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import LessonProgress
from lms.domain.quizzes import actions
from lms.domain.quizzes.models import Grading
from tests.answering import answer_all
from tests.attempts import MINUTE, answer, opened
from tests.cast import NOW, Cast
from tests.courses import RIGHT, enroll_in, publish_course
from tests.essays import ANSWERS, ESSAY, ESSAY_QUIZ, essay_bundle

KEY = "kuis-loket"


@pytest.fixture
def version(session: Session) -> CourseVersion:
    return publish_course(session, now=NOW)


def hand_in(session: Session, enrollment: Enrollment, answers: dict[str, object], minutes: int = 0) -> None:
    attempt = opened(session, enrollment, after=minutes * MINUTE)
    answer(session, attempt, answers, after=minutes * MINUTE)
    actions.close(session, attempt, now=NOW + (minutes + 1) * MINUTE)


def selects(sent: list[str]) -> int:
    return len([text for text in sent if text.lstrip().startswith("SELECT")])


def test_only_first_attempts_of_people_who_do_not_know_the_key(
    session: Session, cast: Cast, version: CourseVersion
) -> None:
    learner, member = (enroll_in(session, user, now=NOW) for user in (cast.learner, cast.trainer))
    hand_in(session, learner, {"k-01": "o1"})
    hand_in(session, learner, RIGHT, minutes=5)  # a second attempt
    hand_in(session, member, RIGHT)
    opened(session, enroll_in(session, cast.stranger, now=NOW))  # not handed in
    session.add(CourseMember(course_id=version.course_id, user_id=cast.trainer.id))
    session.flush()
    (found,) = analyses_of(session, version.course_id, KEY)
    assert (found.people, found.passed, found.waiting) == (1, 0, 0)
    assert [one.figures.facility for one in found.questions] == [0] * 10
    assert [one.blank for one in found.questions] == [0] + [1] * 9
    assert count_first(session, version.course_id) == {KEY: 1}
    assert analyses_of(session, version.course_id, "tiada") == ()


def test_a_mark_that_was_changed_counts_at_once_and_nothing_is_read_twice(
    session: Session, cast: Cast, version: CourseVersion
) -> None:
    ids = answer_all(session, version, cast.city, [{**RIGHT, "k-05": "Lapor"}] * 4, now=NOW)
    session.commit()
    course_id = version.course_id
    quizzes._kept.clear()
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: sent.append(call[2]))
    (before,) = analyses_of(session, course_id, KEY)
    first, sent[:] = selects(sent), []
    assert analyses_of(session, course_id, KEY) == (before,)
    assert (first, selects(sent)) == (6, 3)
    session.add(Grading(attempt_id=ids[0], question_key="k-05", fraction=1.0, points=1.0, max_points=1.0,
                        verdict="right", key_version_id=version.id, graded_at=NOW,
                        graded_by=cast.trainer.id, reason="Diterima"))  # fmt: skip
    session.flush()
    (after,) = analyses_of(session, course_id, KEY)
    shares = [one.question("k-05") for one in (before, after)]
    assert [one.figures.facility for one in shares if one] == [0, 25]


def test_attempts_whose_essay_waits_are_counted_apart(session: Session, cast: Cast) -> None:
    made = publish(session, "layanan-loket", essay_bundle(), home="desk", by=None, now=NOW).version
    assert made is not None
    enrollment = enroll_in(session, cast.learner, now=NOW)
    attempt = opened(session, enrollment, ESSAY_QUIZ)
    answer(session, attempt, ANSWERS)
    actions.close(session, attempt, now=NOW)
    (found,) = analyses_of(session, made.course_id, ESSAY_QUIZ)
    assert (found.people, found.waiting) == (0, 1)
    session.add(Grading(attempt_id=attempt.id, question_key=ESSAY, fraction=0.5, points=4.0, max_points=8.0,
                        verdict="partial", key_version_id=made.id, graded_at=NOW, graded_by=cast.trainer.id,
                        level=2.0))  # fmt: skip
    session.flush()
    (found,) = analyses_of(session, made.course_id, ESSAY_QUIZ)
    assert (found.people, found.waiting, found.mean) == (1, 0, 60)


def test_drawn_questions_are_those_that_people_got(
    session: Session, cast: Cast, version: CourseVersion
) -> None:
    answers = [{f"u-0{place}": "o1" for place in (1, 2, 3)} | {"u-04": "15"}] * 12
    answer_all(session, version, cast.city, answers, now=NOW, key="ujian-loket")
    (found,) = analyses_of(session, version.course_id, "ujian-loket")
    assert [one.drawn for one in found.questions] == [True, True, True, False]
    assert sum(one.figures.count for one in found.questions) == 12 * 3
    assert found.near is None and found.mean == 100


def test_parts_of_the_course(session: Session, cast: Cast, version: CourseVersion) -> None:
    answer_all(session, version, cast.city, [RIGHT] * 12, now=NOW)
    enrolled = session.scalars(select(Enrollment)).all()
    for place, enrollment in enumerate(enrolled):
        for lesson, minutes in (("menyapa", 20), ("berkas", 2 if place else 600)):
            if lesson == "berkas" and place == 11:
                continue
            done = NOW + timedelta(minutes=minutes)
            session.add(
                LessonProgress(enrollment_id=enrollment.id, lesson_key=lesson, opened_at=NOW,
                               finished_at=done if place != 5 else None)
            )  # fmt: skip
    session.flush()
    session.execute(update(Enrollment).where(Enrollment.id == enrolled[4].id).values(withdrawn_at=NOW))
    rows = pieces(session, version.id)
    found = {one.piece.key: one for one in pieces_health(session, version.course_id, rows)}
    assert list(found) == ["menyapa", "berkas", KEY, "ujian-loket"]
    first, second, quiz = (found[key] for key in ("menyapa", "berkas", KEY))
    assert (first.started, first.finished, first.minutes, first.pace) == (11, 10, 20, "slow")
    assert (second.started, second.finished, second.minutes) == (10, 9, None)  # eight were not interrupted
    assert (quiz.started, quiz.finished, quiz.minutes) == (11, 11, None)
    drop = largest_drop(list(found.values()))
    assert drop is not None and (drop.piece.key, drop.lost) == ("menyapa", 1)

    outcomes = outcomes_of(session, version.course_id, rows)
    assert [(one.key, one.questions, one.marks, one.reached) for one in outcomes.competencies] == [
        ("M.5", 1, 12, 100)
    ]
    assert outcomes.topics == ()
