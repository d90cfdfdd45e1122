"""The city of the HR desk's tests: people who learnt, certificates, a completion that waits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from lms import clock
from tests.cast import NOW, Cast
from tests.unit.reports.desk import Desk, make_desk


@pytest.fixture
def desk(session: Session, cast: Cast, app: Flask) -> Desk:
    """The city of the report tests, its files in the store of the app."""
    return make_desk(session, cast, Path(app.instance_path) / "files")


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.frozen(NOW):
        yield
