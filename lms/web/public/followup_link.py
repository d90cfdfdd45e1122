"""Four questions for a superior or colleague without an account, by a signed link that works once.

The page tells the name of the learner and the title of the course, nothing else; a link that no longer
works tells neither. The address is signed and stands for the token of the form.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.effects import rules
from lms.domain.effects.actions import answer_by_link
from lms.domain.effects.queries import FoundLink
from lms.domain.effects.rules import read_answers
from lms.web import throttle
from lms.web.access import public
from lms.web.effect_words import HINDRANCES, ITEMS, SCALE, refused_text
from lms.web.followup_links import found_by
from lms.web.refusals import undo
from lms.web.security import csrf

followup_link = Blueprint("followup_link", __name__, url_prefix="/f")
csrf.exempt(followup_link)
WRONG, WRONG_WINDOW = 20, 600
"""Links that lead nowhere, from one address in ten minutes."""
STATUS = {"unknown": 404, "used": 410, "revoked": 410, "expired": 410, "changed": 410}


@followup_link.after_request
def private(response: AnyResponse) -> AnyResponse:
    """Nobody indexes or keeps such a page, and its address goes nowhere else."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@followup_link.get("/<token>")
@public
def show(token: str) -> str | tuple[str, int]:
    """Show the questions, or why the link leads nowhere."""
    found = _found(token)
    return _ended(found) if isinstance(found, str) else _page(found)


@followup_link.post("/<token>")
@public
def give(token: str) -> str | tuple[str, int]:
    """Keep the answers; the link ends with them."""
    found = _found(token)
    if isinstance(found, str):
        return _ended(found)
    given = read_answers(request.form, request.form.getlist("hindrance"))
    try:
        stored = answer_by_link(db.session(), found.followup, found.link, given, now=clock.now())
    except Refused as error:
        undo()
        again = _found(token)
        if isinstance(again, str):
            return _ended(again)
        return _page(again, {error.field: refused_text(error)}), 422
    if not stored:
        undo()
        return _ended("used")
    db.session.commit()
    return render_template("public/followup_link/done.html")


def _found(token: str) -> FoundLink | str:
    """Return the link, or why there is none: tries that lead nowhere are counted by address."""
    wait = throttle.used("followup-link", throttle.address(), WRONG_WINDOW) >= WRONG
    found = None if wait else found_by(token)
    if found is not None and not found.problem:
        return found
    seconds = throttle.hit("followup-link", throttle.address(), WRONG, WRONG_WINDOW)
    if seconds:
        throttle.refuse(seconds)
    return found.problem if found is not None else "unknown"


def _ended(reason: str) -> tuple[str, int]:
    return render_template("public/followup_link/ended.html", reason=reason), STATUS[reason]


def _page(found: FoundLink, problems: dict[str, str] | None = None) -> str:
    enrollment = found.followup.enrollment
    return render_template(
        "public/followup_link/show.html", name=enrollment.user.name, course=enrollment.version.title,
        role=found.link.role, addressee=found.link.addressee, until=found.link.expires_at,
        problems=problems or {}, items=ITEMS, scale=SCALE, hindrances=HINDRANCES, typed=request.form,
        most=rules.COMMENT_MAX,
    )  # fmt: skip
