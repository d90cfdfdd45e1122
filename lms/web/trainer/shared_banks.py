"""Banks that the quizzes of several courses draw from, and where they are used."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.queries import bank_text, shared_banks
from lms.web.access import require_role

shared = Blueprint("shared", __name__, url_prefix="/shared-banks")


@shared.before_request
def guard() -> None:
    """Let trainers alone in: whoever only reviews sees the questions of the texts that are sent to them."""
    require_role(RoleName.TRAINER)


@shared.get("")
def index() -> str:
    """List the shared banks with where they are used."""
    return render_template("trainer/shared/index.html", rows=shared_banks(db.session()))


@shared.get("/<slug>")
def show(slug: str) -> str:
    """Show one bank with its text, keys included, and the courses that draw from it."""
    session = db.session()
    row = next((one for one in shared_banks(session) if one.bank.slug == slug), None)
    if row is None:
        abort(404)
    return render_template(
        "trainer/shared/show.html", row=row, source=bank_text(session, slug).decode(errors="replace")
    )
