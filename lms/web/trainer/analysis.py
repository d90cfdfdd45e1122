"""What first attempts say of the questions of a quiz: what to mend, with the figures behind it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, request, url_for

from lms import clock
from lms.content.exchange.markdown import write_question
from lms.content.html import plain_words
from lms.content.questions import Question
from lms.content.writing.compare import compare_whole
from lms.db import db
from lms.domain.analysis import rules
from lms.domain.analysis.queries import (
    QuizAnalysis,
    analyses_of,
    count_first,
    largest_drop,
    notes_of,
    outcomes_of,
    pieces_health,
    read_sheets,
)
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import Membership, pieces
from lms.web import analysis_words as words
from lms.web.access import me
from lms.web.analysis_files import figures_file, marks_file
from lms.web.course_pages import CourseText, live_text
from lms.web.external import staff_only
from lms.web.listing import page_of
from lms.web.recording import record_view
from lms.web.trainer.own import course_page, own_course
from lms.web.trainer.results import gain_between

analysis = Blueprint("analysis", __name__, url_prefix="/courses/<slug>/analysis")


def _live(own: Membership) -> CourseVersion:
    """Return the live version; 404 for a course that was never published."""
    if own.course.live_version is None:
        abort(404)
    return own.course.live_version


def _analyses(own: Membership, key: str) -> tuple[QuizAnalysis, ...]:
    """Return the editions of a quiz that were answered, and the newest; 404 for none, and for a survey."""
    session = db.session()
    rows = pieces(session, _live(own).id)
    pretest = next((row.key for row in rows if row.use == "pretest" and row.key != key), None)
    found = analyses_of(session, own.course.id, key, pretest)
    if not found or found[0].edition.quiz.use == "survey":
        abort(404)
    return (found[0], *(one for one in found[1:] if one.people or one.waiting))


def _chosen(found: tuple[QuizAnalysis, ...]) -> QuizAnalysis:
    """Return the edition that is asked for by the number of one of its versions, else the newest."""
    asked = request.values.get("version", "")
    return next((one for one in found if asked in {str(n) for n in one.edition.numbers}), found[0])


def _plain(text: CourseText) -> Callable[[str], str]:
    """Return what makes plain words of Markdown."""

    def plain(markdown: str) -> str:
        return plain_words(text.inline(markdown, "", "words"))

    return plain


def _source_url(own: Membership, key: str, newest: QuizAnalysis, question: Question) -> str:
    """Return where the question is changed, or for a course of the server's folder where it is read with
    its key; empty when the live text has it no more."""
    if newest.question(question.id) is None:
        return ""
    if own.course.home == "desk":
        return url_for("trainer.question_forms.find", slug=own.course.slug, key=question.id)
    url = url_for("trainer.previews.piece", slug=own.course.slug, place="live", key=key)
    return f"{url}?key=1#{question.id}"


def _page(template: str, own: Membership, found: tuple[QuizAnalysis, ...], **values: object) -> str:
    text = live_text(db.session(), _live(own), own.course.slug)
    return course_page(
        template,
        own,
        "analysis",
        chosen=_chosen(found),
        editions=found,
        newest=found[0],
        key=found[0].edition.quiz.id,
        text=text,
        plain=_plain(text),
        words=words,
        rules=rules,
        source_url=lambda question: _source_url(own, found[0].edition.quiz.id, found[0], question),
        **values,
    )


@analysis.get("")
def index(slug: str) -> str:
    """Show how learners come through the course, what they master least, and its quizzes."""
    own, session = own_course(slug), db.session()
    rows = pieces(session, _live(own).id)
    quizzes = [row for row in rows if row.kind == "quiz"]
    health = pieces_health(session, own.course.id, rows)
    return course_page(
        "trainer/analysis/index.html",
        own,
        "analysis",
        health=health,
        drop=largest_drop(health),
        outcomes=outcomes_of(session, own.course.id, rows),
        gain=gain_between(own.course.id, quizzes),
        quizzes=[row for row in quizzes if row.use != "survey"],
        counts=count_first(session, own.course.id),
        rules=rules,
    )


@analysis.get("/<key>")
def show(slug: str, key: str) -> str:
    """Show what to mend in a quiz, then all its questions, then the figures."""
    own = own_course(slug)
    found = _analyses(own, key)
    questions = _chosen(found).questions
    page = page_of(request.args, len(questions))
    return _page(
        "trainer/analysis/show.html",
        own,
        found,
        flagged=sorted(
            (one for one in questions if one.flags), key=lambda one: (not one.flags[0].severe, one.number)
        ),
        shown=questions[page.offset : page.offset + page.size],
        page=page,
    )


@analysis.get("/<key>/questions/<question_key>")
def question(slug: str, key: str, question_key: str) -> str:
    """Show one question: who answered what, its picture by quarters, its other versions."""
    own = own_course(slug)
    found = _analyses(own, key)
    one = _chosen(found).question(question_key)
    if one is None:
        abort(404)
    others = [(each.edition, other) for each in found if (other := each.question(question_key))]
    differing = [
        (edition, other, compare_whole(write_question(other.question), write_question(one.question)))
        for edition, other in others
        if other.question.digest != one.question.digest
    ]
    return _page("trainer/analysis/question.html", own, found, one=one, others=others, differing=differing)


@analysis.get("/<key>/notes")
def notes(slug: str, key: str) -> str:
    """Show the owner of the course where answers are alike beyond chance; who looked is recorded."""
    own, user_id, now = own_course(slug), me().id, clock.now()
    if own.role != "owner":
        abort(403)
    found = _analyses(own, key)
    noted = notes_of(db.session(), own.course.id, _chosen(found).edition)
    if noted.alike or noted.quick:
        subject = ("course", own.course.id)
        record_view(
            lambda session: record(
                session, "honesty.viewed", now=now, actor=user_id, subject=subject, quiz=key
            )
        )
    return _page("trainer/analysis/notes.html", own, found, notes=noted)


@analysis.post("/<key>/files")
def export(slug: str, key: str) -> Response:
    """Send the figures, or the marks they come from without names, as CSV."""
    own, session = own_course(slug), db.session()
    chosen = _chosen(_analyses(own, key))
    if request.form.get("kind") == "marks":
        staff_only()
        (sheet,) = read_sheets(session, own.course.id, key, [chosen.edition])
        response = marks_file(slug, sheet)
    else:
        response = figures_file(slug, chosen)
    record(session, "analysis.exported", now=clock.now(), actor=me().id, subject=("course", own.course.id),
           quiz=key)  # fmt: skip
    session.commit()
    return response
