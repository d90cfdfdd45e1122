"""Logos of the institutions that organise courses, for everybody who is signed in."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lms.content.pictures import MAKER
from lms.db import db
from lms.domain.partners.queries import has_logo
from lms.web.learner.files import YEAR_SECONDS
from lms.web.made_files import stored_picture

organisers = Blueprint("organisers", __name__)
WIDTH = 240
"""Pixels: twice what a page shows, for sharp screens; some kilobytes."""


@organisers.get("/organisers/<digest>/logo")
def logo(digest: str) -> Response:
    """Send a logo, made small; 404 for any other file. The address names its content: kept for ever."""
    path = stored_picture(digest, WIDTH) if has_logo(db.session(), digest) else None
    if path is None:
        abort(404)
    data = path.read_bytes()
    response = Response(data, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    response.set_etag(f"{digest[:32]}-{WIDTH}-{MAKER}")
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response
