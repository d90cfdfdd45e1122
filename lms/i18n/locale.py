"""Which language the reader gets."""

from __future__ import annotations

from flask import g, has_request_context, request

LOCALES = ("id", "en")


def current_locale() -> str:
    """Return "id" or "en": the user's choice, the cookie, else Indonesian (office browsers say English)."""
    if not has_request_context():
        return "id"
    chosen: str | None = getattr(g, "locale", None)
    if chosen is None and "lang" in (cookies := request.cookies):  # `get` would make an error first
        chosen = cookies["lang"]
    return chosen if chosen in LOCALES else "id"
