"""Join a course, leave it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.catalog.queries import course_by_slug
from lms.domain.enrollments import actions
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.progress.queries import progress_of
from lms.web.access import me, person
from lms.web.learner.home import step_url
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
    found = enrollment_for(session, person(), slug)
    if found is None:
        abort(404)
    step = progress_of(session, found).next
    target = step_url(found, step) if step else url_for("catalog.show", slug=slug)
    return redirect(target, 303)


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
