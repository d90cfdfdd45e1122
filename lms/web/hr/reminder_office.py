"""What the personnel agency keeps for reminders: when and how often, days off, the mail server."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, StringField
from wtforms.validators import InputRequired

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.audit.actions import record
from lms.domain.reminders.actions import drop_holiday, keep_holidays, plan_test
from lms.domain.reminders.queries import holidays_from
from lms.domain.reminders.rules.holidays import BYTES_MAX, BadLine, read_days
from lms.domain.settings.actions import change
from lms.mail.server import host_name, mail_server
from lms.web.access import me, require_role
from lms.web.admin.reminder_form import RemindersForm
from lms.web.context import policy
from lms.web.refusals import show_refusal, undo

reminder_office = Blueprint("reminder_office", __name__, url_prefix="/reminders/office")
SHOWN_BACK = timedelta(days=31)


class DayForm(FlaskForm):
    """One day off, or a file of them."""

    day = DateField(_l("Day"), [InputRequired(_l("Write the day."))])
    name = StringField(_l("What day it is"), description=_l("For example: Hari Natal, cuti bersama."))


class DaysForm(FlaskForm):
    """A file of days off."""

    file = FileField(_l("CSV file"))


@reminder_office.before_request
def _guard() -> None:
    """The office of a unit changes nothing here."""
    require_role(RoleName.BKPSDM)


@reminder_office.get("/settings")
def settings() -> str:
    """Ask when people are reminded."""
    return _settings(RemindersForm(formdata=None, data=asdict(policy())))


@reminder_office.post("/settings")
def save_settings() -> str | Response | tuple[str, int]:
    """Store what differs."""
    form = RemindersForm()
    if not form.validate():
        return _settings(form), 422
    now, by = clock.now(), me().id
    changed = change(db.session(), form.values(), by=by, now=now)
    if changed:
        record(
            db.session(), "settings.changed", now=now, actor=by, subject=("settings", "reminders"),
            changed=changed,
        )  # fmt: skip
    db.session.commit()
    flash(_("Settings saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("hr.reminder_office.settings"), 303)


def _settings(form: RemindersForm) -> str:
    return render_template(
        "hr/reminders/settings.html", form=form, names=list(form.values()), email=me().email,
        server=mail_server(current_app.config),
    )  # fmt: skip


@reminder_office.post("/test")
def test() -> Response:
    """Have a test mail sent to one's own address; the log says what became of it."""
    user = me()
    if mail_server(current_app.config) is None or user.email is None:
        flash(_("There is no mail server, or no address is recorded for you."), "warn")
    else:
        plan_test(db.session(), user, now=clock.now(), host=host_name(current_app.config))
        db.session.commit()
        flash(_("Ordered. Within two minutes the log says what the mail server answered."), "ok")
    return redirect(url_for("hr.reminders.log", kind="test"), 303)


@reminder_office.get("/days")
def days() -> str:
    """List the days off; forms for one and for a file."""
    return _days(DayForm(formdata=None), DaysForm(formdata=None))


@reminder_office.post("/days")
def add_day() -> str | Response | tuple[str, int]:
    """Add one day."""
    form = DayForm()
    if not form.validate():
        return _days(form, DaysForm(formdata=None)), 422
    try:
        keep_holidays(db.session(), [(form.day.data, form.name.data or "")], by=me(), now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _days(form, DaysForm(formdata=None)), 422
    db.session.commit()
    flash(_("Stored."), "ok")
    return redirect(url_for("hr.reminder_office.days"), 303)


@reminder_office.post("/days/file")
def add_days() -> str | Response | tuple[str, int]:
    """Add the days of a file: all of them, or none when a line cannot be read."""
    form = DaysForm()
    data = form.file.data.read(BYTES_MAX + 1) if form.validate() and form.file.data else b""
    found = []
    if not data:
        form.file.errors = [_("Choose a file first.")]
    elif len(data) > BYTES_MAX:
        form.file.errors = [_("This file is too large.")]
    else:
        try:
            found = read_days(data)
        except BadLine as error:
            form.file.errors = [_("Line %(number)s holds no day with a name.", number=error.number)]
    if form.errors:
        return _days(DayForm(formdata=None), form), 422
    try:
        count = keep_holidays(db.session(), found, by=me(), now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _days(DayForm(formdata=None), form), 422
    db.session.commit()
    flash(_("%(count)s days are new or renamed.", count=count), "ok" if count else "info")
    return redirect(url_for("hr.reminder_office.days"), 303)


@reminder_office.post("/days/remove")
def remove_day() -> Response:
    """Take a day from the list."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        day = date.min
    if drop_holiday(db.session(), day, by=me(), now=clock.now()):
        flash(_("Taken from the list."), "ok")
    db.session.commit()
    return redirect(url_for("hr.reminder_office.days"), 303)


def _days(form: DayForm, file_form: DaysForm) -> str:
    today = clock.local_date(clock.now())
    rows = holidays_from(db.session(), today - SHOWN_BACK)
    return render_template("hr/reminders/days.html", form=form, file_form=file_form, rows=rows, today=today)
