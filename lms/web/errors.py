"""Errors in the reader's words; the page says what happened and what to do."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lms.db import db
from lms.web import kept
from lms.web.access import is_signed_in

log = logging.getLogger("lms")
PAGES = frozenset({400, 403, 404, 405, 410, 413, 429, 500, 503})


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RequestEntityTooLarge, _page)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(OperationalError, _busy)
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


def _busy(error: OperationalError) -> Response:
    db.session.rollback()
    log.error("database refused: %s %s", request.method, request.path, exc_info=error)
    return _answer(503)


def _unstorable(error: DataError) -> Response:
    """A value no column takes, such as a NUL in an address (PostgreSQL)."""
    db.session.rollback()
    log.warning("value refused: %s %s", request.method, request.path, exc_info=error)
    return _answer(400)


def _crash(error: Exception) -> Response:
    db.session.rollback()
    log.error("unexpected: %s %s", request.method, request.path, exc_info=error)
    return _answer(500)


def _answer(code: int, **values: object) -> Response:
    if request.accept_mimetypes.best == "application/json":
        response = jsonify(error=code)
    else:
        name = code if code in PAGES else (400 if code < 500 else 500)
        try:
            response = make_response(render_template(f"errors/{name}.html", code=code, **values))
        except OperationalError:
            response = make_response(f"{code}")
    response.status_code = code
    wait = values.get("wait_seconds")
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
