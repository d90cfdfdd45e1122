"""Cookies of a year that are no session: how this browser likes its pages, who signed in on it."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

YEAR = 365 * 24 * 3600


def keep(response: Response, name: str, value: str) -> None:
    """Set such a cookie; no script reads it, no form of another site sends it."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
