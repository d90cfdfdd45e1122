"""Assessed levels of one person: what was entered, and the form to enter what an assessment found."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Optional

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import user_for
from lms.domain.competencies.actions import add_ratings
from lms.domain.competencies.queries import dictionary, ratings_of
from lms.domain.competencies.rules.plans import Found
from lms.domain.competencies.rules.tables import RATING_HEADS, read_level
from lms.domain.reports.spreadsheet import Column, xlsx
from lms.web.access import me
from lms.web.competency_words import level_name, refused_text
from lms.web.hr.standards import XLSX
from lms.web.profile_papers import profile_file
from lms.web.recording import record_person_view
from lms.web.refusals import undo

ratings = Blueprint("ratings", __name__)
PLACES = {"rating.method": "method", "rating.assessor": "assessor", "rating.until": "valid_until"}


class RatingForm(FlaskForm):
    """How and when somebody was assessed; the levels stand beside it."""

    assessed_on = DateField(_l("Day of the assessment"), [InputRequired(_l("Write the day."))])
    method = StringField(
        _l("Method"), [InputRequired(_l("Write how it was assessed."))],
        description=_l("For example assessment center, CACT, or the decree that names the result."),
    )  # fmt: skip
    assessor = StringField(_l("Assessor"), description=_l("The body or person who assessed."))
    valid_until = DateField(
        _l("Valid until"), [Optional()], description=_l("Leave it empty if no end is set.")
    )


@ratings.get("/staff/<int:user_id>/ratings")
def show(user_id: int) -> str:
    """Show the assessed levels of a person and ask for new ones; the view is logged."""
    user = _user(user_id)
    record_person_view(user.id)
    return _page(user, RatingForm())


@ratings.post("/staff/<int:user_id>/ratings")
def save(user_id: int) -> str | Answer | tuple[str, int]:
    """Append what was assessed; earlier levels stay in the history."""
    user, form = _user(user_id), RatingForm()
    if user.id == me().id:
        abort(403)
    if not form.validate():
        return _page(user, form), 422
    found = [
        Found(
            user.id, kept.id, level, form.assessed_on.data, (form.method.data or "").strip(),
            (form.assessor.data or "").strip(), form.valid_until.data,
        )
        for kept in dictionary(db.session(), retired=False)
        if (level := read_level(request.form.get(f"level-{kept.id}", ""))) is not None
    ]  # fmt: skip
    if not found:
        form.form_errors.append(_("Choose at least one level."))
        return _page(user, form), 422
    try:
        count = add_ratings(db.session(), found, today=_today(), now=clock.now(), actor=me().id)
    except Refused as error:
        undo()
        field = form[PLACES.get(error.code, "assessed_on")]
        field.errors = [*field.errors, refused_text(error)]
        return _page(_user(user_id), form), 422
    db.session.commit()
    words = ngettext("%(num)s assessed level was entered.", "%(num)s assessed levels were entered.", count)
    flash(words if count else _("Nothing was changed."), "ok" if count else "info")
    return redirect(url_for("hr.ratings.show", user_id=user_id), 303)


@ratings.get("/staff/<int:user_id>/profile")
def paper(user_id: int) -> Response:
    """Send the competency profile of a person as PDF; the view is logged."""
    user = _user(user_id)
    record_person_view(user.id)
    return profile_file(db.session(), user)


@ratings.get("/ratings/template")
def template() -> Response:
    """Send an empty table for an import, with a column for each competency in force."""
    kept = dictionary(db.session(), retired=False)
    columns = [Column(head, 22) for head in RATING_HEADS] + [Column(item.entry.code, 8) for item in kept]
    notes = ["Satu baris untuk satu orang dan satu penilaian. Sel kosong: tidak dinilai. Level 0 sampai 5."]
    notes += [f"{item.entry.code}: {item.entry.name}" for item in kept]
    response = Response(xlsx("Hasil penilaian", columns, [], notes), mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename="templat-hasil-penilaian.xlsx")
    return response


def _page(user: User, form: RatingForm) -> str:
    session = db.session()
    return render_template(
        "hr/ratings/show.html",
        user=user, form=form, competencies=dictionary(session, retired=False), today=_today(),
        entered=ratings_of(session, user.id), level_name=level_name, own=user.id == me().id,
    )  # fmt: skip


def _today() -> date:
    return clock.local_date(clock.now())


def _user(user_id: int) -> User:
    return user_for(db.session(), me(), user_id) or abort(404)
