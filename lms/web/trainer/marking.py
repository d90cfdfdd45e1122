"""Mark essays: the queue, one answer a page, without the name of the learner unless asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.content.questions import Question
from lms.content.questions.essay import clean, count_words
from lms.db import db
from lms.domain.accounts.queries import names_of
from lms.domain.audit.actions import record
from lms.domain.progress import actions as progress
from lms.domain.quizzes.actions import Judgement, MarkState
from lms.domain.quizzes.models import Grading
from lms.domain.quizzes.queries import history_of, quiz_of
from lms.domain.reports import marking as essays
from lms.domain.reports.marking import Essay
from lms.web.access import person
from lms.web.course_pages import live_text
from lms.web.external import is_external
from lms.web.listing import page_of
from lms.web.office import office

marking = Blueprint("marking", __name__, url_prefix="/marking")
MOST_COMMENT, MOST_REASON = 2000, 200
_PAGE = "/<int:attempt_id>/<key>"


@dataclass(frozen=True)
class Typed:
    """What a marker chose and typed; `level` is None when none was chosen."""

    level: Decimal | None = None
    comment: str = ""
    reason: str = ""


@marking.get("")
def index() -> str:
    """List the essays that wait, the oldest first, or (`?done=1`) those that are marked."""
    session, user_id = db.session(), person().id
    done = request.args.get("done") == "1"
    open_count, done_count = essays.count_waiting(session, user_id), essays.count_marked(session, user_id)
    page = page_of(request.args, done_count if done else open_count)
    find = essays.marked if done else essays.waiting
    return render_template(
        "trainer/marking/index.html",
        rows=find(session, user_id, offset=page.offset, limit=page.size),
        page=page,
        done=done,
        open_count=open_count,
        done_count=done_count,
        age=age_text,
        now=clock.now(),
    )


@marking.get(_PAGE)
def show(attempt_id: int, key: str) -> str:
    """Show an essay with its rubric, its earlier marks and the form."""
    essay, question = _essay(attempt_id, key)
    history = history_of(db.session(), attempt_id, key)
    newest = history[0] if history else None
    level = Decimal(str(newest.level)) if newest and newest.level is not None else None
    return _page(essay, question, Typed(level, newest.comment if newest else ""), {})


@marking.post(_PAGE)
def save(attempt_id: int, key: str) -> str | Response | tuple[str, int]:
    """Append the mark and go to the next essay; a mark that came meanwhile is shown first."""
    essay, question = _essay(attempt_id, key)
    typed, problems = _typed(question), {}
    if typed.level is None:
        problems["level"] = _("Choose a level of the rubric.")
    if len(typed.comment) > MOST_COMMENT:
        problems["comment"] = _("Shorten the comment to %(most)s letters.", most=MOST_COMMENT)
    if len(typed.reason) > MOST_REASON:
        problems["reason"] = _("Shorten the reason to %(most)s letters.", most=MOST_REASON)
    if problems or typed.level is None:
        return _page(essay, question, typed, problems), 422
    session, user_id = db.session(), person().id
    given = Judgement(typed.level, typed.comment, typed.reason, request.form.get("seen", 0, int))
    place = essay.place
    outcome = progress.mark_essay(
        session, essay.attempt, question, given, by=user_id, now=clock.now(), office=office()
    )
    if outcome.state is MarkState.OTHER:
        return _page(essay, question, typed, {}, other=outcome.grading), 409
    if outcome.state is MarkState.REASON:
        problems["reason"] = _("Say why the mark is changed; the learner reads it.")
        return _page(essay, question, typed, problems), 422
    session.commit()
    saved = outcome.state is MarkState.SAVED
    flash(_("The mark is saved.") if saved else _("This mark stood already; nothing was changed."), "ok")
    following = essays.next_waiting(session, user_id, place) if request.form.get("then") == "next" else None
    if following is None:
        return redirect(url_for("trainer.marking.index"), 303)
    return redirect(url_for("trainer.marking.show", attempt_id=following[0], key=following[1]), 303)


@marking.post(f"{_PAGE}/name")
def reveal(attempt_id: int, key: str) -> Response:
    """Show the name of the learner from now on; the activity log says who asked."""
    essay, _question = _essay(attempt_id, key)
    session, user_id = db.session(), person().id
    if not essays.name_is_shown(session, user_id, essay.attempt.id):
        subject = ("attempt", essay.attempt.id)
        record(session, essays.NAME_SHOWN, now=clock.now(), actor=user_id, subject=subject)
        session.commit()
    return redirect(url_for("trainer.marking.show", attempt_id=attempt_id, key=key), 303)


def age_text(since: datetime, now: datetime) -> str:
    """Return how long an essay waits: "3 hari", "5 jam", "kurang dari satu jam"."""
    hours = int((now - since).total_seconds() // 3600)
    if hours >= 24:
        return str(ngettext("%(num)s day", "%(num)s days", hours // 24))
    return str(ngettext("%(num)s hour", "%(num)s hours", hours) if hours else _("less than an hour"))


def _essay(attempt_id: int, key: str) -> tuple[Essay, Question]:
    """Return an essay that the person may mark, and its question; 404 for every other answer."""
    session = db.session()
    essay = essays.essay_for(session, person().id, attempt_id, key)
    if essay is None:
        abort(404)
    quiz = quiz_of(session, essay.attempt.version_id, essay.attempt.quiz_key)
    question = next((item for item in quiz.questions() if item.id == key), None)
    if question is None or not question.rubric:
        abort(404)
    return essay, question


def _typed(question: Question) -> Typed:
    levels = {str(level.value): level.value for level in question.rubric}
    return Typed(
        levels.get(request.form.get("level", "")),
        clean(request.form.get("comment", "")),
        " ".join(clean(request.form.get("reason", "")).split()),
    )


def _page(
    essay: Essay, question: Question, typed: Typed, problems: dict[str, str], other: Grading | None = None
) -> str:
    session, user_id = db.session(), person().id
    history = history_of(session, essay.attempt.id, question.id)
    text = live_text(session, essay.version, essay.enrollment.course.slug)
    return render_template(
        "trainer/marking/show.html",
        side_endpoint="trainer.marking.index",
        essay=essay,
        question=question,
        prompt=text.block(question.prompt, question.digest, question.id),
        language=text.language,
        words=count_words(essay.response.answer),
        typed=typed,
        problems=problems,
        other=other,
        history=history,
        markers=names_of(session, {row.graded_by for row in history if row.graded_by is not None}),
        named=not is_external() and essays.name_is_shown(session, user_id, essay.attempt.id),
        skip=essays.next_waiting(session, user_id, essay.place),
        open_count=essays.count_waiting(session, user_id),
        age=age_text,
        now=clock.now(),
        most_comment=MOST_COMMENT,
        most_reason=MOST_REASON,
    )
