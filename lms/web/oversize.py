"""An upload that is too large is read to its end, so that the browser hears why.

A server that answers and closes while the browser still sends makes most browsers show "connection lost" in
place of the page. What is read here is thrown away; beyond `DRAINED` bytes the line is closed all the same.
"""

from __future__ import annotations

from flask import Flask, Response, request

DRAINED = 64 * 1024 * 1024
_CHUNK = 64 * 1024


def init_oversize(app: Flask) -> None:
    """Read the rest of a body that was refused with 413."""

    @app.after_request
    def drain(response: Response) -> Response:
        if response.status_code == 413:
            _drain(request.content_length or 0)
        return response


def _drain(left: int) -> None:
    stream = request.environ["wsgi.input"]
    while 0 < left <= DRAINED:
        chunk = stream.read(min(left, _CHUNK))
        if not chunk:
            return
        left -= len(chunk)
