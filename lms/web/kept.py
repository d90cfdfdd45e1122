"""Text that was typed before the session or its form token ended: shown again, sent again, never lost.

The form travels inside a signed value of the page, so that the server keeps nothing and
no other site can plant one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest

MAX_AGE = 12 * 3600
SENT_ALONG = re.compile(r"q|(?:seen|was)-.*")
"""Fields that a paper sends along by itself."""
SECRET = frozenset({"password", "new_password", "repeat", "csrf_token", "code"})


@dataclass(frozen=True)
class Kept:
    """A form that was not accepted yet: where it goes and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Fields worth showing to the person: what was typed or chosen, not what the page sent along."""
        return [
            (_label(name), value)
            for name, value in self.fields
            if value.strip() and not SENT_ALONG.fullmatch(name)
        ]


def _label(name: str) -> str:
    """Return what a field is called in front of the person; the answer to a question goes by its id."""
    return str(_("Answer %(id)s", id=name.removeprefix("q-"))) if name.startswith("q-") else name


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="kept-form")


def of_request() -> Kept:
    """Return the form of this request without secrets; refuse one that another site sent (400)."""
    if not _from_here():
        raise BadRequest
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in SECRET)
    return Kept(request.full_path.rstrip("?"), fields)


def _from_here() -> bool:
    """Whether the browser sent this from a page of ours; the origin "null" hides a page of another site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.host


def pack(form: Kept) -> str:
    """Return the form as a signed, compressed text."""
    return str(_serializer().dumps([form.path, [list(pair) for pair in form.fields]]))


def unpack(text: str) -> Kept | None:
    """Return the form of `pack`, or None when it is not ours or older than twelve hours."""
    try:
        path, fields = _serializer().loads(text, max_age=MAX_AGE)
    except (BadData, ValueError):
        return None
    return Kept(str(path), tuple((str(name), str(value)) for name, value in fields))


def ask_to_sign_in() -> tuple[str, int]:
    """Answer a form sent without a session: the text is shown and kept through the sign-in."""
    form = of_request()
    return render_template("errors/session.html", form=form, kept=pack(form)), 401


def ask_to_resend(form: Kept, status: int = 400) -> tuple[str, int]:
    """Answer with the kept form and one button that sends it again with a fresh token."""
    return render_template("errors/csrf.html", form=form), status
