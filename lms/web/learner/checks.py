"""Answer the questions inside a lesson: at once in place, or by a form that leads back to its place."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms import clock
from lms.content.questions import Question
from lms.db import db
from lms.domain.catalog.queries import lesson_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress import actions
from lms.domain.progress.queries import check_answers
from lms.domain.progress.rules import PieceState, Step
from lms.domain.quizzes import rules
from lms.web.course_pages import live_text
from lms.web.learner import quiz_words
from lms.web.learner.changed_law import law_of
from lms.web.learner.check_pages import Desk
from lms.web.learner.lessons import lesson_step
from lms.web.learner.paper_forms import read_question

checks = Blueprint("checks", __name__, url_prefix="/courses/<slug>/lessons/<key>/checks")


@checks.get("/<question_key>")
def show(slug: str, key: str, question_key: str) -> str | Response:
    """Show one question to answer (again): a fragment for the script, else its place in the lesson."""
    enrollment, step, question = _question(slug, key, question_key)
    if _wants_fragment():
        return _fragment(enrollment, step, question, again=question.id)
    return redirect(_place(slug, key, question, again=question.id), 303)


@checks.post("/<question_key>")
def answer(slug: str, key: str, question_key: str) -> str | Response:
    """Keep the answer and show what it is worth; a blank one is asked for again."""
    enrollment, step, question = _question(slug, key, question_key, lock=True)
    read = read_question(question, request.form)
    given = read.given.answer if read.given else None
    if rules.is_blank(given):
        if _wants_fragment():
            return _fragment(enrollment, step, question, again=question.id, blank=True)
        return redirect(_place(slug, key, question, again=question.id, blank="1"), 303)
    session = db.session()
    readable = rules.is_answered(question, given)
    actions.answer_check(session, enrollment, key, question, given, readable=readable, now=clock.now())
    session.commit()
    if _wants_fragment():
        return _fragment(enrollment, step, question)
    return redirect(_place(slug, key, question), 303)


def _question(
    slug: str, key: str, question_key: str, *, lock: bool = False
) -> tuple[Enrollment, Step, Question]:
    enrollment, _progress, step, _answers = lesson_step(slug, key, lock=lock)
    lesson = lesson_of(db.session(), step.piece)
    question = next((item for item in lesson.questions() if item.id == question_key), None)
    if question is None or step.state is PieceState.LOCKED:
        abort(404)
    return enrollment, step, question


def _wants_fragment() -> bool:
    return request.headers.get("X-Fragment") == "1"


def _fragment(
    enrollment: Enrollment, step: Step, question: Question, *, again: str = "", blank: bool = False
) -> Response:
    session, slug = db.session(), enrollment.course.slug
    text = live_text(session, enrollment.version, slug)
    answers = check_answers(session, enrollment.id, step.piece.key)
    law = law_of(enrollment, [question.id])
    desk = Desk(lesson_of(session, step.piece), enrollment, text, answers, again, blank, law)
    html = render_template(
        "learner/lessons/question.html", tried=desk.one(question.id), desk=desk, slug=slug,
        key=step.piece.key, words=quiz_words,
    )  # fmt: skip
    return make_response(html)


def _place(slug: str, key: str, question: Question, **query: Any) -> str:
    return url_for("lessons.show", slug=slug, key=key, _anchor=f"soal-{question.id}", **query)
