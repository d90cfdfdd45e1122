"""A quiz that nearly everybody has taken, so that the analysis of its questions has something to tell.

People differ in strength and questions in difficulty; one question misleads the strong, one is often left
empty. All of it is invented.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.life import answer_of
from lms.content.course import Quiz
from lms.content.questions import Question
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.catalog.queries import pieces, quiz_source
from lms.domain.enrollments.actions import enroll
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import Office, finish_lesson, open_lesson, submit_attempt
from lms.domain.quizzes.actions import Given, save_response, start
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.rules import keys_of, paper_of

QUIZ = "kuis-mpp-m2"
DAYS = 12
"""For so many days, up to yesterday, they came one after the other."""


def take_quiz(
    session: Session, versions: Sequence[CourseVersion], people: Sequence[User], *, office: Office,
    now: datetime,
) -> int:  # fmt: skip
    """Let those who have not tried the quiz read its module and try it; return how many did."""
    rng, found = random.Random(11), 0
    for version in versions:
        quiz = quiz_source(session, version.id, QUIZ)
        if quiz is None:
            continue
        course = session.scalars(select(Course).where(Course.id == version.course_id)).one()
        rows = pieces(session, version.id)
        home = next(row.module_key for row in rows if row.key == QUIZ)
        lessons = [row for row in rows if row.kind == "lesson" and row.module_key == home]
        begun = {one.user_id: one for one in _enrolled(session, course.id)}
        tried = set(session.scalars(select(Attempt.enrollment_id).where(Attempt.quiz_key == QUIZ)))
        waiting = [user for user in people if user.id not in begun or begun[user.id].id not in tried]
        for place, user in enumerate(waiting):
            at = now - timedelta(days=1) - timedelta(days=DAYS) * (1 - place / len(waiting))
            enrollment = begun.get(user.id) or enroll(session, user, course, now=at)
            if enrollment.completed_at is not None or enrollment.withdrawn_at is not None:
                continue
            at = _read(session, enrollment, lessons, rng, office=office, now=at)
            found += _try(session, enrollment, quiz, user, rng, office=office, now=at)
    return found


def _enrolled(session: Session, course_id: int) -> Sequence[Enrollment]:
    return session.scalars(select(Enrollment).where(Enrollment.course_id == course_id)).all()


def _read(
    session: Session, enrollment: Enrollment, lessons: Sequence[Piece], rng: random.Random, *,
    office: Office, now: datetime,
) -> datetime:  # fmt: skip
    for lesson in lessons:
        open_lesson(session, enrollment.id, lesson.key, now=now)
        now += timedelta(minutes=lesson.minutes * rng.uniform(0.5, 1.6))
        finish_lesson(session, enrollment, lesson, now=now, office=office)
    return now + timedelta(minutes=1)


def _try(
    session: Session, enrollment: Enrollment, quiz: Quiz, user: User, rng: random.Random, *, office: Office,
    now: datetime,
) -> bool:  # fmt: skip
    attempt = start(session, enrollment, quiz, now=now, rng=rng).attempt
    if attempt is None:
        return False
    questions = list(quiz.questions())
    misleading = next((one.id for one in reversed(questions) if one.kind == "single"), "")
    tiring = next((one.id for one in questions if one.kind == "numeric"), "")
    strength = rng.gauss(0, 0.25)
    for key in keys_of(paper_of(attempt.paper)):
        place = next(n for n, one in enumerate(questions) if one.id == key)
        question = questions[place]
        now += timedelta(seconds=rng.randrange(15, 60))
        if key == tiring and rng.random() < 0.5:
            continue
        right = rng.random() < 0.9 - 0.06 * place + strength
        misled = key == misleading and strength > 0
        answer = _misled(question) if misled else answer_of(question, right or key == misleading, user.id)
        save_response(session, attempt, Given(key, answer), now=now)
    submit_attempt(session, attempt, now=now + timedelta(seconds=20), office=office)
    return True


def _misled(question: Question) -> str:
    """The wrong answer that those take who think too much of it."""
    return [option.key for option in question.options if not option.right][1]
