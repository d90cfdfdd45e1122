"""A trainer at the writing desk, at a fixed time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    """The time stands still."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, cast: Cast) -> FlaskClient:
    """The browser of the trainer."""
    return sign_in(client, cast.trainer)


@pytest.fixture
def published(session: Session, cast: Cast) -> Course:
    """A course of the trainer at the desk, version 1."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    session.commit()
    return session.scalars(select(Course)).one()


@pytest.fixture
def course(session: Session, cast: Cast, published: Course) -> Course:
    """The published course with a draft that is equal to it."""
    save_draft(session, published, make_bundle(), by=cast.trainer.id, now=NOW)
    session.commit()
    return published
