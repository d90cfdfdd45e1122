"""An attempt is there for one person; form tokens and methods."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.quizzes.models import Response as Stored
from tests.cast import Cast, sign_in
from tests.taking import at, begin, saved

ADDRESSES: list[tuple[str, str]] = [
    ("GET", ""), ("GET", "/result"), ("GET", "/submission"), ("POST", "/responses/k-01"),
    ("POST", "/responses"),
    ("POST", "/submission"), ("POST", "/extension"),
]  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "trainer", "hr_unit", "admin"])
@pytest.mark.parametrize(("method", "part"), ADDRESSES)
def test_attempt_of_another_is_not_there(
    learner: FlaskClient, session: Session, cast: Cast, method: str, part: str, who: str
) -> None:
    attempt = begin(learner)
    sign_in(learner, getattr(cast, who))
    assert at(learner, method, attempt + part, data={"q-k-01": "o1", "q": "k-01"}).status_code == 404
    assert saved(session, attempt) == {}


@pytest.mark.parametrize(("method", "part"), ADDRESSES)
def test_signed_out(learner: FlaskClient, method: str, part: str) -> None:
    attempt = begin(learner)
    sign_in(learner, None)
    assert at(learner, method, attempt + part).status_code == (303 if method == "GET" else 401)


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("POST", ""),
        ("GET", "/responses"),
        ("GET", "/responses/k-01"),
        ("GET", "/extension"),
        ("POST", "/result"),
    ],
)
def test_wrong_method(learner: FlaskClient, method: str, part: str) -> None:
    assert at(learner, method, begin(learner) + part).status_code == 405


def test_form_token_is_asked_for(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    learner.application.config["WTF_CSRF_ENABLED"] = True
    assert at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', at(learner, "GET", attempt).text)
    assert token is not None
    data = {"q-k-01": "o1", "csrf_token": token[1]}
    assert at(learner, "POST", f"{attempt}/responses/k-01", data=data).status_code == 200
    assert session.scalar(select(func.count()).select_from(Stored)) == 1
