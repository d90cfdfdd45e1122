"""What learners say of the courses: all courses beside each other, and one."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import live_course
from lms.domain.evaluations.queries import course_lines
from lms.domain.evaluations.rules import ENOUGH, HIGHEST
from lms.web.access import me
from lms.web.evaluation_pages import result_file, result_values

evaluations = Blueprint("evaluations", __name__, url_prefix="/evaluations")


@evaluations.get("")
def index() -> str:
    """List the courses that were evaluated."""
    lines = course_lines(db.session())
    return render_template("hr/evaluations/index.html", lines=lines, enough=ENOUGH, highest=HIGHEST)


@evaluations.get("/<slug>")
def show(slug: str) -> str:
    """Show the results of one course."""
    version = _live(slug)
    values = result_values(db.session(), version.course_id)
    return render_template(
        "hr/evaluations/show.html", slug=slug, course_title=version.title,
        side_endpoint="hr.evaluations.index", **values,
    )  # fmt: skip


@evaluations.post("/<slug>/files")
def export(slug: str) -> Response:
    """Send the results as XLSX or CSV; 404 while too few have answered."""
    version, session = _live(slug), db.session()
    file = result_file(session, version.course_id, slug, version.title)
    if file is None:
        abort(404)
    subject = ("course", version.course_id)
    record(session, "evaluation.exported", now=clock.now(), actor=me().id, subject=subject)
    session.commit()
    return file


def _live(slug: str) -> CourseVersion:
    found = live_course(db.session(), slug)
    if found is None or found.live_version is None:
        abort(404)
    return found.live_version
