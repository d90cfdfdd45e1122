"""The cookie of a sign-in, and how often its device is noted as used."""

from __future__ import annotations

from flask import g, request, session

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import end_session, touch_session
from lms.domain.accounts.models import User
from lms.web.access import token_hash
from lms.web.public.devices import device_name
from lms.web.recording import record_view

SEEN_SECONDS = 3600


def device() -> str:
    """Return a word for the device of this request."""
    return device_name(request.user_agent.string)


def present_hash() -> str | None:
    """Return the hash of the token in the cookie, if there is one."""
    token = session.get("token")
    return token_hash(str(token)) if token else None


def leave() -> None:
    """End the session of the cookie, if any, and empty the cookie; the caller commits."""
    digest = present_hash()
    if digest is not None:
        end_session(db.session(), digest, clock.now())
    _empty()


def enter(user: User, token: str) -> None:
    """Put a fresh sign-in into the cookie, which lasts 14 days."""
    _empty()
    session.permanent = True
    session["_user_id"] = str(user.id)
    session["_fresh"] = True
    session["token"] = token
    session["seen"] = int(clock.now().timestamp())


def _empty() -> None:
    """Empty the cookie and forget who it named; a form shown from now on gets a token of the new session."""
    session.clear()
    g.pop("_login_user", None)
    g.pop("csrf_token", None)


def note_use() -> None:
    """Once an hour, note that the device was used and let its cookie last 14 days again (GET only).

    Not on the public check: what everybody may keep carries no cookie.
    """
    digest = present_hash()
    if digest is None or request.method != "GET" or request.blueprint == "verification":
        return
    now = clock.now()
    if now.timestamp() - float(session.get("seen", 0)) < SEEN_SECONDS:
        return
    session["seen"] = int(now.timestamp())
    record_view(lambda own: touch_session(own, digest, now))
