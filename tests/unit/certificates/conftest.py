from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from lms.domain.certificates.models import Certificate
from tests.cast import Cast

from .rows import certify, complete, make_course


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The file store."""
    return tmp_path / "files"


@pytest.fixture
def certificate(session: Session, cast: Cast, folder: Path) -> Certificate:
    """The learner's certificate of a course of 6 JP."""
    return certify(session, complete(session, cast.learner, make_course(session)), folder)
