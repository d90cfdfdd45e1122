"""Exemptions from recurring training: given to people or a unit, listed, taken back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.rules import squeezed
from lms.domain.obligations import actions
from lms.domain.obligations.queries import count_exemptions, exemption_for, exemptions_for
from lms.domain.outside.proofs import MOST_BYTES
from lms.web.access import me
from lms.web.admin.forms import unit_choices
from lms.web.hr.filters import picked_ids
from lms.web.hr.obligation_forms import ExemptionForm
from lms.web.hr.obligations import obligation_of, people_with
from lms.web.hr.scope import is_at_desk, visible_units
from lms.web.listing import page_of
from lms.web.recording import record_person_view
from lms.web.refusals import undo
from lms.web.stored_files import file_folder, send_proof

exemptions = Blueprint("exemptions", __name__, url_prefix="/obligations/<int:obligation_id>/exemptions")


@exemptions.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a photograph from a telephone be large; only for those who may send it."""
    if endpoint == "hr.exemptions.give" and is_at_desk():
        request.max_content_length = MOST_BYTES + 100_000


@exemptions.get("")
def index(obligation_id: int) -> str:
    """List the exemptions of the scope, the newest first; ask for one of a whole unit."""
    return _page(obligation_id, ExemptionForm(formdata=None))


def _page(obligation_id: int, form: ExemptionForm) -> str:
    found, session = obligation_of(obligation_id), db.session()
    page = page_of(request.args, count_exemptions(session, me(), obligation_id))
    rows = exemptions_for(session, me(), obligation_id, limit=page.size, offset=page.offset)
    form.whole.choices = unit_choices(visible_units())
    return render_template("hr/obligations/exemptions.html", found=found, rows=rows, page=page, form=form)


@exemptions.post("")
def give(obligation_id: int) -> str | Response | tuple[str, int]:
    """Exempt the ticked people, or everybody of a unit of the scope."""
    found, form = obligation_of(obligation_id), ExemptionForm()
    people, whole = picked_ids(request.form.getlist("id")), "whole" in request.form
    now = clock.now()
    grounds = form.grounds(clock.local_date(now))
    units = {str(row.unit.id): row.unit.id for row in visible_units()}
    unit_id = units.get(form.whole.data or "") if whole else None
    if whole and unit_id is None:
        form.whole.errors = [_("Choose an open unit from the list.")]
    elif not whole and not people:
        form.form_errors.append(_("Tick the people first."))
    if grounds is None or form.errors:
        page = _page(obligation_id, form) if whole else people_with(obligation_id, form, people)
        return page, 422
    try:
        count = actions.exempt(
            db.session(), found.obligation, () if whole else people, unit_id, grounds, files=file_folder(),
            by=me(), now=now,
        )  # fmt: skip
    except actions.Closed:
        undo()
        flash(_("The rule was closed already."), "warn")
        return redirect(url_for("hr.obligations.show", obligation_id=obligation_id), 303)
    db.session.commit()
    if whole:
        flash(_("Stored for the whole unit."), "ok")
    else:
        flash(ngettext("Stored for %(num)s person.", "Stored for %(num)s people.", count), "ok")
    return redirect(url_for("hr.exemptions.index", obligation_id=obligation_id), 303)


@exemptions.get("/<int:exemption_id>/document")
def document(obligation_id: int, exemption_id: int) -> Response:
    """Send the document of an exemption; that somebody looked at it is recorded."""
    obligation_of(obligation_id)
    one = exemption_for(db.session(), me(), obligation_id, exemption_id)
    if one is None or one.document_file is None or one.document_kind is None:
        abort(404)
    if one.user_id is not None:
        record_person_view(one.user_id)
    return send_proof(one.document_file, one.document_kind, f"dokumen-{one.id}")


@exemptions.post("/<int:exemption_id>/end")
def end(obligation_id: int, exemption_id: int) -> Response:
    """Take an exemption back, with the reason."""
    obligation_of(obligation_id)
    one = exemption_for(db.session(), me(), obligation_id, exemption_id) or abort(404)
    reason = squeezed(request.form.get("reason", ""))[:300]
    if not reason:
        flash(_("Write the reason."), "danger")
    else:
        ended = actions.end_exemption(db.session(), one, reason=reason, by=me(), now=clock.now())
        db.session.commit()
        flash(
            _("Taken back. The training is asked for again.") if ended else _("It was taken back already."),
            "ok",
        )
    return redirect(url_for("hr.exemptions.index", obligation_id=obligation_id), 303)
