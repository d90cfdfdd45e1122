"""Pictures and documents of courses, for those who may see the course."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lms.content.paths import extension
from lms.db import db
from lms.domain.catalog.queries import course_for, draft_has_file, file_data, versions_with_file
from lms.domain.enrollments.queries import is_in_version
from lms.web.access import me, person

course_files = Blueprint("course_files", __name__)

TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "svg": "image/svg+xml", "mp3": "audio/mpeg", "mp4": "video/mp4", "vtt": "text/vtt",
}  # fmt: skip
"""What a page may show in place; every other file is saved, never opened as a page of ours."""
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
YEAR_SECONDS = 365 * 24 * 3600


@course_files.get("/courses/<slug>/files/<digest>/<path:name>")
def show(slug: str, digest: str, name: str) -> Response:
    """Send a file to people in a version that has it and to the members of the course; else 404.

    The address names the content (SHA-256), so the browser keeps it for ever.
    """
    if not name.startswith("aset/") or not _may_read(slug, name, digest):
        abort(404)
    data = file_data(db.session(), digest)
    if data is None:
        abort(404)
    kind = TYPES.get(extension(name))
    response = Response(data, mimetype=kind or "application/octet-stream")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    if kind is None:
        response.headers.set("Content-Disposition", "attachment", filename=name.rpartition("/")[2])
    response.set_etag(digest[:32])
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response


def _may_read(slug: str, name: str, digest: str) -> bool:
    session = db.session()
    versions = versions_with_file(session, slug, name, digest)
    if versions and is_in_version(session, person().id, versions):
        return True
    own = course_for(session, me(), slug)
    return own is not None and (bool(versions) or draft_has_file(session, own.course.id, name, digest))
