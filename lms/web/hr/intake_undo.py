"""Take a saved file of people back: look at each row first."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.imports.actions import undo_import
from lms.domain.imports.models import StaffImport
from lms.domain.imports.queries import import_for
from lms.domain.imports.rules import UNDO_DAYS
from lms.domain.imports.undo import may_undo, undo_plan
from lms.web.access import me
from lms.web.hr import intake_words as words
from lms.web.listing import page_of
from lms.web.refusals import undo

undoing = Blueprint("undoing", __name__, url_prefix="/intake/<int:import_id>/undo")
REASONS = {
    "changed": _l("Changed again since: the later data stay."),
    "moved": _l("Placed anew since: the later place stays."),
    "used": _l("The new account is in use: signed in, given a code, assigned or enrolled. Close it instead."),
    "scope": _l("No longer in your scope."),
    "mighty": _l(
        "You may not change these data: your own account, one with wider rights, or an external author."
    ),
    "needed": _l("Somebody who is not taken back has this new person as superior."),
}
_REFUSALS = {
    "import.stale": _l("The people have changed since you looked. Look at it again."),
    "import.undone": _l("This file can no longer be taken back."),
    "import.nothing": _l("There is nothing to take back."),
}


@undoing.get("")
def show(import_id: int) -> str | Response:
    """Show row by row what taking back would do, and what it cannot."""
    item = _import(import_id)
    if not may_undo(item, clock.now()):
        return redirect(url_for("hr.intake.show", import_id=import_id), 303)
    plan = undo_plan(db.session(), item, me())
    possible = request.args.get("show") != "left"
    found = plan.of(possible=possible)
    page = page_of(request.args, len(found))
    return render_template(
        "hr/intake/undo.html", item=item, plan=plan, possible=possible, page=page, days=UNDO_DAYS,
        rows=found[page.offset : page.offset + page.size], reasons=REASONS, fields=words.FIELDS,
        counts={True: len(plan.of(possible=True)), False: len(plan.of(possible=False))},
    )  # fmt: skip


@undoing.post("")
def save(import_id: int) -> Response:
    """Take back all that can be, in one transaction."""
    item = _import(import_id)
    try:
        count, left = undo_import(
            db.session(), item, request.form.get("seen", ""), actor=me(), now=clock.now()
        )
    except Refused as error:
        undo()
        flash(str(_REFUSALS[error.code]) if error.code in _REFUSALS else words.refusal(error), "warn")
        return redirect(url_for("hr.undoing.show", import_id=import_id), 303)
    db.session.commit()
    flash(ngettext("%(num)s person was taken back.", "%(num)s people were taken back.", count), "ok")
    if left:
        flash(
            ngettext("%(num)s person was left as is.", "%(num)s people were left as they are.", left), "info"
        )
    return redirect(url_for("hr.intake.show", import_id=import_id), 303)


def _import(import_id: int) -> StaffImport:
    item = import_for(db.session(), me(), import_id)
    return item if item is not None and item.applied_at is not None else abort(404)
