"""The result of an attempt, and the answers that are checked before handing in."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms import clock
from lms.db import db
from lms.domain.certificates.queries import certificate_of_enrollment
from lms.domain.progress.queries import progress_of
from lms.domain.quizzes import actions, rules
from lms.domain.quizzes.queries import (
    answers_of,
    corrected_in,
    gradings_of,
    is_recount,
    marks_from,
    result_as_of_deadline,
    results_of,
)
from lms.web.learner import paper_pages, paper_places, quiz_words, result_pages
from lms.web.learner.attempts import attempts, lead_to_result, own_attempt, own_quiz, save_form
from lms.web.learner.changed_law import law_of
from lms.web.learner.gains import gain_of
from lms.web.learner.home import step_url
from lms.web.learner.quizzes import standing

__all__ = ["attempts"]


@attempts.post("/attempts/<int:attempt_id>/responses/<key>/check")
def check(attempt_id: int, key: str) -> BaseResponse:
    """Keep the answers of the form, fix this one and show what it is worth; where the author allows it."""
    session, now = db.session(), clock.now()
    attempt = own_attempt(attempt_id, lock=True)
    quiz = own_quiz(attempt)
    order = rules.keys_of(rules.paper_of(attempt.paper))
    question = next((item for item in quiz.questions() if item.id == key and key in order), None)
    if question is None or not rules.may_check(quiz.reveal, quiz.use, question):
        abort(404)
    saved = save_form(attempt, now)
    if saved.refusal is not None:
        return lead_to_result(attempt, now)
    if saved.newer:
        flash(quiz_words.newer_text(len(saved.newer)), "warn")
    elif not actions.check_response(session, attempt, question, now=now):
        flash(_("Answer the question first; then its answer can be checked."), "info")
    session.commit()
    return redirect(paper_places.address(attempt, order.index(key) + 1), 303)


@attempts.get("/attempts/<int:attempt_id>/result")
def result(attempt_id: int) -> str | BaseResponse:
    """Show what was reached, what may be seen of it, and what comes next."""
    session, now = db.session(), clock.now()
    attempt = own_attempt(attempt_id)
    if rules.is_open(attempt, now):
        return redirect(url_for("attempts.show", attempt_id=attempt.id), 303)
    quiz, enrollment = own_quiz(attempt), attempt.enrollment
    if attempt.submitted_at is None and attempt.deadline_at is not None:
        found, graded = result_as_of_deadline(session, attempt, attempt.deadline_at)
        gradings, marks = {}, {mark.question_key: mark for mark in graded.marks}
    else:
        [found] = results_of(session, [attempt])
        gradings = gradings_of(session, [attempt.id])[attempt.id]
        marks = marks_from(gradings)
    state = standing(enrollment, quiz, now)
    progress = progress_of(session, enrollment)
    gain = gain_of(enrollment, progress, quiz, now)
    reveal = rules.revealed(
        quiz.reveal, quiz.use, closed=True, passed=state.passed, used_up=state.used_up,
        post_taken=gain.post_taken,
    )  # fmt: skip
    text = paper_pages.text_of(session, attempt)
    return render_template(
        "learner/attempts/result.html",
        nav="catalog",
        attempt=attempt,
        enrollment=enrollment,
        quiz=quiz,
        state=state,
        result=found,
        reveal=reveal,
        gain=gain,
        questions=result_pages.judged(
            quiz,
            attempt,
            answers_of(session, attempt.id),
            marks,
            gradings,
            reveal,
            text,
            corrected_in(session, attempt, gradings),
        ),
        law=law_of(enrollment, [item.id for item in quiz.questions() if item.legal_basis]),
        recounts=sorted({row.reason for row in gradings.values() if is_recount(row)}),
        score_missing=rules.score_missing(found.percent, quiz.pass_mark),
        minutes=max(1, round((found.submitted_at - attempt.started_at).total_seconds() / 60)),
        progress=progress,
        before=progress.before(quiz.id),
        onward=progress.onward(quiz.id),
        certificate=certificate_of_enrollment(session, enrollment.id),
        words=quiz_words,
        step_url=step_url,
        text=text,
    )
