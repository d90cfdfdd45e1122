"""The effect of courses: which of them are followed up, and the report of a course and year."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField
from wtforms.validators import InputRequired

from lms import clock
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import live_course
from lms.domain.effects.actions import switch_off, switch_on
from lms.domain.effects.queries import behaviour_of, current_results, open_rule, rules_of
from lms.domain.effects.rules import ENOUGH, HIGHEST, change_of
from lms.domain.reports.effect import course_years, courses_of_year, report_of
from lms.domain.settings.rates import RATE_FIELDS
from lms.web.access import me, require_role
from lms.web.admin.policy_fields import whole_field
from lms.web.admin.rates import LABELS
from lms.web.context import policy
from lms.web.effect_words import CHANGES, HINDRANCES, ITEMS, ROLES
from lms.web.hr.effect_file import HEADS, lines_of
from lms.web.tables_sent import send_table

effects = Blueprint("effects", __name__, url_prefix="/effect")


class RuleForm(FlaskForm):
    """When those who complete a course are followed up."""

    months = whole_field(_l("Months after completion until the follow-up"), 1, 24)
    since = DateField(
        _l("For completions from this day on"), [InputRequired(_l("Write the day."))],
        description=_l("An earlier day takes in those who have completed it since."),
    )  # fmt: skip


@effects.get("")
def index() -> str:
    """List the courses with their completions of a year, and which are followed up."""
    session, today = db.session(), clock.local_date(clock.now())
    year = _year(today)
    return render_template(
        "hr/effects/index.html", lines=courses_of_year(session, year), rules=rules_of(session), year=year,
        years=course_years(session, today),
    )  # fmt: skip


@effects.get("/<slug>")
def show(slug: str) -> str:
    """Show the report of a course and year."""
    return _page(_live(slug), slug)


@effects.post("/<slug>/file")
def file(slug: str) -> Response:
    """Send the report as XLSX: each figure with its number of people and its rule."""
    session, version = db.session(), _live(slug)
    year = _year(clock.local_date(clock.now()))
    record(session, "effect.exported", now=clock.now(), actor=me().id, subject=("course", version.course_id))
    with force_locale("id"):
        rows = lines_of(
            report_of(session, version, year, policy()), behaviour_of(session, version.course_id, year),
            current_results(session, me(), version.course_id),
        )  # fmt: skip
    session.commit()
    return send_table("xlsx", f"laporan-{slug}-{year}", "Laporan pelatihan", HEADS, rows, [version.title])


@effects.post("/<slug>/rule")
def save_rule(slug: str) -> str | Response | tuple[str, int]:
    """Have those who complete the course followed up; only BKPSDM."""
    require_role(RoleName.BKPSDM)
    version, form, now = _live(slug), RuleForm(), clock.now()
    if not form.validate():
        return _page(version, slug, form), 422
    added = switch_on(
        db.session(), version.course_id, months=form.months.data, since=form.since.data, by=me(), now=now
    )
    db.session.commit()
    flash(
        ngettext("Switched on. %(num)s completion is followed up as well.",
                 "Switched on. %(num)s completions are followed up as well.", added), "ok",
    )  # fmt: skip
    return redirect(url_for("hr.effects.show", slug=slug), 303)


@effects.post("/<slug>/rule/end")
def end_rule(slug: str) -> Response:
    """Follow nobody up any more who completes the course from now on; only BKPSDM."""
    require_role(RoleName.BKPSDM)
    ended = switch_off(db.session(), _live(slug).course_id, by=me(), now=clock.now())
    db.session.commit()
    flash(_("Ended. Follow-ups that exist go on.") if ended else _("Nothing was changed."), "ok")
    return redirect(url_for("hr.effects.show", slug=slug), 303)


def _year(today: date) -> int:
    years = course_years(db.session(), today)
    text = request.values.get("year", "")
    return int(text) if text in {str(one) for one in years} else today.year


def _live(slug: str) -> CourseVersion:
    found = live_course(db.session(), slug)
    if found is None or found.live_version is None:
        abort(404)
    return found.live_version


def _page(version: CourseVersion, slug: str, form: RuleForm | None = None) -> str:
    session, today = db.session(), clock.local_date(clock.now())
    year, rule = _year(today), open_rule(session, version.course_id)
    filled = {"months": rule.months, "since": rule.since} if rule else {
        "months": policy().followup_months, "since": today,
    }  # fmt: skip
    return render_template(
        "hr/effects/show.html", report=report_of(session, version, year, policy()), today=today,
        rows=[
            (row, change_of(row.before_value, row.after_value, row.lower_is_better))
            for row in current_results(session, me(), version.course_id)
        ],
        changes=CHANGES, rate_names=RATE_FIELDS, rate_labels=LABELS, version=version,
        slug=slug, year=year, years=course_years(session, today),
        rule=rule, form=form or RuleForm(formdata=None, data=filled),
        behaviour=behaviour_of(session, version.course_id, year), items=ITEMS, roles=ROLES,
        hindrances=HINDRANCES, enough=ENOUGH, highest=HIGHEST,
    )  # fmt: skip
