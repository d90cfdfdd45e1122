"""Send a PDF of the file store as it was stored."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, request

from lms.files import path_of


def file_folder() -> Path:
    """The file store of this instance."""
    return Path(current_app.instance_path) / "files"


def send_pdf(digest: str, name: str, cache: str) -> Response:
    """Answer with the bytes of a digest under a name; its SHA-256 is the ETag, `cache` the Cache-Control."""
    response = Response(path_of(file_folder(), digest).read_bytes(), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = cache
    response.set_etag(digest)
    response.make_conditional(request)
    return response
