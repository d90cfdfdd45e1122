"""Two records of one person: look at what a merge does, then do it once and for all. BKPSDM only."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName, User
from lms.domain.accounts.queries import user_by_identity, user_for
from lms.domain.doubles.actions import check, merge
from lms.domain.doubles.queries import consequences
from lms.web.access import me, require_role
from lms.web.hr.staff_forms import may_change
from lms.web.refusals import refusal_text, undo

doubles = Blueprint("doubles", __name__, url_prefix="/staff/<int:user_id>/double")


@doubles.before_request
def _guard() -> None:
    """Records may lie in two scopes, so an office of a unit does not merge."""
    require_role(RoleName.BKPSDM)


@doubles.get("")
def show(user_id: int) -> str | tuple[str, int]:
    """Ask for the other record; once it is named, show both and what a merge does."""
    kept, text = _record(user_id), request.args.get("double", "")[:100]
    if not text.strip():
        return _page(kept, None, text, "")
    try:
        double = _other(kept, text)
    except Refused as error:
        return _page(kept, None, text, refusal_text(error)), 422
    return _page(kept, double, text, "")


def _page(kept: User, double: User | None, text: str, error: str) -> str:
    done = consequences(db.session(), kept.id, double.id) if double is not None else None
    return render_template(
        "hr/staff/double.html", kept=kept, double=double, text=text, error=error, done=done
    )


@doubles.post("")
def save(user_id: int) -> Response:
    """Merge the two."""
    kept, session = _record(user_id), db.session()
    try:
        if request.form.get("sure") != "1":
            raise Refused("double.unsure")
        double = _other(kept, request.form.get("double", "")[:100])
        merge(session, kept, double, by=me(), now=clock.now())
    except Refused as error:
        text = _("Tick the box first: a merge cannot be undone.")
        text = text if error.code == "double.unsure" else refusal_text(error)
        undo()
        flash(text, "danger")
        return redirect(url_for(".show", user_id=user_id, double=request.form.get("double", "")), 303)
    session.commit()
    flash(_("The two records are merged."), "ok")
    return redirect(url_for("hr.staff.show", user_id=user_id), 303)


def _other(kept: User, text: str) -> User:
    found = user_by_identity(db.session(), text)
    double = user_for(db.session(), me(), found.id) if found is not None else None
    if double is None or not may_change(double):
        raise Refused("superior.unknown", "double")
    check(db.session(), kept, double)
    return double


def _record(user_id: int) -> User:
    user = user_for(db.session(), me(), user_id) or abort(404)
    return user if may_change(user) else abort(403)
