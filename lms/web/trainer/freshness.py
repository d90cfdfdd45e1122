"""What has to be looked at again: places whose rule of law changed, texts whose day of review is near."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.db import db
from lms.domain.regulations.queries import WorkRow, count_work, find_work, work_for
from lms.web.access import person
from lms.web.law_work import close_work
from lms.web.listing import page_of

freshness = Blueprint("freshness", __name__, url_prefix="/freshness")


@freshness.get("")
def index() -> str:
    """List the places of the courses that the person writes, open or (`?done=1`) done."""
    session, own, done = db.session(), person().id, request.args.get("done") == "1"
    counts = {state: count_work(session, done=state, user_id=own) for state in (False, True)}
    page = page_of(request.args, counts[done])
    return render_template(
        "trainer/freshness/index.html", page=page, done=done, counts=counts, edit=_text_of,
        rows=find_work(session, done=done, user_id=own, limit=page.size, offset=page.offset),
    )  # fmt: skip


def _text_of(one: WorkRow) -> str:
    return url_for("trainer.writing.index", slug=one.slug)


@freshness.post("/<int:work_id>")
def save(work_id: int) -> Response:
    """Leave a place of an own course as it is, with the reason; 404 for those of others."""
    row = work_for(db.session(), person().id, work_id) or abort(404)
    return close_work(row, url_for("trainer.freshness.index"))
