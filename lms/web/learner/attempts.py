"""Take a quiz: start, answer (each answer alone, or the whole form), hand in, see the result."""

from __future__ import annotations

import random
from datetime import datetime

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms import clock
from lms.content.course import Quiz
from lms.db import db
from lms.domain.progress import actions as progress_actions
from lms.domain.progress.rules import PieceState
from lms.domain.quizzes import actions, rules
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import (
    SavedAnswer,
    ShownAttempt,
    answers_of,
    answers_to_show,
    attempt_for,
    attempt_to_save,
    attempt_to_show,
    quiz_of,
    quiz_of_attempt,
)
from lms.domain.quizzes.rules import Refusal
from lms.i18n import formats
from lms.i18n.problems import unreadable_text
from lms.web.access import person
from lms.web.course_pages import CourseText, text_of_version
from lms.web.learner import paper_pages, paper_places, quiz_words, result_pages
from lms.web.learner.essay_pages import length_note
from lms.web.learner.paper_forms import read_form, read_question
from lms.web.learner.quizzes import quiz_step
from lms.web.office import office

attempts = Blueprint("attempts", __name__)
STATUS = {
    Refusal.CLOSED: 409, Refusal.NEWER: 409, Refusal.FIXED: 409, Refusal.LATE: 410, Refusal.UNKNOWN: 404,
}  # fmt: skip


@attempts.post("/courses/<slug>/quizzes/<key>/attempts")
def create(slug: str, key: str) -> BaseResponse:
    """Start an attempt, or go on with the open one; attempts past their deadline are closed first."""
    session, now = db.session(), clock.now()
    enrollment, _progress, step = quiz_step(slug, key)
    if step.state is PieceState.LOCKED:
        abort(404)
    quiz = quiz_of(session, enrollment.version_id, key)
    started = progress_actions.start_attempt(
        session, enrollment, quiz, now=now, rng=random.SystemRandom(), office=office()
    )
    session.commit()
    if started.attempt is None:
        flash(quiz_words.refusal_text(started.permit), "warn")
        return redirect(url_for("quizzes.show", slug=slug, key=key), 303)
    return redirect(url_for("attempts.show", attempt_id=started.attempt.id), 303)


@attempts.get("/attempts/<int:attempt_id>")
def show(attempt_id: int) -> str | BaseResponse:
    """Show the paper of an open attempt with the saved answers; a closed one leads to its result."""
    (attempt, quiz), now = _shown(attempt_id), clock.now()
    if not rules.is_open(attempt, now):
        return redirect(url_for("attempts.result", attempt_id=attempt.id), 303)
    text, stored = _paper(attempt)
    page = paper_pages.asked(quiz, attempt, stored, text)
    paper = rules.paper_of(attempt.paper)
    return render_template(
        "learner/attempts/show.html",
        attempt=attempt,
        quiz=quiz,
        questions=page,
        kinds={item.kind for item in page},
        place=paper_places.place_of(quiz, attempt, page, request.args.get("soal", "")),
        places=paper_places,
        checkable={item.id for item in quiz.questions() if rules.may_check(quiz.reveal, quiz.use, item)},
        checked=result_pages.checked(quiz, attempt, stored, text),
        words=quiz_words,
        answered=sum(item.answered for item in page),
        problems=[item for item in page if item.problem],
        extra_minutes=rules.extension_minutes(
            paper, attempt.started_at, attempt.deadline_at, attempt.granted_minutes
        ),
        now=now,
        standing=paper_places.standing(attempt, page, _minutes_left(attempt, now)),
        text=text,
    )


@attempts.post("/attempts/<int:attempt_id>/responses/<key>")
def save_one(attempt_id: int, key: str) -> tuple[Response, int]:
    """Keep one answer that the script sends; the JSON says what became of it in words."""
    session, now = db.session(), clock.now()
    found = attempt_to_save(session, person(), attempt_id)
    if found is None:
        return jsonify(message=_("This attempt is not known.")), 404
    attempt, quiz = found
    question = next((item for item in quiz.questions() if item.id == key), None)
    if question is None:
        return jsonify(message=str(quiz_words.REFUSALS[Refusal.UNKNOWN])), 404
    read = read_question(question, request.form)
    if read.given is None:
        return jsonify(message=unreadable_text(read.problem)), 400
    saved = actions.save_response(session, attempt, read.given, now=now)
    if saved.refusal is not None:
        return _refused(saved), STATUS[saved.refusal]
    session.commit()
    return jsonify(paper_pages.receipt(question, read.given.answer, saved, attempt.deadline_at)), 200


def _refused(saved: actions.Saved) -> Response:
    if saved.refusal is Refusal.NEWER:
        return jsonify(
            reason=Refusal.NEWER,
            message=_(
                "A later answer from another device or tab was saved at %(clock)s.",
                clock=formats.clock(saved.saved_at),
            ),
        )
    if saved.refusal is Refusal.FIXED:
        return jsonify(reason=Refusal.NEWER, fixed=True, message=str(quiz_words.REFUSALS[Refusal.FIXED]))
    return jsonify(reason=saved.refusal, message=str(quiz_words.REFUSALS[saved.refusal or Refusal.CLOSED]))


