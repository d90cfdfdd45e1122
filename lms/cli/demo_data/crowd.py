"""A quiz that nearly everybody has taken, so that the analysis of its questions has something to tell.

People differ in strength and questions in difficulty; one question misleads the strong, one is often left
empty. All of it is invented.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.life import answer_of
from lms.content.questions import Question
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.catalog.queries import pieces, quiz_source
from lms.domain.enrollments.actions import enroll
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import Office, finish_lesson, open_lesson, submit_attempt
from lms.domain.quizzes.actions import Given, save_response, start
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import attempts_of
from lms.domain.quizzes.rules import keys_of, paper_of

QUIZ = "kuis-mpp-m2"
DAYS = 12
"""For so many days, up to yesterday, they came one after the other."""


@dataclass(frozen=True)
class _Walk:
    """One person on the way to the quiz: strength 0 is that of the average."""

    session: Session
    enrollment: Enrollment
    user: User
    strength: float
    rng: random.Random
    office: Office


def take_quiz(
    session: Session, versions: Sequence[CourseVersion], people: Sequence[User], *, office: Office,
    now: datetime,
) -> None:  # fmt: skip
    """Let those who have not tried the quiz read everything up to it and try it."""
    rng = random.Random(11)
    for version in versions:
        parts = [one for one in pieces(session, version.id) if one.kind != "module" and one.use != "pretest"]
        end = next((place for place, one in enumerate(parts) if one.key == QUIZ), None)
        if end is None:
            continue
        course = session.scalars(select(Course).where(Course.id == version.course_id)).one()
        enrolled = session.scalars(select(Enrollment).where(Enrollment.course_id == course.id))
        begun = {one.user_id: one for one in enrolled}
        tried = set(session.scalars(select(Attempt.enrollment_id).where(Attempt.quiz_key == QUIZ)))
        waiting = [user for user in people if user.id not in begun or begun[user.id].id not in tried]
        for place, user in enumerate(waiting):
            at = now - timedelta(days=1) - timedelta(days=DAYS) * (1 - place / len(waiting))
            enrollment = begun.get(user.id) or enroll(session, user, course, now=at)
            walk = _Walk(session, enrollment, user, rng.gauss(0, 0.25), rng, office)
            for part in parts[: end + 1]:
                at = _read(walk, part, at) if part.kind == "lesson" else _try(walk, part, at)


def _read(walk: _Walk, lesson: Piece, now: datetime) -> datetime:
    open_lesson(walk.session, walk.enrollment.id, lesson.key, now=now)
    now += timedelta(minutes=lesson.minutes * walk.rng.uniform(0.5, 1.6))
    finish_lesson(walk.session, walk.enrollment, lesson, now=now, office=walk.office)
    return now + timedelta(minutes=1)


def _try(walk: _Walk, piece: Piece, now: datetime) -> datetime:
    quiz = quiz_source(walk.session, piece.version_id, piece.key)
    if quiz is None or attempts_of(walk.session, walk.enrollment.id, piece.key):
        return now
    attempt = start(walk.session, walk.enrollment, quiz, now=now, rng=walk.rng).attempt
    if attempt is None:
        return now
    questions = {one.id: (place, one) for place, one in enumerate(quiz.questions())}
    singles = [one.id for _place, one in questions.values() if one.kind == "single"]
    tiring = next((one.id for _place, one in questions.values() if one.kind == "numeric"), "")
    for key in keys_of(paper_of(attempt.paper)):
        place, question = questions[key]
        now += timedelta(seconds=walk.rng.randrange(15, 60))
        misleading = piece.key == QUIZ and key == singles[-1]
        right = walk.rng.random() < 0.9 - 0.06 * place + walk.strength
        if key == tiring and walk.rng.random() < 0.5:
            continue
        if misleading and walk.strength > 0:
            answer: object = _misled(question)
        else:
            answer = answer_of(question, right or misleading, walk.user.id)
        save_response(walk.session, attempt, Given(key, answer), now=now)
    now += timedelta(seconds=20)
    submit_attempt(walk.session, attempt, now=now, office=walk.office)
    return now


def _misled(question: Question) -> str:
    """The wrong answer that those take who think too much of it."""
    return [option.key for option in question.options if not option.right][1]
