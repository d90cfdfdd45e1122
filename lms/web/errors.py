"""Errors in the reader's words; the page says what happened and what to do."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lms.db import db, is_busy
from lms.web import kept
from lms.web.access import READS, is_signed_in

log = logging.getLogger("lms")
PAGES = frozenset({400, 403, 404, 405, 410, 413, 429})
RETRY_SECONDS = 30
"""When to come again after the database had no turn to give."""


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RequestEntityTooLarge, _page)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(OperationalError, _refused)
    app.register_error_handler(NoConnection, _refused)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _crash)


def _csrf(_error: CSRFError) -> Response | tuple[str, int]:
    try:
        form = kept.of_request()
    except HTTPException as error:  # raised in a handler it would not find its own
        return _page(error)
    if not is_signed_in():
        return render_template("errors/session.html", form=form, kept=kept.pack(form)), 400
    return kept.ask_to_resend(form)


def _page(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    return _answer(code, wait_seconds=g.get("wait_seconds"))


def _refused(error: OperationalError | NoConnection) -> Response:
    """The database is away, or has no turn to give: then it is worth pressing again."""
    db.session.rollback()
    log.error("database refused: %s %s", request.method, request.path, exc_info=error)
    if isinstance(error, NoConnection) or is_busy(error):
        return _still(503, "busy", sent=request.method not in READS, wait_seconds=RETRY_SECONDS)
    return _still(503, "503")


def _unstorable(error: DataError) -> Response:
    """A value no column takes, such as a NUL in an address (PostgreSQL)."""
    db.session.rollback()
    log.warning("value refused: %s %s", request.method, request.path, exc_info=error)
    return _answer(400)


def _crash(error: Exception) -> Response:
    db.session.rollback()
    log.error("unexpected: %s %s", request.method, request.path, exc_info=error)
    return _still(500, "500")


def _answer(code: int, **values: object) -> Response:
    if code >= 500:
        return _still(code, "503" if code == 503 else "500", **values)
    if _asks_for_json():
        return _finish(jsonify(error=code), code, values)
    name = code if code in PAGES else 400
    try:
        response = make_response(render_template(f"errors/{name}.html", code=code, **values))
    except (OperationalError, NoConnection):
        response = make_response(f"{code}")
    return _finish(response, code, values)


def _still(code: int, name: str, **values: object) -> Response:
    """A page that asks for nothing: what Flask adds to a template would load the person once more."""
    if _asks_for_json():
        return _finish(jsonify(error=code), code, values)
    page = current_app.jinja_env.get_template(f"errors/{name}.html").render(values)
    return _finish(make_response(page), code, values)


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _finish(response: Response, code: int, values: Mapping[str, object]) -> Response:
    response.status_code = code
    wait = values.get("wait_seconds")
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
