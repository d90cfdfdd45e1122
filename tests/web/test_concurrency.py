"""Many at once: real threads, each with its own browser, on SQLite and on PostgreSQL."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.domain.accounts.models import User
from lms.domain.catalog.actions import publish, save_draft, set_member
from lms.domain.catalog.models import DraftSave
from lms.domain.catalog.queries import draft_digests, draft_texts
from lms.domain.certificates import pdf
from lms.domain.certificates.models import Certificate, CertificateFile, Counter
from lms.domain.enrollments.models import Enrollment
from lms.domain.jobs.actions import enqueue
from lms.domain.quizzes.models import Attempt, Grading, Response
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import RIGHT, SLUG, enroll_in, make_bundle, publish_course
from tests.learning import QUIZ, answered_attempt, approve, complete, course_of, office_of, read_lessons

T = TypeVar("T")
R = TypeVar("R")
MANY = 50
TWICE = 10


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> str:
    """A published course whose hours are approved."""
    publish_course(session, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    session.commit()
    return SLUG


def browser_of(app: Flask, user: User) -> FlaskClient:
    """A browser of its own for a thread."""
    client = FlaskClient(app, app.response_class, use_cookies=True)
    cookie = sign_in(app.test_client(), user).get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    client.set_cookie(cookie.key, cookie.value)
    return client


def at_once(session: Session, work: Callable[[T], R], items: list[T]) -> list[R]:
    """Do the work for all items at the same moment, each in a thread of its own."""
    session.commit()
    session.close()  # the test holds no lock meanwhile
    gate = Barrier(len(items), timeout=60)

    def run(item: T) -> R:
        gate.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(run, items))


def count(session: Session, table: type[object], *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]


def submit(place: tuple[FlaskClient, int]) -> tuple[int, str]:
    client, attempt_id = place
    answer = client.post(f"/attempts/{attempt_id}/submission", data={"confirmed": "1"})
    return answer.status_code, answer.headers.get("Location", "")


def test_fifty_submit_at_once(
    app: Flask, session: Session, cast: Cast, course: str, caplog: pytest.LogCaptureFixture
) -> None:
    office = office_of(app, session)
    places = []
    for number in range(MANY):
        user = make_user(session, f"Peserta {number}", f"p{number}@gurindam.example", cast.village)
        enrollment = enroll_in(session, user, now=NOW)
        read_lessons(session, enrollment, office, now=NOW)
        attempt = answered_attempt(session, enrollment, now=NOW)
        places.append((user, attempt.id))
    session.commit()
    browsers = [(browser_of(app, user), attempt_id) for user, attempt_id in places]
    with caplog.at_level(logging.WARNING):
        answers = at_once(session, submit, browsers)
    assert answers == [(303, f"/attempts/{attempt_id}/result") for _user, attempt_id in places]
    assert [record.getMessage() for record in caplog.records] == []
    assert count(session, Enrollment, Enrollment.completed_at.is_not(None)) == MANY
    assert count(session, Attempt, Attempt.submitted_at.is_not(None), Attempt.passed) == MANY
    assert count(session, Grading) == MANY * len(RIGHT)
    numbers = list(session.scalars(select(Certificate.serial).order_by(Certificate.serial)))
    assert numbers == list(range(1, MANY + 1))
    assert len(set(session.scalars(select(Certificate.number)))) == MANY
    assert session.scalars(select(Counter.n)).all() == [MANY]
    assert count(session, CertificateFile) == MANY


def test_one_learner_submits_ten_times(app: Flask, session: Session, cast: Cast, course: str) -> None:
    office = office_of(app, session)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    read_lessons(session, enrollment, office, now=NOW)
    attempt_id = answered_attempt(session, enrollment, now=NOW).id
    session.commit()
    browsers = [(browser_of(app, cast.learner), attempt_id) for _ in range(TWICE)]
    assert set(at_once(session, submit, browsers)) == {(303, f"/attempts/{attempt_id}/result")}
    assert count(session, Certificate) == count(session, CertificateFile) == 1
    assert count(session, Grading) == len(RIGHT)
    assert session.scalars(select(Counter.n)).all() == [1]


def test_ten_tabs_enrol_and_start(app: Flask, session: Session, cast: Cast, course: str) -> None:
    browsers = [browser_of(app, cast.learner) for _ in range(TWICE)]

    def join(client: FlaskClient) -> int:
        return client.post(f"/courses/{course}/enrollment").status_code

    def start(client: FlaskClient) -> str:
        return client.post(f"/courses/{course}/quizzes/{QUIZ}/attempts").headers["Location"]

    assert at_once(session, join, browsers) == [303] * TWICE
    assert count(session, Enrollment) == 1
    assert set(at_once(session, start, browsers)) == {
        f"/attempts/{session.scalars(select(Attempt.id)).one()}"
    }
    assert count(session, Attempt) == 1


def test_ten_answers_of_one_paper_at_once(app: Flask, session: Session, cast: Cast, course: str) -> None:
    enrollment = enroll_in(session, cast.learner, now=NOW)
    attempt_id = answered_attempt(session, enrollment, now=NOW, answers={}).id
    session.commit()
    client_of = {key: browser_of(app, cast.learner) for key in RIGHT}

    def save(key: str) -> int:
        answer = RIGHT[key]
        return client_of[key].post(
            f"/attempts/{attempt_id}/responses/{key}", data={f"q-{key}": answer, f"seen-{key}": ""}
        ).status_code  # fmt: skip

    assert at_once(session, save, list(RIGHT)) == [200] * len(RIGHT)
    rows = session.execute(select(Response.question_key, Response.answer))
    stored = {row.question_key: row.answer for row in rows}
    assert set(stored) == set(RIGHT)
    assert all(answer is not None for answer in stored.values())


def test_ten_workers_certify_those_who_waited(app: Flask, session: Session, cast: Cast) -> None:
    """Hours approved after twelve completed: one job, ten workers, one certificate each."""
    publish_course(session, now=NOW)
    office = office_of(app, session)
    waiting = [
        make_user(session, f"Peserta {number}", f"p{number}@gurindam.example", cast.village)
        for number in range(12)
    ]
    assert [complete(session, user, office, now=NOW) for user in waiting] == [None] * 12
    approve(session, cast.bkpsdm, now=NOW)
    payload = {"course_id": course_of(session).id}
    for number in range(TWICE):
        enqueue(session, "certify_waiting", payload, now=NOW, unique_key=f"certify:{number}")
    pdf.warm_up()

    def work(_worker: int) -> int:
        with app.app_context():
            return jobs_thread.run_due(app)

    assert sum(at_once(session, work, list(range(TWICE)))) == TWICE
    numbers = list(session.scalars(select(Certificate.serial).order_by(Certificate.serial)))
    assert numbers == list(range(1, 13))
    assert count(session, Enrollment, Enrollment.credited_jp == 1) == 12


def test_of_texts_saved_at_once_from_one_state_one_is_stored_and_nobody_is_overwritten(
    app: Flask, session: Session, cast: Cast, course: str
) -> None:
    """Ten windows of the trainer save different texts that were made from the same state."""
    found = course_of(session)
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    draft = save_draft(session, found, make_bundle(), by=cast.trainer.id, now=NOW)
    set_member(session, found, cast.trainer, "owner", by=None, now=NOW)
    path = "01-loket/01-menyapa.md"
    base, draft_id = draft_digests(session, draft.id)[path], draft.id
    session.commit()
    address = f"/trainer/courses/{SLUG}/writing/file/{path}"
    windows = [(browser_of(app, cast.trainer), f"Teks {number}") for number in range(TWICE)]

    def save(place: tuple[FlaskClient, str]) -> tuple[int, str]:
        client, text = place
        answer = client.post(
            address, data={"text": text, "base": base}, headers={"Accept": "application/json"}
        )
        return answer.status_code, text

    answers = at_once(session, save, windows)
    assert sorted(status for status, _text in answers) == [200] + [409] * (TWICE - 1)
    [stored] = [text for status, text in answers if status == 200]
    assert draft_texts(session, draft_id)[path] == stored.encode()
    digest = sha256(stored.encode()).hexdigest()
    assert count(session, DraftSave, DraftSave.path == path, DraftSave.digest == digest) == 1
