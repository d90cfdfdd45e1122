"""Join a course, leave it, take it again, go on in its newer version."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import course_by_slug
from lms.domain.enrollments import actions
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.obligations.queries import renewal_open
from lms.domain.progress import actions as progress
from lms.domain.progress.queries import plan_of, progress_of
from lms.domain.quizzes.queries import open_attempts
from lms.domain.quizzes.rules import is_open
from lms.i18n.formats import date as day_text
from lms.web.access import me, person
from lms.web.context import policy
from lms.web.learner.home import step_url
from lms.web.office import office
from lms.web.refusals import undo

enrollment = Blueprint("enrollment", __name__, url_prefix="/courses/<slug>/enrollment")


@enrollment.post("")
def create(slug: str) -> Response:
    """Join the course (a second press finds the first enrolment) and go to its first step."""
    session = db.session()
    course = course_by_slug(session, slug)
    if course is None:
        abort(404)
    try:
        actions.join(session, me(), course, now=clock.now())
    except actions.NotPrepared as error:
        titles = ", ".join(one.title for one in error.lacking)
        undo()
        flash(_("First complete: %(courses)s. Then you can join this course.", courses=titles), "warn")
        return redirect(url_for("catalog.show", slug=slug), 303)
    except actions.NotPublished:
        abort(404)
    session.commit()
    return _to_next_step(slug)


def _to_next_step(slug: str) -> Response:
    session = db.session()
    found = _own(slug)
    step = progress_of(session, found).next
    target = step_url(found, step) if step else url_for("catalog.show", slug=slug)
    return redirect(target, 303)


def _own(slug: str) -> Enrollment:
    """The enrolment of the person; 404 for what is not theirs."""
    found = enrollment_for(db.session(), person(), slug)
    if found is None:
        abort(404)
    return found


@enrollment.post("/retake")
def again(slug: str) -> Response:
    """Open the next cycle of a completed course (a second press finds it) and go to its first step."""
    session, now = db.session(), clock.now()
    asked = renewal_open(session, person().id, slug, clock.local_date(now))
    try:
        progress.take_again(session, _own(slug), now=now, policy=policy(), asked=asked)
    except progress.NotAgain as error:
        since = error.retake.since
        undo()
        if since is None:
            flash(_("This course is not taken again."), "info")
        else:
            flash(_("You can take this course again from %(day)s on.", day=day_text(since)), "info")
        return redirect(url_for("catalog.show", slug=slug), 303)
    except actions.NotPublished:
        abort(404)
    session.commit()
    return _to_next_step(slug)


@enrollment.get("/version")
def newer(slug: str) -> str | Response:
    """Say what is kept and what is to be done again in the newer version, and ask."""
    session, found = db.session(), _own(slug)
    if found.newer_version_id is None:
        return redirect(url_for("catalog.show", slug=slug), 303)
    live = session.get_one(CourseVersion, found.newer_version_id)
    now = clock.now()
    return render_template(
        "learner/enrollment/newer.html",
        nav="catalog",
        slug=slug,
        own=found.version,
        live=live,
        plan=plan_of(session, found, live),
        attempt_open=any(is_open(attempt, now) for attempt in open_attempts(session, found.id)),
    )


@enrollment.post("/version")
def move(slug: str) -> Response:
    """Go on in the version that was confirmed; when yet another one is live by now, ask again."""
    session, found = db.session(), _own(slug)
    live_id = found.newer_version_id
    if live_id is None:
        flash(_("You are in the newest version already."), "info")
        return redirect(url_for("catalog.show", slug=slug), 303)
    number = session.get_one(CourseVersion, live_id).number
    ask = redirect(url_for("enrollment.newer", slug=slug), 303)
    if request.form.get("version") != str(number):
        flash(
            _("Version %(number)s has been published meanwhile. Please look once more.", number=number),
            "info",
        )
        return ask
    try:
        progress.move_up(session, found, now=clock.now(), office=office())
    except progress.AttemptOpen:
        undo()
        return ask
    except progress.NothingNewer:
        undo()
        return redirect(url_for("catalog.show", slug=slug), 303)
    session.commit()
    flash(_("You are now in version %(number)s. What you did is kept.", number=number), "ok")
    return redirect(url_for("lessons.missing", slug=slug), 303)


@enrollment.post("/withdrawal")
def withdraw(slug: str) -> Response:
    """Leave a course that is not finished; what was done is kept for a later return."""
    session = db.session()
    found = enrollment_for(session, person(), slug, lock=True)
    if found is None:
        abort(404)
    if actions.withdraw(session, found, now=clock.now()):
        flash(_("You have left the course. What you did is kept if you join again."), "ok")
    session.commit()
    return redirect(url_for("catalog.show", slug=slug), 303)
