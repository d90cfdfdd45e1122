"""Sign in, sign out, language."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import cast

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db, reading
from lms.domain.accounts import actions
from lms.domain.accounts.queries import Credentials, credentials_of
from lms.domain.accounts.rules import (
    hash_password,
    looks_like_nip,
    needs_rehash,
    normalise_nip,
    verify_password,
)
from lms.i18n.formats import date as long_date
from lms.i18n.locale import LOCALES
from lms.web import kept, throttle
from lms.web.access import is_signed_in, me, public
from lms.web.context import policy
from lms.web.public import known, signing
from lms.web.public.cookies import keep
from lms.web.public.forms import SignInForm
from lms.web.returns import local_path

auth = Blueprint("auth", __name__)

TRIES = 10  # of one identity, from wherever
TRIES_WINDOW = 15 * 60
PAIR_TRIES = 20  # of one identity from one address: stops who waits the first window out
PAIR_WINDOW = 3600
ADDRESS_TRIES = 200  # a whole office shares one address
ADDRESS_WINDOW = 60

auth.before_app_request(signing.note_use)


@auth.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for NIP or e-mail and password, and go on to where the person wanted to be."""
    if request.method == "POST":
        return _check()
    target = local_path(request.args.get("next"))
    if is_signed_in():
        return redirect(target, 303)
    return _page(SignInForm(next=target))


def _check() -> str | Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    identity = _same(form.identity.data)
    credentials = _credentials(form.identity.data)
    mark = known.mark_of(credentials.user_id)
    left = _count_try(identity, mark)
    if not verify_password(credentials.password_hash, form.password.data):
        return _refuse(form, left)
    rehashed = None
    if credentials.password_hash and needs_rehash(credentials.password_hash):
        rehashed = hash_password(form.password.data)
    signing.leave()
    try:
        user, token = actions.sign_in(
            db.session(), credentials, now=clock.now(), device=signing.device(), rehashed=rehashed
        )
    except actions.Refused as error:
        db.session.rollback()
        return (
            _ended(form, cast(date, error.params["day"]))
            if error.code == "access.ended"
            else _refuse(form, left)
        )
    db.session.commit()
    if not mark:
        _forgive(identity)
    signing.enter(user, token)
    waiting = kept.unpack(form.kept.data) if form.kept.data else None
    if waiting is not None:
        response = make_response(kept.ask_to_resend(waiting, 200))
    else:
        response = make_response(redirect(local_path(form.next.data), 303))
    known.remember(response, user.id)
    return response


def _page(form: SignInForm) -> str:
    wanted = local_path(form.next.data)
    return render_template(
        "public/auth/sign_in.html", form=form, goes_on=wanted != "/", help_contact=policy().help_contact
    )


def _refuse(form: SignInForm, left: int) -> tuple[str, int]:
    if left > 0:
        text = ngettext(
            "NIP or e-mail and password do not match. %(num)s try left before a pause of 15 minutes.",
            "NIP or e-mail and password do not match. %(num)s tries left before a pause of 15 minutes.",
            left,
        )
    else:
        text = _("NIP or e-mail and password do not match. Please wait 15 minutes before the next try.")
    form.form_errors.append(text)
    return _page(form), 422


def _ended(form: SignInForm, day: date) -> tuple[str, int]:
    """Tell an external author, who knows the password, that the access is over."""
    form.form_errors.append(
        _("Your access ended on %(day)s. Ask %(office)s if you still need it.", day=long_date(day),
          office=policy().organiser_short)
    )  # fmt: skip
    return _page(form), 422


def _same(identity: str) -> str:
    if looks_like_nip(identity):
        return normalise_nip(identity)
    return unicodedata.normalize("NFKC", identity).strip().casefold()


def _count_try(identity: str, mark: str) -> int:
    """Count this try and return how many are left; answer 429 when there were too many.

    A device with a mark of the person is counted for itself, so that strangers do not use up its tries.
    """
    where = throttle.address()
    bucket, key = ("login-device", mark) if mark else ("login", identity)
    pair = mark or f"{identity} {where}"
    wait = (
        throttle.hit("login-address", where, ADDRESS_TRIES, ADDRESS_WINDOW)
        or throttle.hit(bucket, key, TRIES, TRIES_WINDOW)
        or throttle.hit("login-pair", pair, PAIR_TRIES, PAIR_WINDOW)
    )
    if wait:
        throttle.refuse(wait)
    left = TRIES - throttle.used(bucket, key, TRIES_WINDOW)
    db.session.rollback()  # hashing must not hold a lock
    return left


def _forgive(identity: str) -> None:
    throttle.forgive("login", identity)
    throttle.forgive("login-pair", f"{identity} {throttle.address()}")


def _credentials(identity: str) -> Credentials:
    """Read the stored hash and let the database go: hashing must not hold its write lock."""
    with reading(db.session()):
        return credentials_of(db.session(), identity)


@auth.post("/logout")
@public
def sign_out() -> Response:
    """End the session of this device."""
    signing.leave()
    db.session.commit()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("auth.sign_in"), 303)


@auth.post("/language")
@public
def language() -> Response:
    """Remember the language, for the person and for this browser."""
    response = redirect(local_path(request.form.get("next")), 303)
    chosen = request.form.get("language", "")
    if chosen not in LOCALES:
        return response
    if is_signed_in():
        actions.set_locale(db.session(), me(), chosen)
        db.session.commit()
    keep(response, "lang", chosen)
    return response
