"""Pictures, sounds, films and documents of courses, for those who may see the course."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, send_file

from lms.content.media import is_media
from lms.content.paths import extension
from lms.content.pictures import MAKER, WIDTHS, is_raster
from lms.db import db
from lms.domain.catalog.queries import course_for, draft_has_file, file_data, versions_with_file
from lms.domain.enrollments.queries import is_in_version
from lms.web.access import me, person
from lms.web.made_files import media_file, picture_file

course_files = Blueprint("course_files", __name__)

TYPES = {
    "gif": "image/gif", "svg": "image/svg+xml", "mp3": "audio/mpeg", "wav": "audio/wav",
    "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt",
}  # fmt: skip
"""What a page may show in place; photographs apart, every other file is saved, never opened."""
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
YEAR_SECONDS = 365 * 24 * 3600


@course_files.get("/courses/<slug>/files/<digest>/<path:name>")
def show(slug: str, digest: str, name: str) -> Response:
    """Send a file to people in a version that has it and to the members of the course; else 404.

    The address names the content (SHA-256), so the browser keeps it for ever. A photograph is sent as it was
    made for pages, in its largest width: its Exif data (place, camera) never leaves the server.
    """
    _check(slug, name, digest)
    if is_raster(name):
        return _picture(digest, WIDTHS[-1])
    if is_media(name):
        return _media(digest, name)
    data = file_data(db.session(), digest)
    if data is None:
        abort(404)
    kind = TYPES.get(extension(name))
    response = Response(data, mimetype=kind or "application/octet-stream")
    if kind is None:
        response.headers.set("Content-Disposition", "attachment", filename=name.rpartition("/")[2])
    return _kept(_conditional(response, digest[:32], len(data)))


@course_files.get("/courses/<slug>/pictures/<digest>/<int:width>/<path:name>")
def picture(slug: str, digest: str, width: int, name: str) -> Response:
    """Send a photograph in one of the widths, to those who get the file itself; else 404."""
    if width not in WIDTHS or not is_raster(name):
        abort(404)
    _check(slug, name, digest)
    return _picture(digest, width)


def _picture(digest: str, width: int) -> Response:
    path = picture_file(db.session(), digest, width)
    if path is None:
        abort(404)
    data = path.read_bytes()
    response = Response(data, mimetype="image/webp")
    return _kept(_conditional(response, f"{digest[:32]}-{width}-{MAKER}", len(data)))


def _media(digest: str, name: str) -> Response:
    """A sound or film from the disk, in parts if the browser asks for parts; it is never held whole."""
    path = media_file(db.session(), digest)
    if path is None:
        abort(404)
    return _kept(send_file(path, TYPES[extension(name)], conditional=True, etag=digest[:32]))


def _conditional(response: Response, etag: str, length: int) -> Response:
    response.set_etag(etag)
    response.make_conditional(request, accept_ranges=True, complete_length=length)
    return response


def _kept(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    return response


def _check(slug: str, name: str, digest: str) -> None:
    if not name.startswith("aset/") or not _may_read(slug, name, digest):
        abort(404)


def _may_read(slug: str, name: str, digest: str) -> bool:
    session = db.session()
    versions = versions_with_file(session, slug, name, digest)
    if versions and is_in_version(session, person().id, versions):
        return True
    own = course_for(session, me(), slug)
    return own is not None and (bool(versions) or draft_has_file(session, own.course.id, name, digest))
