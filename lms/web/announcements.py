"""Announcements: what the home page says for some days. One resource at two desks, HR and admin."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import open_units
from lms.domain.announcements.actions import BODY_MAX, TITLE_MAX, announce, withdraw
from lms.domain.announcements.models import Announcement
from lms.domain.announcements.queries import count_announcements, find_announcements
from lms.web.access import me, require_role
from lms.web.admin.forms import number_of, unit_choices
from lms.web.listing import page_of
from lms.web.refusals import show_refusal, undo

announcements = Blueprint("announcements", __name__, url_prefix="/announcements")
LONG = _l("This is too long.")


class AnnouncementForm(FlaskForm):
    """A message, for whom and for which days."""

    title = StringField(_l("Headline"), [InputRequired(_l("Write a title.")), Length(max=400, message=LONG)])
    body = TextAreaField(
        _l("Text"), [InputRequired(_l("Write the text.")), Length(max=4000, message=LONG)],
        description=_l("A few sentences without marks; blank lines stay."),
    )  # fmt: skip
    shown_from = DateField(_l("First day"), [InputRequired(_l("Write the first day."))])
    shown_until = DateField(_l("Last day"), [InputRequired(_l("Write the last day."))])
    unit_id = SelectField(
        _l("For"), validate_choice=False, description=_l("A unit reaches all units below it, too.")
    )


@announcements.before_request
def _guard() -> None:
    """The desk of an office of a unit announces nothing."""
    require_role(RoleName.BKPSDM, RoleName.ADMIN)


@announcements.get("")
def index() -> str:
    """List them; the form for a new one stands above."""
    today = _today()
    return _page(_form(AnnouncementForm(shown_from=today, shown_until=today)))


@announcements.post("")
def create() -> str | Response | tuple[str, int]:
    """Publish one."""
    form = _form(AnnouncementForm())
    if not form.validate():
        return _page(form), 422
    try:
        announce(
            db.session(), title=form.title.data, body=form.body.data, shown_from=form.shown_from.data,
            shown_until=form.shown_until.data, unit_id=number_of(form.unit_id.data), by=me(), now=clock.now(),
        )  # fmt: skip
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _page(form), 422
    db.session.commit()
    flash(_("The announcement stands on the home page in these days."), "ok")
    return redirect(url_for(".index"), 303)


@announcements.post("/<int:announcement_id>/withdraw")
def take_back(announcement_id: int) -> Response:
    """Take one off the home page."""
    item = db.session.get(Announcement, announcement_id) or abort(404)
    if withdraw(db.session(), item, by=me(), now=clock.now()):
        flash(_("The announcement no longer appears."), "ok")
    db.session.commit()
    return redirect(url_for(".index"), 303)


def _page(form: AnnouncementForm) -> str:
    session = db.session()
    page = page_of(request.args, count_announcements(session))
    rows = find_announcements(session, limit=page.size, offset=page.offset)
    return render_template(
        "announcements/index.html", form=form, page=page, today=_today(), title_max=TITLE_MAX,
        rows=rows, body_max=BODY_MAX, state=_state,
    )  # fmt: skip


def _state(item: Announcement, today: date) -> str:
    if item.withdrawn_at is not None:
        return "withdrawn"
    if item.shown_until < today:
        return "over"
    return "planned" if item.shown_from > today else "shown"


def _form(form: AnnouncementForm) -> AnnouncementForm:
    everybody = unit_choices(open_units(db.session()))
    everybody[0] = SelectChoice("", str(_("Everybody")))
    form.unit_id.choices = everybody
    return form


def _today() -> date:
    return clock.local_date(clock.now())
