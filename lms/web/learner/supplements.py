"""The addition of a newer version for people who have completed an earlier one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.catalog.models import Piece
from lms.domain.catalog.queries import lesson_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.progress.actions import read_supplement
from lms.domain.progress.queries import supplements_of
from lms.domain.progress.rules import Supplement
from lms.web.access import person
from lms.web.course_pages import at_checks, lesson_html

supplements = Blueprint("supplements", __name__, url_prefix="/courses/<slug>/addition")


@supplements.get("")
def index(slug: str) -> str:
    """List the lessons of the addition and say what it is."""
    enrollment, supplement = _own(slug)
    return render_template(
        "learner/supplements/index.html",
        nav="catalog",
        slug=slug,
        enrollment=enrollment,
        supplement=supplement,
    )


@supplements.get("/<key>")
def show(slug: str, key: str) -> str:
    """Show a lesson of the addition; the questions inside it belong to the course and are left out."""
    enrollment, supplement = _own(slug)
    lesson = _lesson(supplement, key)
    html = lesson_html(db.session(), supplement.version, lesson, slug)
    source = lesson_of(db.session(), lesson)
    return render_template(
        "learner/supplements/show.html",
        nav="catalog",
        slug=slug,
        enrollment=enrollment,
        supplement=supplement,
        lesson=lesson,
        html=Markup("").join(before for before, _check in at_checks(html, source)),
        legal=source.legal_basis,
    )


@supplements.post("/<key>")
def finish(slug: str, key: str) -> Response:
    """Note that the lesson was read and go on to the next one that is left."""
    session = db.session()
    enrollment, supplement = _own(slug)
    lesson = _lesson(supplement, key)
    last = read_supplement(session, enrollment, supplement, lesson, now=clock.now())
    session.commit()
    if last:
        flash(_("You have read the whole addition. Completion and certificate stay as they are."), "ok")
    left = next((row for row in supplement.left if row.key != key), None)
    if left is None:
        return redirect(url_for("supplements.index", slug=slug), 303)
    return redirect(url_for("supplements.show", slug=slug, key=left.key), 303)


def _own(slug: str) -> tuple[Enrollment, Supplement]:
    """The person's completed enrolment and its addition; 404 where there is none."""
    session = db.session()
    enrollment = enrollment_for(session, person(), slug)
    found = supplements_of(session, [enrollment]) if enrollment else {}
    if enrollment is None or enrollment.id not in found:
        abort(404)
    return enrollment, found[enrollment.id]


def _lesson(supplement: Supplement, key: str) -> Piece:
    found = next((row for row in supplement.lessons if row.key == key), None)
    return found or abort(404)
