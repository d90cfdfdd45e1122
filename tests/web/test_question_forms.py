"""Questions as forms over HTTP: found, changed, added, put in order; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle, draft_digests, draft_of
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle

DESK = f"/trainer/courses/{SLUG}/writing"
LESSON = "01-loket/01-menyapa.md"
FILE = f"{DESK}/file/{LESSON}"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, cast: Cast) -> FlaskClient:
    """The browser of the trainer."""
    return sign_in(client, cast.trainer)


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """A published course of the trainer with a draft that is equal to it."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    found = session.scalars(select(Course)).one()
    save_draft(session, found, make_bundle(), by=cast.trainer.id, now=NOW)
    session.commit()
    return found


def files(session: Session, course: Course) -> dict[str, bytes]:
    session.expire_all()
    return draft_bundle(session, course.id) or {}


def base_of(session: Session, course: Course, path: str = LESSON) -> str:
    session.expire_all()
    draft = draft_of(session, course.id)
    assert draft is not None
    return draft_digests(session, draft.id)[path]


def test_findings_lead_to_their_line_and_a_question_to_its_form(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    quiz = "01-loket/03-kuis.md"
    text = files(session, course)[quiz].decode()
    broken = text.replace("{#k-02", "{", 1)
    trainer.post(f"{DESK}/file/{quiz}", data={"text": broken, "base": base_of(session, course, quiz)})
    line = next(
        at for at, one in enumerate(broken.split("\n"), 1) if one.startswith("## ") and "{#" not in one
    )
    assert f'href="{DESK}/file/{quiz}?line={line}#text"' in trainer.get(f"/trainer/courses/{SLUG}/draft").text
    form = {"code": "question_id", "line": line, "base": base_of(session, course, quiz)}
    trainer.post(f"{DESK}/problems/{quiz}", data=form)
    assert "{#k-02" not in files(session, course)[quiz].decode()  # the live version has it
    found = trainer.get(f"{DESK}/questions/with/k-03")
    assert found.location == f"{DESK}/questions/{quiz}?q=3"
    assert trainer.get(f"{DESK}/questions/with/tidak-ada").status_code == 404
