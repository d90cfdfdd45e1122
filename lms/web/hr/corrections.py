"""Requests to correct personal data, answered by the personnel office of the person's unit."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.corrections.actions import LONGEST, Answered, answer
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.corrections.queries import count_wishes, find_wishes, wish_for
from lms.web.access import me
from lms.web.listing import page_of
from lms.web.recording import record_person_view
from lms.web.refusals import undo

corrections = Blueprint("corrections", __name__, url_prefix="/corrections")


class AnswerForm(FlaskForm):
    """Whether the data were corrected, and what the person is told."""

    outcome = RadioField(
        _l("Outcome"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("done", _l("Corrected")), SelectChoice("refused", _l("Not corrected"))],
    )
    words = TextAreaField(
        _l("Answer to the person"),
        [
            DataRequired(_l("Write what the person should know.")),
            Length(max=LONGEST, message=_l("This has at most 1,000 characters.")),
        ],
        description=_l("What was changed, or why not and which paper is needed."),
    )


@corrections.get("")
def index() -> str:
    """List the requests of the scope: those that wait, or the answered ones."""
    session, actor = db.session(), me()
    waiting = request.args.get("state") != "answered"
    counts = {state: count_wishes(session, actor, waiting=state) for state in (True, False)}
    page = page_of(request.args, counts[waiting])
    rows = find_wishes(session, actor, waiting=waiting, limit=page.size, offset=page.offset)
    return render_template("hr/corrections/index.html", rows=rows, page=page, waiting=waiting, counts=counts)


@corrections.get("/<int:request_id>")
def show(request_id: int) -> str:
    """Show one request and ask for the answer; the view is logged."""
    wish = _wish(request_id)
    record_person_view(wish.user_id)
    return _page(wish, AnswerForm())


@corrections.post("/<int:request_id>")
def save(request_id: int) -> str | Response | tuple[str, int]:
    """Store the answer; the person reads it on the page of the own data."""
    wish, form = _wish(request_id), AnswerForm()
    if not form.validate():
        return _page(wish, form), 422
    try:
        answer(
            db.session(), wish, done=form.outcome.data == "done", words=(form.words.data or "").strip(),
            by=me(), now=clock.now(),
        )  # fmt: skip
    except Answered:
        undo()
        flash(_("A colleague has answered this request meanwhile; your answer was not stored."), "warn")
        return redirect(url_for("hr.corrections.show", request_id=request_id), 303)
    db.session.commit()
    flash(_("Answered. The person sees it on the page of the own data."), "ok")
    return redirect(url_for("hr.corrections.index"), 303)


def _page(wish: CorrectionRequest, form: AnswerForm) -> str:
    return render_template("hr/corrections/show.html", wish=wish, form=form)


def _wish(request_id: int) -> CorrectionRequest:
    return wish_for(db.session(), me(), request_id) or abort(404)
