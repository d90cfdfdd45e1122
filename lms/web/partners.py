"""Partner institutions. One resource at two desks: BKPSDM in the HR desk, the admin in its own."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.queries import count_organised, organised_by, was_named
from lms.domain.partners import actions
from lms.domain.partners.models import Partner
from lms.domain.partners.queries import authors_of, find_partners
from lms.domain.partners.rules import Entry
from lms.web import emblems
from lms.web.access import me, require_role
from lms.web.labels import PARTNER_KINDS
from lms.web.listing import page_of
from lms.web.refusals import refusal_text, show_refusal, undo

partners = Blueprint("partners", __name__, url_prefix="/partners")
LONG = _l("This is too long.")


def _line(
    label: LazyString, most: int, hint: LazyString | str = "", needed: LazyString | None = None
) -> StringField:
    first = InputRequired(needed) if needed else Optional()
    return StringField(label, [first, Length(max=most * 2, message=LONG)], description=hint)


class PartnerForm(FlaskForm):
    """What the office knows of an institution."""

    name = _line(_l("Name of the institution"), 160, _l("In full, as it stands on certificates."),
                 _l("Write the name."))  # fmt: skip
    short_name = _line(_l("Short name"), 40, _l("For lists, such as UCB."), _l("Write the short name."))
    kind = SelectField(
        _l("Kind of institution"), validate_choice=False,
        choices=[SelectChoice(code, word) for code, word in PARTNER_KINDS.items()],
    )  # fmt: skip
    address = TextAreaField(_l("Address"), [Optional(), Length(max=600, message=LONG)])
    contact = _line(_l("Contact person or office"), 120)
    email = _line(_l("E-mail"), 254)
    phone = _line(_l("Telephone"), 40)
    web = _line(_l("Web address"), 200, _l("Shown as text, for example www.example.ac.id."))

    def entry(self) -> Entry:
        """Return what was typed."""
        names = ("name", "short_name", "kind", "address", "contact", "email", "phone", "web")
        key = self["key"].data if "key" in self else ""
        return Entry(key=key or "", **{name: self[name].data or "" for name in names})


class NewPartnerForm(PartnerForm):
    """An institution and the key by which courses name it."""

    key = _line(
        _l("Key for courses"), 40,
        _l("Authors write it after “penyelenggara:”. Small letters, digits and hyphens; empty: from the short"
           " name. It cannot be changed later."),
    )  # fmt: skip


class LogoForm(FlaskForm):
    """A picture."""

    logo = FileField(_l("Logo"), [FileRequired(_l("Choose the file first."))])


@partners.before_request
def _guard() -> None:
    """The office of a unit has no partners."""
    require_role(RoleName.BKPSDM, RoleName.ADMIN)


@partners.get("")
def index() -> str:
    """List the institutions with the number of courses that name them."""
    text, closed = request.args.get("q", "")[:100].strip(), request.args.get("state") == "all"
    rows = find_partners(db.session(), text, closed=closed)
    page = page_of(request.args, len(rows))
    return render_template(
        "partners/index.html", rows=rows[page.offset : page.offset + page.size], page=page,
        filtered=bool(text), courses=count_organised(db.session()), kinds=PARTNER_KINDS,
    )  # fmt: skip


@partners.get("/new")
def new() -> str:
    """Ask for an institution."""
    return _form_page(NewPartnerForm(), None)


@partners.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Add an institution; the same form sent twice adds one."""
    form = NewPartnerForm()
    if not form.validate():
        return _form_page(form, None), 422
    try:
        row = actions.add(db.session(), form.entry(), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _form_page(form, None), 422
    db.session.commit()
    flash(_("%(name)s is in the list now. Next: its logo.", name=row.name), "ok")
    return redirect(url_for(".show", partner_id=row.id), 303)


@partners.get("/<int:partner_id>")
def show(partner_id: int) -> str:
    """Show an institution, its logo, its courses."""
    return _page(_partner(partner_id), LogoForm())


def _page(row: Partner, form: LogoForm) -> str:
    session = db.session()
    authors = authors_of(session, row.id)
    return render_template(
        "partners/show.html", row=row, form=form, kinds=PARTNER_KINDS, authors=authors,
        today=clock.local_date(clock.now()), at_admin=request.blueprint == "admin.partners",
        courses=organised_by(session, row.id), removable=not authors and not was_named(session, row.id),
    )  # fmt: skip


@partners.get("/<int:partner_id>/edit")
def edit(partner_id: int) -> str:
    """Show the form of an institution."""
    row = _partner(partner_id)
    return _form_page(PartnerForm(obj=row), row)


@partners.post("/<int:partner_id>/edit")
def save(partner_id: int) -> str | Response | tuple[str, int]:
    """Store what is known of an institution."""
    row, form = _partner(partner_id), PartnerForm()
    if not form.validate():
        return _form_page(form, row), 422
    try:
        changed = actions.edit(db.session(), row, form.entry(), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _form_page(form, _partner(partner_id)), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for(".show", partner_id=partner_id), 303)


@partners.post("/<int:partner_id>/logo")
def save_logo(partner_id: int) -> Response | tuple[str, int]:
    """Check a picture and make it the logo."""
    row, form = _partner(partner_id), LogoForm()
    data = emblems.read(form.logo.data) if form.validate() else b""
    problem = emblems.problem(data) if data else None
    if problem is not None:
        form.logo.errors = [problem]
    if form.errors:
        return _page(row, form), 422
    actions.set_logo(db.session(), row, emblems.keep(data), by=me().id, now=clock.now())
    db.session.commit()
    flash(_("The logo stands on the pages of its courses now."), "ok")
    return redirect(url_for(".show", partner_id=partner_id), 303)


@partners.post("/<int:partner_id>/logo/remove")
def remove_logo(partner_id: int) -> Response:
    """Show no logo any more."""
    if actions.set_logo(db.session(), _partner(partner_id), "", by=me().id, now=clock.now()):
        flash(_("The logo is removed."), "ok")
    db.session.commit()
    return redirect(url_for(".show", partner_id=partner_id), 303)


@partners.post("/<int:partner_id>/close")
def close(partner_id: int) -> Response:
    """Let no further course name it."""
    try:
        done = actions.close(db.session(), _partner(partner_id), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        flash(refusal_text(error), "danger")
        return redirect(url_for(".show", partner_id=partner_id), 303)
    if done:
        flash(_("Closed: no further course can name it. Courses that name it keep it."), "ok")
    db.session.commit()
    return redirect(url_for(".show", partner_id=partner_id), 303)


@partners.post("/<int:partner_id>/reopen")
def reopen(partner_id: int) -> Response:
    """Let courses name it again."""
    if actions.reopen(db.session(), _partner(partner_id), by=me().id, now=clock.now()):
        flash(_("Courses may name it again."), "ok")
    db.session.commit()
    return redirect(url_for(".show", partner_id=partner_id), 303)


@partners.post("/<int:partner_id>/remove")
def remove(partner_id: int) -> Response:
    """Remove an institution that nothing names."""
    row = _partner(partner_id)
    name = row.name
    try:
        actions.remove(db.session(), row, by=me().id, now=clock.now())
    except Refused as error:
        undo()
        flash(refusal_text(error), "danger")
        return redirect(url_for(".show", partner_id=partner_id), 303)
    db.session.commit()
    flash(_("%(name)s is removed.", name=name), "ok")
    return redirect(url_for(".index"), 303)


def _form_page(form: PartnerForm, row: Partner | None) -> str:
    return render_template("partners/form.html", form=form, row=row, names=_NAMES)


_NAMES: Mapping[str, str] = {
    "kind": "m", "short_name": "m", "phone": "m", "key": "m",
}  # fmt: skip
"""Fields that are not as wide as a line."""


def _partner(partner_id: int) -> Partner:
    return db.session.get(Partner, partner_id) or abort(404)
