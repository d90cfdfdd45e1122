"""What a quiz is, before it is taken: number of questions, time, attempts, earlier results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lms import clock
from lms.content.course import Quiz
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.progress.queries import progress_of
from lms.domain.progress.rules import PieceState, Progress, Step
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Allowance, Attempt
from lms.domain.quizzes.queries import allowances_of, attempts_of, closed_results, quiz_of
from lms.domain.quizzes.rules import Extra, Permit, Result
from lms.web.access import person
from lms.web.course_pages import live_text
from lms.web.learner import quiz_words
from lms.web.learner.home import step_url
from lms.web.learner.lessons import locked_text

quizzes = Blueprint("quizzes", __name__, url_prefix="/courses/<slug>/quizzes")


@dataclass(frozen=True)
class Standing:
    """How a person stands at a quiz: attempts, results, what may be done now."""

    quiz: Quiz
    attempts: tuple[Attempt, ...]
    results: tuple[Result, ...]
    taken: Result | None
    permit: Permit
    current: Attempt | None
    left: int | None
    allowances: tuple[Allowance, ...]

    @property
    def extra(self) -> Extra:
        """What a trainer gave in all."""
        return rules.total(self.allowances)

    @property
    def used_up(self) -> bool:
        """Whether no attempt is left and none is open."""
        return self.left == 0 and self.current is None

    @property
    def passed(self) -> bool:
        """Whether the attempt that counts is passed."""
        return self.taken is not None and self.taken.passed


def standing(enrollment: Enrollment, quiz: Quiz, now: datetime) -> Standing:
    """Return how the enrolment stands at the quiz at that moment; nothing is written."""
    session = db.session()
    attempts = attempts_of(session, enrollment.id, quiz.id)
    results = closed_results(session, attempts, now)
    taken = rules.counting(results, quiz.counts)
    allowances = tuple(allowances_of(session, enrollment.id, quiz.id))
    extra = rules.total(allowances)
    return Standing(
        quiz=quiz,
        attempts=tuple(attempts),
        results=tuple(results),
        taken=taken,
        permit=rules.may_start(
            quiz,
            attempts,
            taken is not None and taken.passed,
            now,
            waits=any(result.waits for result in results),
            extra=extra,
        ),
        current=next((attempt for attempt in attempts if rules.is_open(attempt, now)), None),
        left=rules.remaining(quiz, attempts, extra),
        allowances=allowances,
    )


def quiz_step(slug: str, key: str) -> tuple[Enrollment, Progress, Step]:
    """Return the enrolment of the person and the step of a quiz; 404 for what is not theirs."""
    session = db.session()
    enrollment = enrollment_for(session, person(), slug)
    if enrollment is None:
        abort(404)
    progress = progress_of(session, enrollment)
    step = progress.step(key)
    if step is None or step.piece.kind != "quiz":
        abort(404)
    return enrollment, progress, step


@quizzes.get("/<key>")
def show(slug: str, key: str) -> str | Response:
    """Say what the quiz is and offer to start it or go on."""
    enrollment, progress, step = quiz_step(slug, key)
    if step.state is PieceState.LOCKED:
        flash(locked_text(step), "info")
        return redirect(url_for("lessons.missing", slug=slug), 303)
    session = db.session()
    quiz = quiz_of(session, enrollment.version_id, key)
    state = standing(enrollment, quiz, clock.now())
    text = live_text(session, enrollment.version, slug)
    return render_template(
        "learner/quizzes/show.html",
        nav="catalog",
        enrollment=enrollment,
        progress=progress,
        step=step,
        following=progress.after(key),
        quiz=quiz,
        state=state,
        questions=sum(pool.drawn for pool in quiz.pools),
        intro=text.block(quiz.intro, step.piece.digest, quiz.id),
        words=quiz_words,
        step_url=step_url,
    )
