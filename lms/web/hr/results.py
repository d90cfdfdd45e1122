"""Indicators of units before and after a course: entered, corrected by another row, taken out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from lms import clock
from lms.content.questions.numbers import learner_number
from lms.content.questions.question import Unreadable
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import live_course
from lms.domain.effects.actions import correct_result, enter_result, withdraw_result
from lms.domain.effects.models import UnitResult
from lms.domain.effects.queries import result_for, result_history
from lms.domain.effects.rules import ResultDraft
from lms.web.access import me
from lms.web.admin.policy_fields import text_field
from lms.web.effect_words import refused_text
from lms.web.hr.scope import unit_of, unit_options
from lms.web.refusals import undo

results = Blueprint("results", __name__, url_prefix="/effect")
LARGEST = 1e12


class ResultForm(FlaskForm):
    """An indicator with its value before and, when there is one, after."""

    unit_id = SelectField(_l("Unit"), validate_choice=False)
    name = text_field(_l("Indicator"), 200, _l("For example: mean time at the counter."))
    measure = text_field(_l("Counted in"), 40, _l("For example: minutes, percent, cases."))
    direction = RadioField(
        _l("Better is"), default="lower",
        choices=[SelectChoice("lower", _l("a lower value")), SelectChoice("higher", _l("a higher value"))],
    )  # fmt: skip
    before_value = StringField(_l("Value before"))
    before_on = DateField(_l("Day before"), [Optional()])
    after_value = StringField(_l("Value after"), description=_l("Leave value and day empty until known."))
    after_on = DateField(_l("Day after"), [Optional()])
    source = text_field(_l("Source"), 300, _l("Where the values stand: report, register, survey."))
    note = TextAreaField(_l("Note"), [Length(max=500)])

    def draft(self) -> ResultDraft | None:
        """Return what was typed, None with errors at the fields."""
        valid = self.validate()
        before, after = _number(self.before_value), _number(self.after_value)
        if before is None and not self.before_value.errors:
            self.before_value.errors = [_("Write a number, such as 12,5.")]
        if not self.before_on.data and not self.before_on.errors:
            self.before_on.errors = [_("Write the day.")]
        if (
            not valid
            or before is None
            or self.before_value.errors
            or self.before_on.errors
            or (self.after_value.errors)
        ):
            return None
        return ResultDraft(
            self.name.data, self.measure.data, self.direction.data == "lower", before, self.before_on.data,
            self.source.data, after, self.after_on.data, (self.note.data or "").strip(),
        )  # fmt: skip


def _number(field: StringField) -> float | None:
    text = (field.data or "").strip()
    if not text:
        return None
    try:
        value = float(learner_number(text))
    except Unreadable:
        value = LARGEST * 2
    if abs(value) > LARGEST:
        field.errors = [_("Write a number, such as 12,5.")]
        return None
    return value


@results.get("/<slug>/results/new")
def new(slug: str) -> str:
    """Ask for an indicator."""
    return _ask(_course(slug), ResultForm(formdata=None))


@results.post("/<slug>/results")
def create(slug: str) -> str | Response | tuple[str, int]:
    """Keep an indicator of a unit of the scope."""
    course, form = _course(slug), ResultForm()
    unit = unit_of(request.form.get("unit_id"))
    draft = form.draft()
    if unit is None:
        form.unit_id.errors = [_("Choose a unit.")]
    if draft is None or unit is None:
        return _ask(course, form), 422
    try:
        enter_result(db.session(), course.id, unit.id, draft, by=me().id, now=clock.now())
    except Refused as error:
        undo()
        form[error.field].errors = [refused_text(error)]
        return _ask(_course(slug), form), 422
    db.session.commit()
    flash(_("Stored. It stands in the report of the course."), "ok")
    return redirect(url_for("hr.effects.show", slug=slug), 303)


@results.get("/results/<int:result_id>")
def show(result_id: int) -> str:
    """Show an indicator with all its entries, and ask for a correction."""
    row = _row(result_id)
    return _page(row, ResultForm(formdata=None, data=_filled(row)))


@results.post("/results/<int:result_id>")
def correct(result_id: int) -> str | Response | tuple[str, int]:
    """Append a correction, or take the indicator out with a reason."""
    row, form, session = _row(result_id), ResultForm(), db.session()
    taking_out = request.form.get("act") == "withdraw"
    draft = None if taking_out else form.draft()
    if draft is None and not taking_out:
        return _page(row, form), 422
    try:
        if draft is None:
            reason = request.form.get("reason", "").strip()
            withdraw_result(session, row, reason, by=me().id, now=clock.now())
        else:
            correct_result(session, row, draft, by=me().id, now=clock.now())
    except Refused as error:
        undo()
        if error.field in form:
            form[error.field].errors = [refused_text(error)]
        else:
            form.form_errors = [refused_text(error)]
        return _page(_row(result_id), form), 422
    slug = session.get_one(Course, row.course_id).slug
    session.commit()
    flash(_("Stored. The earlier entry stays readable."), "ok")
    return redirect(url_for("hr.effects.show", slug=slug), 303)


def _filled(row: UnitResult) -> dict[str, Any]:
    return {
        "name": row.name, "measure": row.measure, "direction": "lower" if row.lower_is_better else "higher",
        "before_value": _typed(row.before_value), "before_on": row.before_on,
        "after_value": _typed(row.after_value), "after_on": row.after_on, "source": row.source,
    }  # fmt: skip


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}".replace(".", ",")


def _row(result_id: int) -> UnitResult:
    return result_for(db.session(), me(), result_id) or abort(404)


def _course(slug: str) -> Course:
    found = live_course(db.session(), slug)
    if found is None or found.live_version is None:
        abort(404)
    return found


def _ask(course: Course, form: ResultForm) -> str:
    form.unit_id.choices = [SelectChoice(*pair) for pair in [("", _("Choose")), *unit_options()]]
    return render_template("hr/effects/new_result.html", course=course, form=form)


def _page(row: UnitResult, form: ResultForm) -> str:
    session = db.session()
    course = session.get_one(Course, row.course_id)
    return render_template(
        "hr/effects/result.html", row=row, form=form, history=result_history(session, row), slug=course.slug
    )
