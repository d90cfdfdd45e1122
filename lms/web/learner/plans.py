"""One's own development plan: activities by quarter, proposals from the gaps, what was agreed and done."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.rules import squeezed
from lms.domain.catalog.queries import live_course
from lms.domain.competencies.queries import dictionary, names, profile
from lms.domain.enrollments.queries import enrollments_of
from lms.domain.plans.actions import drop, propose
from lms.domain.plans.queries import own_item, plan_of, plan_years
from lms.domain.plans.rules import COUNTING, Draft, quarter_of, quarters_from
from lms.domain.reports.suggestions import needs, ways
from lms.web.access import me, person
from lms.web.outside_words import FORMS, form_choices
from lms.web.plan_words import STATES, quarter_words, refused_text
from lms.web.refusals import undo

plans = Blueprint("plans", __name__, url_prefix="/profile/plan")


class PlanForm(FlaskForm):
    """An activity; what must hold is said by the domain's refusals."""

    title = StringField(
        _l("What is to be done"), filters=[lambda text: squeezed(text or "")],
        description=_l("A course, a training elsewhere, coaching by somebody, practice at work."),
    )  # fmt: skip
    form = SelectField(_l("Form"), validate_choice=False)
    competency = SelectField(_l("For the competency"), validate_choice=False)
    quarter = SelectField(_l("When"), validate_choice=False)
    jp = IntegerField(_l("JP"), [InputRequired(_l("Write a whole number from 0 to 200."))])
    course = HiddenField()


@plans.get("")
def show() -> str:
    """Show the plan of a year and what the gaps propose."""
    session, user, today = db.session(), me(), clock.local_date(clock.now())
    years = sorted({today.year, *plan_years(session, user.id)}, reverse=True)
    text = request.args.get("year", "")
    year = int(text) if text in {str(one) for one in years} else today.year
    items = plan_of(session, user.id, year)
    planned = {item.competency_id for item in items if item.state in COUNTING}
    keys = {kept.entry.code: kept.id for kept in dictionary(session)}
    taken = {item.course_id for item in enrollments_of(session, user.id)}
    return render_template(
        "learner/plans/show.html",
        nav="profile",
        items=items,
        years=years,
        year=year,
        names={keys[code]: name for code, name in names(session).items()},
        proposals=[
            (need, offered[0] if offered else None)
            for need, offered in ways(session, needs(session, user, today), taken, each=1)
            if keys[need.code] not in planned
        ],
        planned_jp=sum(item.jp for item in items if item.state in COUNTING),
        done_jp=sum(item.jp for item in items if item.state == "done"),
        open_states={"proposed", "agreed"},
        states=STATES,
        forms=FORMS,
    )


@plans.get("/new")
def new() -> str:
    """Ask for an activity; a course or a competency in the address fills the form."""
    session, today = db.session(), clock.local_date(clock.now())
    course = live_course(session, request.args.get("course", ""))
    live = course.live_version if course else None
    form = PlanForm(
        title=live.title if live else "", form="e_learning" if live else "coaching",
        jp=live.jp if live else None, course=course.slug if live and course else "",
        competency=request.args.get("code", ""), quarter=f"{today.year}-{quarter_of(today)}",
    )  # fmt: skip
    return _ask(form)


@plans.post("")
def create() -> str | Response | tuple[str, int]:
    """Put the activity into the plan; the personnel office agrees to it."""
    session, now, form = db.session(), clock.now(), PlanForm()
    if not form.validate():
        return _ask(form), 422
    keys = {kept.entry.code: kept.id for kept in dictionary(session, retired=False)}
    course = live_course(session, form.course.data or "")
    year, _dash, quarter = (form.quarter.data or "").partition("-")
    draft = Draft(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        quarter=int(quarter) if quarter in ("1", "2", "3", "4") else 0,
        form=form.form.data or "", title=form.title.data or "", jp=int(form.jp.data),
        competency_id=keys.get(form.competency.data or ""), course_id=course.id if course else None,
    )  # fmt: skip
    try:
        item = propose(session, me(), draft, today=clock.local_date(now), now=now)
    except Refused as error:
        undo()
        form[error.field].errors = [refused_text(error)]
        return _ask(form), 422
    db.session.commit()
    flash(_("In your plan. Your superior or the personnel office answers."), "ok")
    return redirect(url_for("plans.show", year=item.year), 303)


@plans.post("/<int:item_id>/drop")
def give_up(item_id: int) -> Response:
    """Take an open activity out of the plan; it stays readable."""
    item = own_item(db.session(), person().id, item_id) or abort(404)
    if drop(db.session(), item, now=clock.now()):
        flash(_("Given up. It stays in the list of the year."), "ok")
    db.session.commit()
    return redirect(url_for("plans.show", year=item.year), 303)


def _ask(form: PlanForm) -> str:
    session, today = db.session(), clock.local_date(clock.now())
    form.form.choices = form_choices()
    form.quarter.choices = [
        (f"{year}-{quarter}", quarter_words(year, quarter)) for year, quarter in quarters_from(today)
    ]
    lines = profile(session, me(), today)
    form.competency.choices = [("", _("none of them"))] + [
        (line.code, f"{line.code} {line.name}") for line in lines if line.required
    ]
    return render_template("learner/plans/new.html", nav="profile", form=form)
