"""A learner with a certificate, on the day it was issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.certificates.models import Certificate
from tests.cast import Cast
from tests.unit.certificates.rows import NOW, certify, complete, make_course


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def folder(app: Flask) -> Path:
    return Path(app.instance_path) / "files"


@pytest.fixture
def certificate(session: Session, cast: Cast, folder: Path) -> Certificate:
    return certify(session, complete(session, cast.learner, make_course(session)), folder)
