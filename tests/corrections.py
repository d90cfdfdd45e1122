"""The small course with a wrong key of its first question, and its correction."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import submit_attempt
from tests.courses import RIGHT, SLUG, enroll_in, make_bundle
from tests.learning import answered_attempt, office_of, read_lessons

PATH = "01-loket/03-kuis.md"
WRONG_KEY = ("- [ ] Meminta warga kembali besok", "- [x] Meminta warga kembali besok")
RIGHT_KEY = ("- [x] Menjelaskan berkas yang kurang", "- [ ] Menjelaskan berkas yang kurang")

CORE = {"k-02": ["o3"], "k-04": "12"}
"""Two wrong answers: with the first question right 8 of 11 points (passed), without it 7 (not passed)."""


def edited(*changes: tuple[str, str], path: str = PATH) -> dict[str, bytes]:
    """The course with lines of a file replaced."""
    files = make_bundle()
    text = files[path].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {**files, path: text.encode()}


def published(session: Session, files: dict[str, bytes], by: User, *, now: datetime) -> CourseVersion:
    """Publish a text of the course."""
    made = publish(session, SLUG, files, home="desk", by=by.id, now=now)
    assert made.version is not None, made.problems
    return made.version


def wrongly_keyed(session: Session, by: User, *, now: datetime) -> CourseVersion:
    """Publish the course whose first question takes its first option for the right one."""
    return published(session, edited(WRONG_KEY, RIGHT_KEY), by, now=now)


def handed_in(
    session: Session, app: Flask, user: User, first: str, *, now: datetime, weak: bool = True
) -> Enrollment:
    """Enrol, read, hand the quiz in with this answer to the first question."""
    enrollment, office = enroll_in(session, user, now=now), office_of(app, session)
    read_lessons(session, enrollment, office, now=now)
    answers = {**RIGHT, **(CORE if weak else {}), "k-01": first}
    attempt = answered_attempt(session, enrollment, now=now, answers=answers)
    submit_attempt(session, attempt, now=now, office=office)
    return enrollment
