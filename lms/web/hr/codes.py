"""Activation codes: choose, look at who gets one, make them, print the sheet once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused, issue_sheet
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import latest_codes, people_for
from lms.domain.accounts.rules import mask_nip, may_reset_password
from lms.domain.reports.queries import StaffWanted, count_staff, staff_ids, unused_accounts
from lms.domain.reports.rules import by_unit
from lms.web.access import me
from lms.web.context import policy
from lms.web.hr.filters import picked_ids, staff_wanted
from lms.web.hr.scope import figures_of, unit_of, unit_options, visible_units
from lms.web.hr.words import refusal
from lms.web.refusals import undo

codes = Blueprint("codes", __name__, url_prefix="/codes")
MOST = 300  # slips of one sheet
NONCE_BYTES = 16


@dataclass(frozen=True)
class Preview:
    """Who would get a code."""

    people: Sequence[User]
    refused: Sequence[User]  # mightier accounts: another office issues their codes
    with_password: int
    with_code: int  # an older code of theirs is withdrawn


@codes.get("")
def index() -> str:
    """Choose a unit; show how many of its people have no password."""
    unit = unit_of(request.args.get("unit"))
    if unit is not None:
        return _preview(_unused_in(unit), unit)
    sums = unused_accounts(db.session(), actor=me())
    lines = [line for line in by_unit(visible_units(), sums, None) if line.totals.people]
    return render_template("hr/codes/index.html", lines=lines, units=unit_options(), most=MOST)


@codes.post("/preview")
def preview() -> str | Response:
    """Show whom the ticked rows of the staff list (or all that match) would give a code."""
    ids: Sequence[int] = picked_ids(request.form.getlist("id"))
    if request.form.get("all"):
        wanted, _unit = staff_wanted(request.form)
        ids = staff_ids(db.session(), wanted, actor=me(), when=figures_of(), limit=MOST + 1)
    if not ids:
        flash(_("Select the people first, then press the button again."), "warn")
        return redirect(url_for("hr.staff.index"), 303)
    if len(ids) > MOST:
        flash(_("At most %(most)s codes at once. Choose a smaller unit.", most=MOST), "warn")
        return redirect(url_for("hr.staff.index"), 303)
    return _preview(ids, None)


@codes.post("")
def create() -> Response | tuple[str, int]:
    """Make the codes and show them, this once; the same form again gives the same sheet."""
    session, nonce = db.session(), request.form.get("nonce", "")[:64]
    ids = picked_ids(request.form.getlist("id"))
    if not ids or len(ids) > MOST or len(nonce) < NONCE_BYTES:
        return _back(_("Choose whom to give a code first."))
    allowed = [user.id for user in people_for(session, me(), ids) if may_reset_password(me(), user)]
    try:
        sheet = issue_sheet(
            session, allowed, by=me(), now=clock.now(), days=policy().activation_days,
            secret=str(current_app.config["SECRET_KEY"]).encode(), nonce=nonce,
        )  # fmt: skip
    except Refused as error:
        undo()
        return _back(refusal(error))
    session.commit()
    response = make_response(
        render_template(
            "hr/codes/sheet.html",
            sheet=sheet,
            address=_address(),
            mask=mask_nip,
            organiser=policy().organiser_short,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _address() -> str:
    """Where a code is typed, as people write addresses."""
    return str(current_app.config["PUBLIC_URL"]).removeprefix("https://") + url_for("activation.use")


def _back(text: str) -> Response:
    flash(text, "warn")
    return redirect(url_for("hr.codes.index"), 303)


def _unused_in(unit: OrgUnit) -> list[int]:
    wanted = StaffWanted(unit_path=unit.path, activation="unused")
    return staff_ids(db.session(), wanted, actor=me(), when=figures_of(), sort="unit", limit=MOST)


def _preview(ids: Sequence[int], unit: OrgUnit | None) -> str:
    session, now = db.session(), clock.now()
    people = people_for(session, me(), ids)
    given = [user for user in people if may_reset_password(me(), user)]
    latest = latest_codes(session, [user.id for user in given])
    pending = [
        code for code in latest.values()
        if code.used_at is None and code.withdrawn_at is None and code.expires_at > now
    ]  # fmt: skip
    shown = Preview(
        people=given,
        refused=[user for user in people if user not in given],
        with_password=sum(user.password_hash is not None for user in given),
        with_code=len(pending),
    )
    wanted = StaffWanted(unit_path=unit.path, activation="unused") if unit else None
    total = count_staff(session, wanted, actor=me(), when=figures_of()) if wanted else len(people)
    return render_template(
        "hr/codes/preview.html", preview=shown, unit=unit, nonce=secrets.token_urlsafe(NONCE_BYTES),
        days=policy().activation_days, rest=max(0, total - len(ids)), most=MOST,
    )  # fmt: skip
