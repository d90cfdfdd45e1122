"""Two essays that nobody has marked yet, so that the trainer's queue is never empty at the start."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.essays import essay_of
from lms.content.course import Quiz
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import pieces, quiz_source
from lms.domain.enrollments.actions import enroll
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import Office, submit_attempt
from lms.domain.quizzes.actions import Given, save_response, start

AGO = timedelta(days=3, hours=1), timedelta(hours=5)
"""How long they wait."""
WRITING = timedelta(minutes=22)


def leave_two(
    session: Session, versions: Sequence[CourseVersion], people: Sequence[User], *, office: Office,
    now: datetime,
) -> None:  # fmt: skip
    """Let two people who are new in a course hand in its practice essay, in two courses where there are."""
    for ago, (version, quiz) in zip(AGO, _practices(session, versions), strict=False):
        course = session.scalars(select(Course).where(Course.id == version.course_id)).one()
        there = set(session.scalars(select(Enrollment.user_id).where(Enrollment.course_id == course.id)))
        user = next((user for user in people if user.id not in there), None)
        if user is None:
            continue
        at = now - ago
        enrollment = enroll(session, user, course, now=at)
        attempt = start(session, enrollment, quiz, now=at, rng=random.Random(1)).attempt
        if attempt is None:
            continue
        for question in quiz.questions():
            given = Given(question.id, essay_of(question, user))
            save_response(session, attempt, given, now=at + WRITING)
        submit_attempt(session, attempt, now=at + WRITING, office=office)


def _practices(session: Session, versions: Sequence[CourseVersion]) -> Iterator[tuple[CourseVersion, Quiz]]:
    """Quizzes for practice that ask for essays alone."""
    for version in versions:
        for piece in pieces(session, version.id):
            quiz = quiz_source(session, version.id, piece.key) if piece.kind == "quiz" else None
            if quiz is not None and quiz.use == "practice" and all(one.rubric for one in quiz.questions()):
                yield version, quiz
