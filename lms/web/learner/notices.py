"""What the person was told: a list, and each notice leads to its thing."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.notices.actions import read
from lms.domain.notices.queries import count_notices, notice_for, notices_of
from lms.web.access import person
from lms.web.context import policy
from lms.web.listing import page_of
from lms.web.notice_words import address, told

notices = Blueprint("notices", __name__, url_prefix="/notices")


@notices.get("")
def index() -> str:
    """List the notices of the person, the newest first."""
    session, user_id = db.session(), person().id
    page = page_of(request.args, count_notices(session, user_id))
    rows = notices_of(session, user_id, limit=page.size, offset=page.offset)
    return render_template(
        "learner/notices/index.html", rows=[told(one) for one in rows], page=page, days=policy().notice_days
    )


@notices.post("/<int:notice_id>")
def follow(notice_id: int) -> Response:
    """Mark a notice as read and go where it leads."""
    session, user_id = db.session(), person().id
    found = notice_for(session, user_id, notice_id) or abort(404)
    target = address(found)
    read(session, user_id, notice_id=found.id, now=clock.now())
    session.commit()
    return redirect(target, 303)


@notices.post("/read")
def read_all() -> Response:
    """Mark all notices as read."""
    session = db.session()
    read(session, person().id, now=clock.now())
    session.commit()
    return redirect(url_for("notices.index"), 303)
