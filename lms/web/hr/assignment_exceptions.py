"""More time and exemptions of an assignment: given to people, listed with their documents."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.assignments import actions
from lms.domain.assignments.actions import Grounds
from lms.domain.assignments.queries import count_exceptions, exception_of, exceptions_of
from lms.domain.outside.proofs import MOST_BYTES, BadProof, Proof, proof_of
from lms.web.access import me
from lms.web.hr.assignments import ExceptionForm, assignment_of, page_with
from lms.web.hr.filters import picked_ids
from lms.web.hr.scope import is_at_desk
from lms.web.listing import page_of
from lms.web.outside_words import problem_text
from lms.web.recording import record_person_view
from lms.web.refusals import undo
from lms.web.stored_files import file_folder, send_proof

exceptions = Blueprint("exceptions", __name__, url_prefix="/assignments/<int:assignment_id>/exceptions")


@exceptions.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a photograph from a telephone be large; only for those who may send it."""
    if endpoint == "hr.exceptions.give" and is_at_desk():
        request.max_content_length = MOST_BYTES + 100_000


@exceptions.get("")
def index(assignment_id: int) -> str:
    """List what was given to the people of the scope, the newest first."""
    order, _slug, title = assignment_of(assignment_id)
    session = db.session()
    page = page_of(request.args, count_exceptions(session, me(), order.id))
    rows = exceptions_of(session, me(), order.id, limit=page.size, offset=page.offset)
    return render_template("hr/assignments/exceptions.html", order=order, title=title, rows=rows, page=page)


@exceptions.get("/<int:exception_id>/document")
def document(assignment_id: int, exception_id: int) -> Response:
    """Send the document of an exception; that somebody looked at it is recorded."""
    assignment_of(assignment_id)
    found = exception_of(db.session(), me(), assignment_id, exception_id)
    if found is None or found.document_file is None or found.document_kind is None:
        abort(404)
    record_person_view(found.user_id)
    return send_proof(found.document_file, found.document_kind, f"dokumen-{found.id}")


@exceptions.post("")
def give(assignment_id: int) -> str | Response | tuple[str, int]:
    """Give the ticked people more time, or ask nothing more of them."""
    order, _slug, _title = assignment_of(assignment_id)
    form, picked = ExceptionForm(), picked_ids(request.form.getlist("id"))
    act = request.form.get("act", "")
    if act not in {"extend", "exempt"}:
        abort(400)
    proof = _checked(form, act, picked)
    if form.errors:
        return page_with(assignment_id, form, picked), 422
    session, now, folder = db.session(), clock.now(), file_folder()
    grounds = Grounds(form.reason.data, form.document.data or "", proof)
    try:
        if act == "extend":
            until = form.until.data
            count = actions.extend(session, order, picked, until, grounds, files=folder, by=me(), now=now)
        else:
            count = actions.exempt(session, order, picked, grounds, files=folder, by=me(), now=now)
    except actions.Closed:
        undo()
        flash(_("It was closed already."), "warn")
        return redirect(url_for("hr.assignments.show", assignment_id=assignment_id), 303)
    session.commit()
    flash(ngettext("Stored for %(num)s person.", "Stored for %(num)s people.", count), "ok")
    return redirect(url_for("hr.assignments.show", assignment_id=assignment_id), 303)


def _checked(form: ExceptionForm, act: str, picked: tuple[int, ...]) -> Proof | None:
    """Return the file of the document, None for none; what is wrong stands at the fields."""
    form.validate()
    if not form.reason.data:
        form.reason.errors = [_("Write the reason.")]
    if act == "extend" and (form.until.data is None or form.until.data < clock.local_date(clock.now())):
        form.until.errors = [_("Write a day that is not over.")]
    if not picked:
        form.form_errors.append(_("Tick the people first."))
    sent = form.proof.data
    if not sent or not sent.filename:
        return None
    try:
        return proof_of(sent.stream.read(MOST_BYTES + 1))
    except BadProof as error:
        form.proof.errors = [problem_text(error.code)]
        return None
