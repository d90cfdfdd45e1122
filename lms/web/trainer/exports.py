"""Download the text of a course as ZIP."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lms import clock
from lms.content.bundle import write_zip
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.catalog.queries import draft_bundle, export_bundle
from lms.web.access import me
from lms.web.trainer.own import own_course

exports = Blueprint("exports", __name__, url_prefix="/courses/<slug>/exports")


@exports.post("")
def create(slug: str) -> Response:
    """Send the live version with its history, or the draft; keys of quizzes are in it, so it is logged."""
    own, session = own_course(slug), db.session()
    draft = request.form.get("what") == "draft"
    if draft:
        bundle = draft_bundle(session, own.course.id)
        name = f"{slug}-draf.zip"
    else:
        live = own.course.live_version
        bundle = export_bundle(session, own.course, live) if live else None
        name = f"{slug}-v{live.number}.zip" if live else ""
    if bundle is None:
        abort(404)
    record(session, "course.exported", now=clock.now(), actor=me().id, subject=("course", own.course.id),
           what="draft" if draft else "live")  # fmt: skip
    session.commit()
    response = Response(write_zip(bundle), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
