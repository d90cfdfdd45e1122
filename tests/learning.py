"""Ways through the small course, made with the same actions as the pages use."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import pieces
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import Office, approve_hours, finish_lesson, submit_attempt
from lms.domain.quizzes.actions import Given, save_many, start
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import quiz_of
from lms.domain.settings.queries import policy
from tests.courses import RIGHT, SLUG, enroll_in

QUIZ = "kuis-loket"
EXAM = "ujian-loket"


def office_of(app: Flask, session: Session) -> Office:
    """What certificates are made with in this app."""
    return Office(policy(session), str(app.config["PUBLIC_URL"]), Path(app.instance_path) / "files")


def course_of(session: Session, slug: str = SLUG) -> Course:
    """The course of a slug."""
    return session.scalars(select(Course).where(Course.slug == slug)).one()


def approve(session: Session, by: User, *, now: datetime, jp: int = 1, slug: str = SLUG) -> None:
    """BKPSDM approves the lesson hours of the course."""
    approve_hours(session, course_of(session, slug), jp, by=by, now=now)


def read_lessons(session: Session, enrollment: Enrollment, office: Office, *, now: datetime) -> None:
    """Finish every lesson."""
    for piece in pieces(session, enrollment.version_id):
        if piece.kind == "lesson":
            finish_lesson(session, enrollment, piece, now=now, office=office)


def answered_attempt(
    session: Session, enrollment: Enrollment, *, now: datetime, answers: Mapping[str, object] = RIGHT,
    key: str = QUIZ,
) -> Attempt:  # fmt: skip
    """An open attempt with these answers saved."""
    quiz = quiz_of(session, enrollment.version_id, key)
    attempt = start(session, enrollment, quiz, now=now, rng=random.Random(7)).attempt
    assert attempt is not None
    save_many(session, attempt, [Given(name, answer) for name, answer in answers.items()], now=now)
    return attempt


def complete(
    session: Session, user: User, office: Office, *, now: datetime, slug: str = SLUG
) -> Certificate | None:
    """Enrol, read, pass the quiz: the certificate, if the hours are approved."""
    enrollment = enroll_in(session, user, now=now, slug=slug)
    read_lessons(session, enrollment, office, now=now)
    attempt = answered_attempt(session, enrollment, now=now)
    return submit_attempt(session, attempt, now=now, office=office)
