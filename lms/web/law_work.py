"""Close a place of the work list with a note: one act at two desks."""

from __future__ import annotations

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.rules import squeezed
from lms.domain.regulations.actions import handle
from lms.domain.regulations.models import RegulationWork
from lms.web.access import me

MOST_NOTE = 500


def close_work(row: RegulationWork, back: str) -> Response:
    """Store that somebody looked at the place and leaves it as it is; the note says why."""
    note = squeezed(request.form.get("note", ""))
    if not 1 <= len(note) <= MOST_NOTE:
        told = _(
            "Write in a few words why the place stays as it is (up to %(most)s characters).", most=MOST_NOTE
        )
        flash(told, "warn")
        return redirect(back, 303)
    if handle(db.session(), row, note=note, by=me().id, now=clock.now()):
        flash(_("Closed. Learners are no longer told at this place."), "ok")
    else:
        flash(_("Somebody closed this place meanwhile; nothing was changed."), "info")
    db.session.commit()
    return redirect(back, 303)
