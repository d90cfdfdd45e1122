"""A learner who follows the course."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, sign_in
from tests.courses import enroll_in, publish_course


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner who follows the course."""
    publish_course(session, now=NOW)
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)
