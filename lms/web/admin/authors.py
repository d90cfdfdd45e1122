"""Accounts of external authors: made at the page of their institution, by the admin alone."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import user_by_identity
from lms.domain.accounts.rules import squeezed
from lms.domain.partners.actions import add_author, edit_author
from lms.domain.partners.models import Partner
from lms.web.access import me
from lms.web.admin.users import issue_code
from lms.web.refusals import show_refusal, undo

authors = Blueprint("authors", __name__, url_prefix="/partners/<int:partner_id>/authors")
LONG = _l("This is too long.")


class AuthorForm(FlaskForm):
    """Who writes for the institution, and until when."""

    name = StringField(
        _l("Name with titles"), [InputRequired(_l("Write the name.")), Length(max=400, message=LONG)]
    )
    email = StringField(
        _l("E-mail"), [InputRequired(_l("Write the e-mail address.")), Length(max=300, message=LONG)],
        description=_l("The person signs in with it; there is no NIP."),
    )  # fmt: skip
    access_until = DateField(
        _l("Last day of access"), [Optional()],
        description=_l("Afterwards nobody can sign in with this account. Empty: until you close it."),
    )  # fmt: skip


@authors.get("/new")
def new(partner_id: int) -> str:
    """Ask who it is."""
    return _page(_partner(partner_id), AuthorForm(), None)


@authors.post("/new")
def create(partner_id: int) -> Response | tuple[str, int]:
    """Make the account, and its activation code if asked; the same form sent twice makes one account."""
    row, form = _partner(partner_id), AuthorForm()
    if not form.validate():
        return _page(row, form, None), 422
    session, typed = db.session(), _typed(form)
    try:
        user = add_author(session, row, *typed, by=me().id, now=clock.now())
    except Refused as error:
        undo()
        twin = user_by_identity(session, typed[1])
        if twin is not None and twin.partner_id == partner_id and twin.name == squeezed(typed[0]):
            flash(_("%(name)s has this account already; nothing was added.", name=twin.name), "info")
            return redirect(url_for("admin.users.show", user_id=twin.id), 303)
        show_refusal(form, error)
        return _page(_partner(partner_id), form, None), 422
    session.commit()
    if request.form.get("then") == "code":
        return issue_code(user.id)
    flash(_("Account of %(name)s created. Next: an activation code.", name=user.name), "ok")
    return redirect(url_for("admin.users.show", user_id=user.id), 303)


@authors.get("/<int:user_id>")
def edit(partner_id: int, user_id: int) -> str:
    """Ask for changed data."""
    user = _author(partner_id, user_id)
    return _page(_partner(partner_id), AuthorForm(obj=user), user)


@authors.post("/<int:user_id>")
def save(partner_id: int, user_id: int) -> Response | tuple[str, int]:
    """Store changed data."""
    user, form = _author(partner_id, user_id), AuthorForm()
    if not form.validate():
        return _page(_partner(partner_id), form, user), 422
    try:
        changed = edit_author(db.session(), user, *_typed(form), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _page(_partner(partner_id), form, _author(partner_id, user_id)), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


def _typed(form: AuthorForm) -> tuple[str, str, date | None]:
    return form.name.data or "", form.email.data or "", form.access_until.data


def _page(row: Partner, form: AuthorForm, user: User | None) -> str:
    return render_template("admin/authors/form.html", row=row, form=form, user=user)


def _partner(partner_id: int) -> Partner:
    return db.session.get(Partner, partner_id) or abort(404)


def _author(partner_id: int, user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.partner_id != partner_id:
        abort(404)
    return user
