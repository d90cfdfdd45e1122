"""A printed code gives a person the first, or a new, password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db, reading
from lms.domain.accounts import actions
from lms.domain.accounts.queries import code_owner
from lms.domain.accounts.rules import hash_password
from lms.web import throttle
from lms.web.access import public
from lms.web.context import policy
from lms.web.public import known, signing
from lms.web.public.forms import ActivationForm
from lms.web.refusals import show_refusal

activation = Blueprint("activation", __name__)

TRIES = 60  # of one address: a whole office types its codes on one day
TRIES_WINDOW = 15 * 60


@activation.route("/activate", methods=["GET", "POST"])
@public
def use() -> str | Response | tuple[str, int]:
    """Ask for the code and a new password; set it for the person whose code it is and sign them in."""
    return _spend() if request.method == "POST" else _page(ActivationForm())


def _spend() -> str | Response | tuple[str, int]:
    form = ActivationForm()
    if not form.validate():
        return _page(form), 422
    wait = throttle.hit("activate", throttle.address(), TRIES, TRIES_WINDOW)
    if wait:
        throttle.refuse(wait)
    if not _acceptable(form):
        return _page(form), 422
    hashed = hash_password(form.new_password.data)
    now = clock.now()
    signing.leave()
    try:
        user = actions.use_code(db.session(), form.code.data, hashed, now=now)
    except actions.Refused as error:
        db.session.rollback()
        show_refusal(form, error)
        return _page(form), 422
    token = actions.start_session(db.session(), user, now=now, device=signing.device())
    db.session.commit()
    signing.enter(user, token)
    flash(_("Welcome, %(name)s. Your password is set and you are signed in.", name=user.name), "ok")
    response = redirect("/", 303)
    known.remember(response, user.id)
    return response


def _acceptable(form: ActivationForm) -> bool:
    """Check code and password in a reading transaction of its own, so that hashing holds no lock."""
    with reading(db.session()):
        owned = code_owner(db.session(), form.code.data)
        problem = actions.code_problem(owned.code, owned.user, clock.now()) if owned else "code.unknown"
        if problem is not None:
            show_refusal(form, actions.Refused(problem, "code"))
            return False
        return form.check_for(owned.user if owned else None)


def _page(form: ActivationForm) -> str:
    return render_template("public/activation/use.html", form=form, help_contact=policy().help_contact)
