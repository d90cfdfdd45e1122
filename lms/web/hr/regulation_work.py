"""All work that changed rules of law made, for BKPSDM: who has to bring which place up to date."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.regulations.queries import count_work, find_work, work_by_id
from lms.web import law_words
from lms.web.access import require_role
from lms.web.hr.regulations import tabs
from lms.web.law_work import close_work
from lms.web.listing import page_of

regulation_work = Blueprint("regulation_work", __name__, url_prefix="/regulation-work")


@regulation_work.before_request
def guard() -> None:
    """Only BKPSDM."""
    require_role(RoleName.BKPSDM)


@regulation_work.get("")
def index() -> str:
    """List the places that wait, or (`?done=1`) those that are done."""
    session, done = db.session(), request.args.get("done") == "1"
    counts = {state: count_work(session, done=state) for state in (False, True)}
    page = page_of(request.args, counts[done])
    return render_template(
        "hr/regulations/work.html", rows=find_work(session, done=done, limit=page.size, offset=page.offset),
        page=page, done=done, counts=counts, tabs=tabs(), words=law_words,
    )  # fmt: skip


@regulation_work.post("/<int:work_id>")
def save(work_id: int) -> Response:
    """Leave a place as it is, with the reason."""
    row = work_by_id(db.session(), work_id) or abort(404)
    return close_work(row, url_for("hr.regulation_work.index"))
