"""Addresses of the writing desk, and what the draft of the course holds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle, draft_digests, draft_of
from tests.courses import SLUG

DESK = f"/trainer/courses/{SLUG}/writing"
LESSON = "01-loket/01-menyapa.md"
QUIZ = "01-loket/03-kuis.md"
FILE = f"{DESK}/file/{LESSON}"
FORMS = f"{DESK}/questions"


def files(session: Session, course: Course) -> dict[str, bytes]:
    """Return the files of the draft; none without one."""
    session.expire_all()
    return draft_bundle(session, course.id) or {}


def base_of(session: Session, course: Course, path: str = LESSON) -> str:
    """Return the digest of a file of the draft, as its pages send it back."""
    session.expire_all()
    draft = draft_of(session, course.id)
    assert draft is not None
    return draft_digests(session, draft.id)[path]
