"""What an office does to a person's record: change data, close the account of who left, open it again."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused, close_user, edit_user, reopen_user, set_superior
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import PeopleFilter, count_people, find_people, user_for
from lms.domain.audit.queries import reasons_of
from lms.web.access import me
from lms.web.hr.staff_forms import LEAVING, form_of, may_change, may_edit
from lms.web.listing import page_of
from lms.web.person_warnings import person_warnings
from lms.web.refusals import refusal_text, show_refusal, undo

staff_changes = Blueprint("staff_changes", __name__, url_prefix="/staff")


@staff_changes.get("/<int:user_id>/edit")
def edit(user_id: int) -> str:
    """Ask for changed data."""
    user = _editable(user_id)
    return render_template(
        "hr/staff/edit.html", form=form_of(user), user=user, warnings=person_warnings(user)
    )


@staff_changes.post("/<int:user_id>/edit")
def save(user_id: int) -> str | Response | tuple[str, int]:
    """Store changed data; certificates already issued keep what they say."""
    user = _editable(user_id)
    form, session, now = form_of(user), db.session(), clock.now()
    if not form.validate():
        return render_template("hr/staff/edit.html", form=form, user=user, warnings=[]), 422
    try:
        changed: bool = bool(
            edit_user(session, user, form.person(user), now=now, actor=me().id, since=form.since.data)
        )
        changed |= set_superior(session, user, form.superior.data or "", now=now, actor=me().id)
    except Refused as error:
        undo()
        show_refusal(form, error)
        return render_template("hr/staff/edit.html", form=form, user=_editable(user_id), warnings=[]), 422
    session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("hr.staff.show", user_id=user_id), 303)


@staff_changes.get("/left")
def left() -> str:
    """List the people of the scope whose accounts are closed."""
    session, wanted = db.session(), PeopleFilter(text=request.args.get("q", "")[:100].strip(), state="closed")
    page = page_of(request.args, count_people(session, wanted, actor=me()))
    people = find_people(session, wanted, actor=me(), limit=page.size, offset=page.offset)
    reasons = reasons_of(session, "user.closed", "user", [user.id for user in people])
    return render_template(
        "hr/staff/left.html",
        people=people,
        page=page,
        reasons=reasons,
        words=LEAVING,
        filtered=bool(wanted.text),
    )


@staff_changes.post("/<int:user_id>/close")
def close(user_id: int) -> Response:
    """Close the account of somebody who left: signed out everywhere, learning and certificates stay."""
    user = _changeable(user_id)
    reason = request.form.get("reason", "")
    if reason not in LEAVING:
        flash(_("Choose why this person left."), "warn")
        return redirect(url_for("hr.staff.show", user_id=user_id), 303)
    try:
        done = close_user(db.session(), user, now=clock.now(), actor=me().id, reason=reason)
    except Refused as error:
        text = refusal_text(error)
        undo()
        flash(text, "danger")
        return redirect(url_for("hr.staff.show", user_id=user_id), 303)
    db.session.commit()
    if done:
        flash(_("The account of %(name)s is closed; learning and certificates stay.", name=user.name), "ok")
    return redirect(url_for("hr.staff.show", user_id=user_id), 303)


@staff_changes.post("/<int:user_id>/reopen")
def reopen(user_id: int) -> Response:
    """Open the account of somebody who is back."""
    user = _changeable(user_id)
    if reopen_user(db.session(), user, now=clock.now(), actor=me().id):
        flash(_("The account of %(name)s is open again.", name=user.name), "ok")
    db.session.commit()
    return redirect(url_for("hr.staff.show", user_id=user_id), 303)


def _editable(user_id: int) -> User:
    user = _user(user_id)
    return user if may_edit(user) else abort(403)


def _changeable(user_id: int) -> User:
    user = _user(user_id)
    return user if may_change(user) else abort(403)


def _user(user_id: int) -> User:
    return user_for(db.session(), me(), user_id) or abort(404)
