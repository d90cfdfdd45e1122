"""The letter of an assignment as a file: its author or BKPSDM attach it, HR of the scope open it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.assignments import actions
from lms.domain.assignments.models import Assignment
from lms.domain.assignments.queries import assignment_for
from lms.domain.outside.proofs import MOST_BYTES, BadProof, proof_of
from lms.web.access import me
from lms.web.hr.scope import is_at_desk, is_bkpsdm
from lms.web.outside_words import problem_text
from lms.web.refusals import undo
from lms.web.stored_files import file_folder, send_proof

letters = Blueprint("letters", __name__, url_prefix="/assignments/<int:assignment_id>/letter")


@letters.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a photograph from a telephone be large; only for those who may send it."""
    if endpoint == "hr.letters.save" and is_at_desk():
        request.max_content_length = MOST_BYTES + 100_000


@letters.get("")
def show(assignment_id: int) -> Response:
    """Send the letter."""
    order = _order(assignment_id)
    if order.letter_file is None or order.letter_kind is None:
        abort(404)
    return send_proof(order.letter_file, order.letter_kind, f"surat-tugas-{order.id}")


@letters.post("")
def save(assignment_id: int) -> Response:
    """Keep the letter; another one takes its place."""
    order = _order(assignment_id)
    if order.created_by != me().id and not is_bkpsdm():
        abort(403)
    upload = request.files.get("letter")
    back = redirect(url_for("hr.assignments.show", assignment_id=assignment_id), 303)
    try:
        letter = proof_of(upload.stream.read(MOST_BYTES + 1) if upload else b"")
        actions.attach_letter(db.session(), order, letter, files=file_folder(), by=me(), now=clock.now())
    except BadProof as error:
        undo()
        words = _("Choose the file of the letter.") if error.code == "empty" else problem_text(error.code)
        flash(words, "danger")
        return back
    except actions.Closed:
        undo()
        flash(_("It was closed already."), "warn")
        return back
    db.session.commit()
    flash(_("The letter is stored. The people assigned can open it."), "ok")
    return back


def _order(assignment_id: int) -> Assignment:
    found = assignment_for(db.session(), me(), assignment_id) or abort(404)
    return found[0]
