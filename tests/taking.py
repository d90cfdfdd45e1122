"""Taking a quiz over HTTP, for tests of several files."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import answers_of
from tests.cast import NOW

MINUTE = timedelta(minutes=1)
QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
EXAM = "/courses/layanan-loket/quizzes/ujian-loket"


def at(
    client: FlaskClient, method: str, address: str, after: timedelta = timedelta(), **options: object
) -> TestResponse:
    """Send a request at that time after the usual moment of tests."""
    with clock.frozen(NOW + after):
        return client.open(address, method=method, **options)  # type: ignore[arg-type]


def begin(client: FlaskClient, quiz: str = QUIZ, after: timedelta = timedelta()) -> str:
    """Start an attempt and return its address."""
    answer = at(client, "POST", f"{quiz}/attempts", after)
    assert answer.status_code == 303
    return str(answer.location)


def form(answers: dict[str, object], mark: bool = True) -> dict[str, object]:
    """Return the fields of a form that carries these answers (`mark`: it says so)."""
    fields: dict[str, object] = {f"q-{key}": value for key, value in answers.items()}
    return {**fields, "q": list(answers)} if mark else fields


def saved(session: Session, attempt: str) -> dict[str, object]:
    """Return what is stored of an attempt."""
    session.rollback()
    return answers_of(session, int(attempt.rsplit("/", 1)[1]))


def row(session: Session, attempt: str) -> Attempt:
    """Return the attempt as it stands in the database."""
    session.rollback()
    return session.get_one(Attempt, int(attempt.rsplit("/", 1)[1]), populate_existing=True)
