"""Many at once: ten submits of one attempt, two tabs that start, answers against a submit, fifty learners."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.queries import answers_of, quiz_of
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import RIGHT, enroll_in, publish_course
from tests.essays import ANSWERS, ESSAY, hand_in, publish_essays
from tests.learning import approve

QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
FORM = {**{f"q-{key}": value for key, value in RIGHT.items()}, "q": list(RIGHT)}


@pytest.fixture
def enrollment(session: Session, cast: Cast) -> Enrollment:
    publish_course(session, now=NOW)
    found = enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return found


def browser(app: Flask, user: User) -> FlaskClient:
    """A browser for a thread: it has nothing to do with the session of the test."""
    return sign_in(FlaskClient(app, app.response_class, use_cookies=True), user)


def together(app: Flask, user: User, calls: Sequence[tuple[str, dict[str, object]]]) -> list[TestResponse]:
    """Send the forms at the same moment, each from a browser of its own that is signed in as the person."""
    clients = [browser(app, user) for _ in calls]
    gate = Barrier(len(calls))

    def call(place: int) -> TestResponse:
        address, data = calls[place]
        gate.wait()
        return clients[place].post(address, data=data)

    with clock.frozen(NOW), ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, range(len(calls))))


def begin(app: Flask, user: User) -> str:
    [answer] = together(app, user, [(f"{QUIZ}/attempts", {})])
    return str(answer.location)


def count(session: Session, table: type[Attempt] | type[Grading]) -> int:
    session.rollback()
    return session.scalar(select(func.count(table.id))) or 0


def test_ten_tabs_start_one_attempt(app: Flask, session: Session, cast: Cast, enrollment: Enrollment) -> None:
    answers = together(app, cast.learner, [(f"{QUIZ}/attempts", {})] * 10)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert count(session, Attempt) == 1


def test_ten_submits_grade_once(app: Flask, session: Session, cast: Cast, enrollment: Enrollment) -> None:
    attempt = begin(app, cast.learner)
    answers = together(app, cast.learner, [(f"{attempt}/submission", dict(FORM))] * 10)
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"{attempt}/result")] * 10
    assert count(session, Grading) == 10
    row = session.scalars(select(Attempt)).one()
    assert (row.points, row.passed, row.submitted_at) == (11.0, True, NOW)


def test_no_answer_slips_in_after_the_grading(
    app: Flask, session: Session, cast: Cast, enrollment: Enrollment
) -> None:
    attempt = begin(app, cast.learner)
    saves = [(f"{attempt}/responses/{key}", {f"q-{key}": value}) for key, value in RIGHT.items()]
    answers = together(
        app, cast.learner, [*saves[:5], (f"{attempt}/submission", {"confirmed": "1"}), *saves[5:]]
    )
    taken = {
        key
        for key, answer in zip(RIGHT, [*answers[:5], *answers[6:]], strict=True)
        if answer.status_code == 200
    }
    assert all(answer.status_code in {200, 409} for answer in [*answers[:5], *answers[6:]])
    session.rollback()
    row = session.scalars(select(Attempt)).one()
    stored = answers_of(session, row.id)
    assert set(stored) == taken
    quiz = quiz_of(session, row.version_id, row.quiz_key)
    assert row.points == rules.grade(quiz, rules.paper_of(row.paper), stored).points


def test_fifty_learners_at_once(app: Flask, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW)
    people = [make_user(session, f"Peserta {n}", f"p{n}@gurindam.example", cast.village) for n in range(50)]
    for person in people:
        enroll_in(session, person, now=NOW)
    session.commit()
    clients = [browser(app, person) for person in people]

    def take(place: int) -> str:
        client = clients[place]
        attempt = client.post(f"{QUIZ}/attempts").location
        right = dict(FORM) if place % 2 else {**FORM, "q-k-02": [], "q-k-01": "o1", "q-k-03": "o1"}
        client.post(f"{attempt}/responses/k-09", data={"q-k-09": "5"})
        return str(client.post(f"{attempt}/submission", data={**right, "confirmed": "1"}).location)

    with clock.frozen(NOW), ThreadPoolExecutor(8) as pool:
        results = list(pool.map(take, range(50)))
    assert len(set(results)) == 50 and all(result.endswith("/result") for result in results)
    session.rollback()
    points = sorted(session.scalars(select(Attempt.points)))  # type: ignore[type-var]
    assert points == [7.0] * 25 + [11.0] * 25
    assert count(session, Grading) == 500
    assert session.scalar(select(func.count()).select_from(Response)) == 25 * 10 + 25 * 9


def test_six_marks_at_once_are_one_mark_and_one_certificate(app: Flask, session: Session, cast: Cast) -> None:
    """Three say one level and three another: one of the two is appended, the others are told or agree."""
    publish_essays(session, cast.trainer, now=NOW, nilai_lulus="50")
    approve(session, cast.bkpsdm, now=NOW)
    _enrollment, attempt = hand_in(session, app, cast.learner, now=NOW, answers=ANSWERS)
    address = f"/trainer/marking/{attempt.id}/{ESSAY}"
    session.commit()
    calls: list[tuple[str, dict[str, object]]] = [
        (address, {"level": level, "seen": "0", "then": "list"}) for level in ("4", "2") * 3
    ]
    answers = together(app, cast.trainer, calls)
    assert sorted(answer.status_code for answer in answers) == [303, 303, 303, 409, 409, 409]
    assert session.scalar(select(func.count(Grading.id)).where(Grading.question_key == ESSAY)) == 1
    assert session.scalar(select(func.count(Certificate.id))) == 1
