"""The evaluation of a course by its learner: asked for, anonymous, once for each cycle."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.evaluations import rules
from lms.domain.evaluations.actions import give
from lms.domain.evaluations.queries import has_given
from lms.web.access import person
from lms.web.evaluation_words import FORMS, ITEMS, SCALE

evaluation = Blueprint("evaluation", __name__, url_prefix="/courses/<slug>/evaluation")


def evaluation_due(enrollment: Enrollment | None) -> bool:
    """Tell whether the page of a course asks its learner for an evaluation; at most one statement."""
    if enrollment is None or not rules.may_answer(enrollment.version.header, enrollment.started_at, False):
        return False
    return not has_given(db.session(), enrollment.id)


@evaluation.get("")
def show(slug: str) -> str:
    """Show the form, or that it was answered."""
    return _page(_enrollment(slug), {})


@evaluation.post("")
def create(slug: str) -> str | Response | tuple[str, int]:
    """Keep the answers without the person; a second form changes nothing."""
    enrollment = _enrollment(slug)
    given = rules.read_form(request.form)
    too_long = _("Shorten the text to %(most)s letters.", most=rules.MOST_LETTERS)
    problems = dict.fromkeys(given.too_long, too_long)
    if given.blank:
        problems["org-info"] = _("Answer at least one item.")
    if problems:
        return _page(enrollment, problems), 422
    session = db.session()
    stored = give(session, enrollment, given, now=clock.now())
    session.commit()
    if stored:
        flash(_("Thank you. Your answers are stored without your name."), "ok")
    else:
        flash(_("You had answered already; nothing was changed."), "info")
    return redirect(url_for("catalog.show", slug=slug), 303)


def _enrollment(slug: str) -> Enrollment:
    """Return the enrolment of the person; 404 without one, or where no standard form is offered yet."""
    found = enrollment_for(db.session(), person(), slug)
    if found is None or not rules.may_answer(found.version.header, found.started_at, False):
        abort(404)
    return found


def _page(enrollment: Enrollment, problems: dict[str, str]) -> str:
    return render_template(
        "learner/evaluation/show.html",
        nav="catalog",
        enrollment=enrollment,
        given=has_given(db.session(), enrollment.id),
        forms=rules.FORMS,
        comments=rules.COMMENTS,
        titles=FORMS,
        items=ITEMS,
        scale=SCALE,
        typed=request.form,
        problems=problems,
        enough=rules.ENOUGH,
        most=rules.MOST_LETTERS,
    )
