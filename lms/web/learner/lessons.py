"""Read a lesson, finish it, see what is still missing."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.catalog.queries import lesson_of
from lms.domain.certificates.queries import certificate_of_enrollment
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.progress import actions
from lms.domain.progress.queries import LastAnswer, progress_of, progress_with_answers
from lms.domain.progress.rules import PieceState, Progress, Step
from lms.domain.reports.marking import own_essays
from lms.web.access import person
from lms.web.course_pages import lesson_html, live_text
from lms.web.learner import quiz_words
from lms.web.learner.asking import asked_at
from lms.web.learner.changed_law import law_of
from lms.web.learner.check_pages import Desk, left_text
from lms.web.learner.evaluation import evaluation_due
from lms.web.learner.home import deadline_of, piece_url, step_url
from lms.web.office import office
from lms.web.recording import record_view
from lms.web.refusals import undo

lessons = Blueprint("lessons", __name__, url_prefix="/courses/<slug>")


@lessons.get("/lessons/<key>")
def show(slug: str, key: str) -> str | Response:
    """Show a lesson of a course the person is enrolled in."""
    session = db.session()
    enrollment, progress, step, answers = lesson_step(slug, key)
    if step.state is PieceState.LOCKED:
        flash(locked_text(step), "info")
        return redirect(url_for("lessons.missing", slug=slug), 303)
    desk = _desk(enrollment, step, answers)
    html, asked = asked_at(enrollment, key, lesson_html(session, enrollment.version, step.piece, slug))
    page = render_template(
        "learner/lessons/show.html",
        nav="catalog",
        enrollment=enrollment,
        slug=slug,
        progress=progress,
        step=step,
        number=progress.steps.index(step) + 1,
        module=next((row.title for row in progress.modules if row.key == step.piece.module_key), ""),
        previous=progress.before(key),
        following=progress.after(key),
        parts=desk.parts(html),
        desk=desk,
        asked=asked,
        words=quiz_words,
    )
    if key not in progress.opened:
        enrollment_id, now = enrollment.id, clock.now()
        session.rollback()  # the view is recorded in a transaction of its own, when the page has been made
        record_view(lambda other: actions.open_lesson(other, enrollment_id, key, now=now))
    return page


@lessons.post("/lessons/<key>/completion")
def finish(slug: str, key: str) -> Response:
    """Mark the lesson as finished and go on to the next thing."""
    session = db.session()
    enrollment, _progress, step, _answers = lesson_step(slug, key, lock=True)
    if step.state is PieceState.LOCKED:
        abort(404)
    try:
        certificate = actions.finish_lesson(session, enrollment, step.piece, now=clock.now(), office=office())
    except actions.ChecksOpen as error:
        undo()
        flash(left_text(len(error.questions)), "info")
        anchor = f"soal-{error.questions[0]}"
        return redirect(url_for("lessons.show", slug=slug, key=key, _anchor=anchor), 303)
    except actions.TooSoon as error:
        undo()
        minutes = -(-error.seconds // 60)
        flash(
            ngettext(
                "Please read on: this lesson counts as read in about %(num)s minute.",
                "Please read on: this lesson counts as read in about %(num)s minutes.",
                minutes,
            ),
            "info",
        )
        return redirect(url_for("lessons.show", slug=slug, key=key), 303)
    session.commit()
    if certificate is not None:
        flash(_("You have completed the course. Your certificate is ready."), "ok")
        return redirect(url_for("lessons.missing", slug=slug), 303)
    progress = progress_of(session, enrollment)
    following = progress.after(key)
    if following is not None and following.state is not PieceState.LOCKED:
        return redirect(step_url(enrollment, following), 303)
    return redirect(url_for("lessons.missing", slug=slug), 303)


@lessons.get("/progress")
def missing(slug: str) -> str:
    """Say what is done and what is still missing for completion and certificate."""
    session = db.session()
    enrollment = enrollment_for(session, person(), slug)
    if enrollment is None:
        abort(404)
    progress = progress_of(session, enrollment)
    essays = own_essays(session, person().id, since=clock.now())
    waiting = {item.quiz_key for item in essays if item.waiting and item.enrollment_id == enrollment.id}
    step = progress.next
    return render_template(
        "learner/lessons/missing.html",
        nav="catalog",
        enrollment=enrollment,
        progress=progress,
        step=progress.onward(step.piece.key) if step and step.piece.key in waiting else step,
        waiting=waiting,
        certificate=certificate_of_enrollment(session, enrollment.id),
        due=deadline_of(enrollment),
        evaluate=enrollment.completed_at is not None and evaluation_due(enrollment),
        step_url=step_url,
        piece_url=piece_url,
    )


def locked_text(step: Step) -> str:
    """Return why a part cannot be opened yet; the page of progress links what is missing."""
    title, first = step.piece.title, step.waits_for[0].title
    return str(
        ngettext(
            "“%(title)s” opens after %(num)s more part is done. First: “%(first)s”.",
            "“%(title)s” opens after %(num)s more parts are done. First: “%(first)s”.",
            len(step.waits_for),
            title=title,
            first=first,
        )
    )


Answers = Mapping[str, LastAnswer]


def lesson_step(slug: str, key: str, *, lock: bool = False) -> tuple[Enrollment, Progress, Step, Answers]:
    """Return the enrolment of the person, the step of a lesson and the last answers inside the lesson.

    404 for what is not theirs.
    """
    session = db.session()
    enrollment = enrollment_for(session, person(), slug, lock=lock)
    if enrollment is None:
        abort(404)
    progress, answers = progress_with_answers(session, enrollment, key)
    step = progress.step(key)
    if step is None or step.piece.kind != "lesson":
        abort(404)
    return enrollment, progress, step, answers


def _desk(enrollment: Enrollment, step: Step, answers: Answers) -> Desk:
    """Return what the questions inside the lesson are shown with."""
    session = db.session()
    text = live_text(session, enrollment.version, enrollment.course.slug)
    again, blank = request.args.get("again", ""), request.args.get("blank") == "1"
    lesson = lesson_of(session, step.piece)
    law = law_of(enrollment, [lesson.id, *(item.id for item in lesson.questions())])
    return Desk(lesson, enrollment, text, answers, again, blank, law)
