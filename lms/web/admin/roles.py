"""Roles of a person."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts import actions
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import user_with_grants
from lms.web.access import me
from lms.web.admin.forms import number_of
from lms.web.admin.users import page_of_user, role_form
from lms.web.labels import role_label
from lms.web.refusals import refusal_text, show_refusal, undo

roles = Blueprint("roles", __name__, url_prefix="/users/<int:user_id>")


@roles.post("")
def grant(user_id: int) -> Response | tuple[str, int]:
    """Give a role; a role held already stays as it is."""
    user = _user(user_id)
    form = role_form()
    if not form.validate():
        return page_of_user(user, form), 422
    try:
        unit_id = number_of(form.unit_id.data)
        actions.grant_role(db.session(), user, form.role.data, unit_id, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        show_refusal(form, error)
        return page_of_user(_user(user_id), form), 422
    db.session.commit()
    flash(_("%(name)s holds the role now: %(role)s.", name=user.name, role=role_label(form.role.data)), "ok")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


@roles.post("/roles/<int:grant_id>/revoke")
def revoke(user_id: int, grant_id: int) -> Response:
    """Take a role."""
    user = _user(user_id)
    try:
        done = actions.revoke_role(db.session(), user, grant_id, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        text = refusal_text(error)
        undo()
        flash(text, "danger")
        return redirect(url_for("admin.users.show", user_id=user_id), 303)
    db.session.commit()
    flash(_("The role is taken back.") if done else _("The role had been taken back already."), "ok")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


def _user(user_id: int) -> User:
    user = user_with_grants(db.session(), user_id)
    if user is None:
        abort(404)
    return user
