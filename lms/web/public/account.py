"""The own account: data from HR, password, devices, appearance."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts import actions
from lms.domain.accounts.queries import open_sessions, user_with_grants
from lms.domain.accounts.rules import hash_password, verify_password
from lms.domain.partners.models import Partner
from lms.web import throttle
from lms.web.access import is_signed_in, me, public
from lms.web.context import policy
from lms.web.labels import employment_label, role_label
from lms.web.public import signing
from lms.web.public.auth import TRIES, TRIES_WINDOW
from lms.web.public.cookies import keep
from lms.web.public.forms import PasswordForm
from lms.web.returns import local_path

account = Blueprint("account", __name__, url_prefix="/account")

THEMES = {"auto": None, "light": "light", "dark": "dark"}


@account.get("")
def show() -> str:
    """Show who the person is to the office, and the devices that are signed in."""
    user = user_with_grants(db.session(), me().id)
    if user is None:
        abort(404)
    return render_template(
        "public/account/show.html",
        user=user,
        partner=db.session.get(Partner, user.partner_id) if user.partner_id is not None else None,
        employment=employment_label(user.employment),
        roles=[(role_label(grant.role), grant.unit.name if grant.unit else "") for grant in user.grants],
        devices=open_sessions(db.session(), user.id, clock.now()),
        present=signing.present_hash(),
        help_contact=policy().help_contact,
    )


@account.get("/password")
def password() -> str:
    """Ask for the present and a new password."""
    return render_template("public/account/password.html", form=PasswordForm())


@account.post("/password")
def change_password() -> str | Response | tuple[str, int]:
    """Set a new password and end the sessions of all other devices."""
    form = PasswordForm()
    user_id = me().id
    if not form.validate() or not form.check_for(me()):
        return render_template("public/account/password.html", form=form), 422
    wait = throttle.hit("password", str(user_id), TRIES, TRIES_WINDOW)
    if wait:
        throttle.refuse(wait)
    stored = me().password_hash
    db.session.commit()  # nothing was changed yet: let the database go while hashing
    if not verify_password(stored, form.password.data):
        form.password.errors = [_("This is not your present password.")]
        return render_template("public/account/password.html", form=form), 422
    hashed = hash_password(form.new_password.data)
    actions.set_password(db.session(), me(), hashed, now=clock.now(), keep=signing.present_hash())
    db.session.commit()
    throttle.forgive("password", str(user_id))
    flash(_("Your password is changed. Other devices must sign in again."), "ok")
    return redirect(url_for("account.show"), 303)


@account.post("/sessions/<int:login_id>/end")
def end_device(login_id: int) -> Response:
    """Sign one device of the person out."""
    if not actions.end_session_of(db.session(), me(), login_id, clock.now()):
        abort(404)
    db.session.commit()
    flash(_("That device is signed out."), "ok")
    return redirect(url_for("account.show"), 303)


@account.post("/sessions/end-others")
def end_others() -> Response:
    """Sign all other devices of the person out."""
    user_id = me().id
    count = actions.end_other_sessions(
        db.session(), user_id, now=clock.now(), actor=user_id, keep=signing.present_hash()
    )
    db.session.commit()
    text = ngettext("%(num)s other device is signed out.", "%(num)s other devices are signed out.", count)
    flash(text, "ok")
    return redirect(url_for("account.show"), 303)


@account.post("/theme")
@public
def theme() -> Response:
    """Remember the appearance, for the person and for this browser."""
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        abort(400)
    if is_signed_in():
        actions.set_theme(db.session(), me(), THEMES[chosen])
        db.session.commit()
    if request.headers.get("Sec-Fetch-Mode") in {"cors", "same-origin"}:
        response = Response(status=204)  # asked by the script, which has changed the page already
    else:
        response = redirect(local_path(request.form.get("next")), 303)
    keep(response, "theme", chosen if chosen != "auto" else "")
    return response
