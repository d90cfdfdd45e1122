"""What has to be looked at again: places whose rule of law changed, texts whose day of review is near."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.content.writing.titles import with_review_day
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, begin_draft, save_file
from lms.domain.catalog.queries import draft_file, due_reviews
from lms.domain.regulations.queries import WorkRow, count_work, find_work, work_for
from lms.i18n.formats import date as long_date
from lms.web.access import me, person
from lms.web.law_work import close_work
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.own import own_course, today

freshness = Blueprint("freshness", __name__, url_prefix="/freshness")


class NextReviewForm(FlaskForm):
    """The text that is still right, and until when."""

    path = HiddenField(validators=[InputRequired(), Length(max=300)])
    day = DateField(validators=[InputRequired()])


@freshness.get("")
def index() -> str:
    """List what is due in the courses that the person writes, and places of changed law (`?done=1`: done)."""
    session, own, done = db.session(), person().id, request.args.get("done") == "1"
    counts = {state: count_work(session, done=state, user_id=own) for state in (False, True)}
    page = page_of(request.args, counts[done])
    return render_template(
        "trainer/freshness/index.html", page=page, done=done, counts=counts, edit=_text_of, today=today(),
        rows=find_work(session, done=done, user_id=own, limit=page.size, offset=page.offset),
        due=due_reviews(session, own, today()),
    )  # fmt: skip


def _text_of(one: WorkRow) -> str:
    return url_for("trainer.writing.index", slug=one.slug)


@freshness.post("/<int:work_id>")
def save(work_id: int) -> Response:
    """Leave a place of an own course as it is, with the reason; 404 for those of others."""
    row = work_for(db.session(), person().id, work_id) or abort(404)
    return close_work(row, url_for("trainer.freshness.index"))


@freshness.post("/courses/<slug>")
def put_off(slug: str) -> Response:
    """Still right: write the next day into the draft of the text. Nothing published changes."""
    own, form, session = own_course(slug, write=True), NextReviewForm(), db.session()
    target = redirect(url_for("trainer.freshness.index"), 303)
    if not form.validate() or form.day.data <= today() or not form.path.data.endswith(".md"):
        flash(_("Choose a day after today."), "warn")
        return target
    path, day, now = form.path.data, form.day.data, clock.now()
    try:
        draft = begin_draft(session, own.course, by=me().id, now=now)
        file = draft_file(session, draft, path) or abort(404)
        text = with_review_day(file.data, day)
        save_file(session, own.course, path, text, base=file.digest, by=me().id, now=now)
    except PublishedElsewhere:
        undo()
        flash(_("The text is kept in the server's course folder."), "warn")
        return target
    except (ChangedMeanwhile, NoDraft):
        undo()
        flash(_("The text was changed meanwhile. Load the page again."), "warn")
        return target
    session.commit()
    flash(_("The draft says: review before %(day)s. It counts when you publish.", day=long_date(day)), "ok")
    return target
