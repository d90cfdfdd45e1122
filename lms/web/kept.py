"""Text that was typed before the session or its form token ended: shown again, sent again, never lost.

The form travels inside a signed value of the page, so that the server keeps nothing and
no other site can plant one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest

MAX_AGE = 12 * 3600
SENT_ALONG = re.compile(
    r"q|(?:seen|was|flag)-.*|seen|nonce|kind|format|next|then|what|confirmed|all|id|person|lang|year|sort"
    r"|base|part|to|code|line|save|source"
)
"""Fields that a page sends along by itself, or that say which button was pressed."""
ANSWER = re.compile(r"(?:q|seen|was)-(?P<key>[^:.]+)(?:[:.].*)?")
"""Fields of a question of a paper."""
OPTION = re.compile(r"[a-z]{1,2}\d{1,3}")
"""What stands for an option that was chosen."""
SECRET = frozenset({"password", "new_password", "repeat", "csrf_token", "code"})
TYPED: dict[str, LazyString] = {
    "name": _l("Name with titles"),
    "nip": _l("NIP"),
    "email": _l("E-mail"),
    "identity": _l("NIP or e-mail"),
    "who": _l("Name, NIP or e-mail"),
    "jp": _l("JP that the course counts"),
    "note": _l("Note"),
    "reason": _l("Reason"),
    "comment": _l("Comment for the learner"),
    "text": _l("Text"),
    "title": _l("Its title"),
    "prompt": _l("The question"),
    "explanation": _l("Explanation"),
    "points": _l("Points"),
    "slug": _l("Id, part of its address"),
    "level": _l("Level"),
}
"""Labels of fields whose text the person wrote."""
CHOSEN: dict[str, LazyString] = {
    "employment": _l("Employment"),
    "rank": _l("Rank"),
    "unit_id": _l("Unit"),
    "parent_id": _l("Stands under"),
    "position_id": _l("Position"),
    "rank_class": _l("Class"),
    "role": _l("Role"),
}
"""Labels of lists: what is sent is a code, so that the choice is named and not printed."""


@dataclass(frozen=True)
class Kept:
    """A form that was not accepted yet: where it goes and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Fields worth showing to the person, by the words of their form: what was typed or chosen."""
        numbers = self._numbers()
        found = []
        for name, value in self.fields:
            if not value.strip() or SENT_ALONG.fullmatch(name):
                continue
            plain = name.rpartition("-")[2]
            answer = ANSWER.fullmatch(name)
            if answer is not None:
                label = _("Answer %(number)s", number=numbers[answer["key"]])
                found.append((label, _("your choice") if OPTION.fullmatch(value) else value))
            elif plain in CHOSEN:
                found.append((str(CHOSEN[plain]), _("your choice")))
            else:
                found.append((str(TYPED.get(plain, _("Further entry"))), value))
        return found

    def _numbers(self) -> dict[str, int]:
        """Number the questions of a paper as it shows them: each sends something along, answered or not."""
        keys = [found["key"] for name, _value in self.fields if (found := ANSWER.fullmatch(name))]
        return {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}


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
