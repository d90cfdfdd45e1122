"""The city of the report tests."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.unit.reports.desk import Desk, make_desk


@pytest.fixture
def desk(session: Session, cast: Cast, tmp_path: Path) -> Desk:
    """The city after some learning."""
    return make_desk(session, cast, tmp_path / "files")
