"""Send a PDF of the file store as it was stored."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Response, abort, current_app, request

from lms.files import path_of

log = logging.getLogger("lms")


def file_folder() -> Path:
    """The file store of this instance."""
    return Path(current_app.instance_path) / "files"


def send_pdf(digest: str, name: str) -> Response:
    """Answer with the bytes of a digest under a name; its SHA-256 is the ETag.

    It is kept by no browser: the next person at the machine may ask for the same address.
    A file that the row names and the disk lacks is logged for the operator and answered with 503.
    """
    try:
        data = path_of(file_folder(), digest).read_bytes()
    except FileNotFoundError:
        log.error("the file store lacks %s", digest)
        abort(503)
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    response.set_etag(digest)
    response.make_conditional(request)
    return response


def send_proof(digest: str, kind: str, name: str) -> Response:
    """Answer with what somebody uploaded: a picture to look at, a PDF to download as `name`.pdf."""
    if kind == "pdf":
        return send_pdf(digest, f"{name}.pdf")
    try:
        data = path_of(file_folder(), digest).read_bytes()
    except FileNotFoundError:
        log.error("the file store lacks %s", digest)
        abort(503)
    response = Response(data, mimetype="image/webp")
    response.headers["Cache-Control"] = "no-store"
    return response
