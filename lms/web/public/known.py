"""Devices on which a person signed in before: strangers who guess cannot keep their owner out of them.

Wrong passwords for an identity are counted from wherever they come, so whoever knows a NIP could use up
the tries of its owner again and again. A device that was signed in carries a signed mark for each of its
last persons; tries from it are counted for the device alone.
"""

from __future__ import annotations

import secrets

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from lms.web.public.cookies import YEAR, keep

COOKIE = "device"
MOST = 8  # persons of one device


def mark_of(user_id: int | None) -> str:
    """Return the mark that this device has for a person, "" when the person never signed in here."""
    return dict(_marks()).get(user_id or 0, "")


def remember(response: Response, user_id: int) -> None:
    """Let the device of this answer carry a fresh mark for the person."""
    others = [(known, mark) for known, mark in _marks() if known != user_id]
    marks = [(user_id, secrets.token_urlsafe(12)), *others][:MOST]
    keep(response, COOKIE, str(_serializer().dumps(marks)))


def _marks() -> list[tuple[int, str]]:
    try:
        marks = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=YEAR)
    except BadData:
        return []
    return [(int(user_id), str(mark)) for user_id, mark in marks]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="known-device")
