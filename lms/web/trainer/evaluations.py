"""What the learners of a course say of it."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.web.access import me
from lms.web.evaluation_pages import result_file, result_values
from lms.web.trainer.own import course_page, own_course

evaluations = Blueprint("evaluations", __name__, url_prefix="/courses/<slug>/evaluation")


@evaluations.get("")
def show(slug: str) -> str:
    """Show the mean of each item and the comments, once enough people have answered."""
    own = own_course(slug)
    values = result_values(db.session(), own.course.id)
    return course_page("trainer/evaluations/show.html", own, "evaluation", **values)


@evaluations.post("/files")
def export(slug: str) -> Response:
    """Send the results as XLSX or CSV; 404 while too few have answered."""
    own, session = own_course(slug), db.session()
    live = own.course.live_version
    file = result_file(session, own.course.id, slug, live.title if live else slug)
    if file is None:
        abort(404)
    record(session, "evaluation.exported", now=clock.now(), actor=me().id, subject=("course", own.course.id))
    session.commit()
    return file