@attempts.post("/attempts/<int:attempt_id>/responses")
def save(attempt_id: int) -> BaseResponse:
    """Keep all answers of the form and come back to the same paper."""
    session, now = db.session(), clock.now()
    attempt = own_attempt(attempt_id, lock=True)
    saved = save_form(attempt, now)
    if saved.refusal is not None:
        return lead_to_result(attempt, now)
    session.commit()
    if saved.newer:
        flash(quiz_words.newer_text(len(saved.newer)), "warn")
    elif "go" not in request.form:
        flash(quiz_words.saved_text(now), "ok")
    return redirect(paper_places.after_saving(attempt, request.form, stay=bool(saved.newer)), 303)


@attempts.post("/attempts/<int:attempt_id>/extension")
def extend(attempt_id: int) -> BaseResponse:
    """Add time, once, without a reason; answers of the form are kept first."""
    session, now = db.session(), clock.now()
    attempt = own_attempt(attempt_id, lock=True)
    if save_form(attempt, now).refusal is not None:
        return lead_to_result(attempt, now)
    minutes = actions.extend(session, attempt, now=now)
    session.commit()
    if minutes:
        until = formats.clock(attempt.deadline_at)
        words = _(
            "%(minutes)s minutes were added. The time ends at %(clock)s WIB.", minutes=minutes, clock=until
        )
        flash(words, "ok")
    return redirect(paper_places.after_saving(attempt, request.form), 303)


@attempts.get("/attempts/<int:attempt_id>/submission")
def confirm(attempt_id: int) -> str | BaseResponse:
    """Say which questions are not answered, before an incomplete paper is handed in."""
    (attempt, quiz), now = _shown(attempt_id), clock.now()
    if not rules.is_open(attempt, now):
        return redirect(url_for("attempts.result", attempt_id=attempt.id), 303)
    text, stored = _paper(attempt)
    page = paper_pages.asked(quiz, attempt, stored, text)
    return render_template(
        "learner/attempts/confirm.html",
        attempt=attempt,
        quiz=quiz,
        total=len(page),
        questions=page,
        places=paper_places,
        missing=[item for item in page if not item.answered],
        lengths=[item for item in page if item.length_note],
    )


@attempts.post("/attempts/<int:attempt_id>/submission")
def submit(attempt_id: int) -> BaseResponse:
    """Keep the answers that came along, then close and grade; an incomplete paper is asked about once."""
    session, now = db.session(), clock.now()
    attempt = own_attempt(attempt_id, lock=True)
    saved = save_form(attempt, now)
    if saved.refusal is not None:
        return lead_to_result(attempt, now)
    if not request.form.get("confirmed") and (saved.newer or _incomplete(attempt)):
        session.commit()
        if saved.newer:
            flash(quiz_words.newer_text(len(saved.newer)), "warn")
        return redirect(url_for("attempts.confirm", attempt_id=attempt.id), 303)
    progress_actions.submit_attempt(session, attempt, now=now, office=office())
    session.commit()
    return redirect(url_for("attempts.result", attempt_id=attempt.id), 303)


def _shown(attempt_id: int) -> tuple[ShownAttempt, Quiz]:
    """Return an attempt of the person for a page that changes nothing; 404 for what is not theirs."""
    found = attempt_to_show(db.session(), person(), attempt_id)
    if found is None:
        abort(404)
    return found


def _paper(attempt: ShownAttempt) -> tuple[CourseText, dict[str, SavedAnswer]]:
    """Return the renderer for a paper and the saved answers."""
    session = db.session()
    text = text_of_version(session, attempt.slug, attempt.version_id, attempt.digest, attempt.language)
    return text, answers_to_show(session, attempt.id)


def own_attempt(attempt_id: int, *, lock: bool = False) -> Attempt:
    """Return an attempt of the person; 404 for what is not theirs."""
    attempt = attempt_for(db.session(), person(), attempt_id, lock=lock)
    if attempt is None:
        abort(404)
    return attempt


def own_quiz(attempt: Attempt) -> Quiz:
    """Return the quiz of the version that the attempt was started with."""
    return quiz_of_attempt(db.session(), attempt)


def save_form(attempt: Attempt, now: datetime) -> actions.SavedAll:
    """Keep the answers that the form carries."""
    given = read_form(own_quiz(attempt), rules.paper_of(attempt.paper), request.form)
    return actions.save_many(db.session(), attempt, given, now=now)


def _incomplete(attempt: Attempt) -> bool:
    """Tell whether an answer is missing, cannot be read, or is an essay shorter or longer than asked for."""
    answers, asked = answers_of(db.session(), attempt.id), rules.keys_of(rules.paper_of(attempt.paper))
    return any(
        not rules.is_answered(question, answers.get(question.id))
        or length_note(question, answers.get(question.id))
        for question in own_quiz(attempt).questions()
        if question.id in asked
    )


def lead_to_result(attempt: Attempt, now: datetime) -> BaseResponse:
    """Lead to the result of an attempt that takes no more answers; an overdue one is closed on the way."""
    session = db.session()
    if attempt.submitted_at is None:
        progress_actions.submit_attempt(session, attempt, now=now, office=office())
        session.commit()
        flash(
            _("The time ended at %(clock)s WIB. What was saved before that was graded; "
              "answers sent later are not counted.", clock=formats.clock(attempt.deadline_at)),
            "warn",
        )  # fmt: skip
    elif attempt.closed_by == "deadline":
        flash(str(quiz_words.REFUSALS[Refusal.LATE]), "info")
    return redirect(url_for("attempts.result", attempt_id=attempt.id), 303)


def _minutes_left(attempt: ShownAttempt, now: datetime) -> int | None:
    if attempt.deadline_at is None:
        return None
    return int((attempt.deadline_at - now).total_seconds() // 60)
