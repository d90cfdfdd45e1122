"""Learning of the invented people in the last months, so that lists look like life.

Everything goes through the same actions as on the site, in the order of time; only the clock is given.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.essays import essay_of
from lms.clock import WIB, local_date
from lms.content.course import Quiz
from lms.content.questions import Part, Question, Unreadable, kind_of, parts_of
from lms.content.questions.numbers import plain_text, spoken
from lms.content.questions.question import Accepted
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.catalog.queries import lesson_of, pieces, quiz_source
from lms.domain.certificates.actions import revoke
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.actions import enroll
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import Office, answer_check, finish_lesson, open_lesson, submit_attempt
from lms.domain.quizzes.actions import Given, save_response, start
from lms.domain.quizzes.rules import keys_of, paper_of

# How far a person comes in a course: share of its pieces, chance that an answer is right.
DONE, GOOD, HALF, BEGUN, ENROLLED, FAILED = (
    (1.0, 1.0),
    (1.0, 0.9),
    (0.5, 0.9),
    (0.2, 0.8),
    (0.0, 0.0),
    (1.0, 0.3),
)
PATTERN = (DONE, HALF, None, GOOD, ENROLLED, DONE, None, BEGUN, FAILED, GOOD, None)
BEFORE = 0.6  # of that chance, in the pre-test of a course
LEARNER = (None, HALF, ENROLLED)
"""The account of the learner: a course to take from the catalogue to the certificate, one to go on with."""


@dataclass
class Way:
    """One person on the way through one course: `next_at` is when the next piece is done."""

    user: User
    course: Course
    pieces: Sequence[Piece]
    chance: float
    next_at: datetime
    enrollment: Enrollment | None = None
    done: int = 0


def live(
    session: Session, versions: list[CourseVersion], people: Sequence[User], *, office: Office,
    since: datetime, until: datetime,
) -> int:  # fmt: skip
    """Let people learn between two instants (the first of them is the demonstration's learner).

    Returns the number of certificates. The same people and courses give the same story.
    """
    rng = random.Random(20)
    ways = list(_ways(session, versions, people, since, until, rng))
    while ways:
        way = min(ways, key=lambda one: (one.next_at, one.user.id, one.course.id))
        if way.next_at >= until or not _step(session, way, office, rng):
            ways.remove(way)
    session.flush()
    return len(session.scalars(select(Certificate.id)).all())


def revoke_one(session: Session, *, by: User, spare: User, now: datetime) -> None:
    """Revoke the newest certificate that is not of `spare`, so that the public check has such a case."""
    last = select(Certificate).where(Certificate.user_id != spare.id).order_by(Certificate.id.desc())
    certificate = session.scalars(last.limit(1)).first()
    if certificate is not None:
        revoke(session, certificate, by=by, reason="Contoh pencabutan pada data demonstrasi.", now=now)


def _ways(
    session: Session, versions: list[CourseVersion], people: Sequence[User], since: datetime, until: datetime,
    rng: random.Random,
) -> Iterator[Way]:  # fmt: skip
    span = (until - since).days - 30
    first_day = datetime.combine(local_date(since), time(8), WIB)
    ordered = sorted(versions, key=lambda version: (not version.gives_certificate, version.id))
    for row, version in enumerate(ordered):
        course = session.scalars(select(Course).where(Course.id == version.course_id)).one()
        parts = [piece for piece in pieces(session, version.id) if piece.kind != "module"]
        for column, user in enumerate(people):
            plan = LEARNER[row % 3] if column == 0 else PATTERN[(column * 4 + row * 3) % len(PATTERN)]
            if plan is None or (column % 5 and not version.gives_certificate):
                continue
            share, chance = plan
            begin = first_day + timedelta(days=rng.randrange(5, span), minutes=rng.randrange(480))
            yield Way(user, course, parts[: round(len(parts) * share)], chance, begin)


def _step(session: Session, way: Way, office: Office, rng: random.Random) -> bool:
    """Do the next piece; False when there is nothing left to do."""
    now = way.next_at
    if way.enrollment is None:
        way.enrollment = enroll(session, way.user, way.course, now=now)
        way.next_at = now + timedelta(minutes=rng.randrange(1, 30))
        return bool(way.pieces)
    piece = way.pieces[way.done]
    if piece.kind == "lesson":
        open_lesson(session, way.enrollment.id, piece.key, now=now)
        now += timedelta(minutes=piece.minutes + 1)
        _answer_checks(session, way, piece, now, rng)
        finish_lesson(session, way.enrollment, piece, now=now, office=office)
    else:
        now = _take_quiz(session, way, piece, office, rng)
    way.done += 1
    pause = timedelta(minutes=2) if rng.random() < 0.7 else timedelta(days=rng.randrange(1, 6))
    way.next_at = now + pause
    return way.done < len(way.pieces)


def _answer_checks(session: Session, way: Way, piece: Piece, now: datetime, rng: random.Random) -> None:
    """Answer what a lesson asks; with a lesson that is only read, most people do so too."""
    assert way.enrollment is not None
    if piece.finish != "answer_checks" and rng.random() < 0.3:
        return
    for question in lesson_of(session, piece).questions():
        answer = answer_of(question, rng.random() < way.chance, way.user.id)
        answer_check(session, way.enrollment, piece.key, question, answer, readable=True, now=now)


def _take_quiz(session: Session, way: Way, piece: Piece, office: Office, rng: random.Random) -> datetime:
    assert way.enrollment is not None
    now = way.next_at
    quiz = quiz_source(session, way.enrollment.version_id, piece.key)
    started = start(session, way.enrollment, quiz, now=now, rng=rng) if quiz else None
    if quiz is None or started is None or started.attempt is None:
        return now
    questions = {question.id: question for question in quiz.questions()}
    chance = way.chance * BEFORE if quiz.use == "pretest" else way.chance
    for key in keys_of(paper_of(started.attempt.paper)):
        now += timedelta(seconds=rng.randrange(15, 50))
        asked, right = questions[key], rng.random() < chance
        essay = asked.kind == "essay"
        answer = essay_of(asked, way.user) if essay else answer_of(asked, right, way.user.id)
        save_response(session, started.attempt, Given(key, answer), now=now)
    now += timedelta(seconds=20)
    submit_attempt(session, started.attempt, now=_in_time(quiz, way.next_at, now), office=office)
    return now


def _in_time(quiz: Quiz, begin: datetime, now: datetime) -> datetime:
    if quiz.minutes_limit is None:
        return now
    return min(now, begin + timedelta(minutes=quiz.minutes_limit, seconds=-1))


def answer_of(question: Question, right: bool, turn: int = 0) -> object:
    """Return an answer as the site keeps it: the right one, or one that is not, which differs by `turn`."""
    kind = kind_of(question)
    guesses = list(_guesses(question))
    if not right and question.kind in {"single", "short", "numeric"}:
        turn %= len(guesses)
        guesses = guesses[turn:] + guesses[:turn]
    for values in guesses:
        try:
            answer = kind.read(question, values)
        except Unreadable:
            continue
        if answer is not None and (kind.grade(question, answer).verdict == "right") == right:
            return answer
    return None


def _guesses(question: Question) -> Iterator[dict[str, list[str]]]:
    """Fields of a form: the right answer if it is one to choose, then others."""
    if question.gaps:
        right = {part.gap.key: [_filled(part)] for part in parts_of(question, None)}
        yield right
        yield dict(list(right.items())[1:])
    keys = [option.key for option in question.options]
    yield {"": [option.key for option in question.options if option.right]}
    yield from ({"": [key]} for key in keys)
    yield from ({"": [_typed(accepted)]} for accepted in question.answers)
    yield from ({"": [word]} for word in ("true", "false", "benar", "salah", "0"))


def _filled(part: Part) -> str:
    """What a learner chooses or types to fill a gap rightly."""
    return part.gap.right or (_typed(part.gap.answers[0]) if part.gap.answers else part.correct)


def _typed(accepted: Accepted) -> str:
    """What a learner types to be accepted: the number in the middle when a range of them is."""
    if accepted.form != "number":
        return accepted.text
    return spoken(plain_text((accepted.low + accepted.high) / 2))
