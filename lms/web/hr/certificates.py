"""One certificate: printed fields, state, files, history; what only BKPSDM may do to it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import user_with_grants
from lms.domain.audit.actions import record
from lms.domain.certificates import actions
from lms.domain.certificates.actions.marking import MAX_SIGNED_BYTES
from lms.domain.certificates.intake import store_signed_copy
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import certificate_seen_by, file_name, state_of
from lms.domain.certificates.rules import State, mask_nip
from lms.domain.competencies.queries import names
from lms.domain.reports.queries import history_of
from lms.web.access import me, require_role
from lms.web.certificate_labels import STATES, back_facts, front_facts, subject_jp
from lms.web.hr.scope import is_bkpsdm
from lms.web.hr.words import refusal
from lms.web.log_words import verb_text
from lms.web.office import office
from lms.web.recording import record_view
from lms.web.refusals import undo
from lms.web.stored_files import file_folder, send_pdf

certificates = Blueprint("certificates", __name__, url_prefix="/certificates")
REPLACED = "certificate.replaced"
"""The act that carries the reason."""
FILE_KINDS = {"original": _l("As issued"), "reprint": _l("Reprint"), "signed": _l("Signed")}


class ReasonForm(FlaskForm):
    """Why a certificate is revoked or replaced."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Write the reason.")), Length(max=500)],
        description=_l("Whoever checks the certificate reads it. Name no other person."),
    )  # fmt: skip


class SignedForm(FlaskForm):
    """The PDF that was signed outside."""

    file = FileField(_l("Signed PDF"), [InputRequired(_l("Choose the signed PDF."))])


@certificates.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a signed PDF be larger than a form, before the form is read; only for those who may send it."""
    if endpoint == "hr.certificates.sign" and is_bkpsdm():
        request.max_content_length = MAX_SIGNED_BYTES + 100_000


@certificates.get("/<int:certificate_id>")
def show(certificate_id: int) -> str:
    """Show a certificate of somebody in the scope."""
    return _page(_certificate(certificate_id))


@certificates.get("/<int:certificate_id>/files/<int:file_id>")
def file(certificate_id: int, file_id: int) -> Response:
    """Send one of its files as it was stored."""
    found = _certificate(certificate_id)
    stored = next((item for item in found.files if item.id == file_id), None) or abort(404)
    actor = me().id
    record_view(
        lambda session: record(
            session, "certificate.downloaded", now=clock.now(), actor=actor,
            subject=("certificate", certificate_id), sha256=stored.sha256,
        )
    )  # fmt: skip
    return send_pdf(stored.sha256, file_name(found))


@certificates.post("/<int:certificate_id>/revocation")
def revoke(certificate_id: int) -> Answer | tuple[str, int]:
    """Revoke for good; a second press changes nothing."""
    found, form = _own_act(certificate_id), ReasonForm(prefix="revoke")
    if not form.validate():
        return _page(found, revoking=form), 422
    before = found.revoked_at
    try:
        actions.revoke(db.session(), found, by=me(), reason=form.reason.data or "", now=clock.now())
    except Refused as error:
        undo()
        form.reason.errors = [refusal(error)]
        return _page(_certificate(certificate_id), revoking=form), 422
    db.session.commit()
    if before is None:
        flash(_("Revoked. The public check page says so from now on."), "ok")
    return _to(certificate_id)


@certificates.post("/<int:certificate_id>/replacement")
def replace(certificate_id: int) -> Answer | tuple[str, int]:
    """Issue the next revision with today's staff data; a second press leads to it."""
    found, form = _own_act(certificate_id), ReasonForm(prefix="replace")
    if found.replaced_at is not None:
        flash(refusal(Refused("certificate.replaced")), "info")
        return _to(_successor(certificate_id) or certificate_id)
    if not form.validate():
        return _page(found, replacing=form), 422
    made = office()
    try:
        newer = actions.replace(
            db.session(), found, by=me(), reason=form.reason.data or "", now=clock.now(), policy=made.policy,
            public_url=made.public_url, files=made.files, competencies=names(db.session()),
        )  # fmt: skip
    except Refused as error:
        undo()
        form.reason.errors = [refusal(error)]
        return _page(_certificate(certificate_id), replacing=form), 422
    db.session.commit()
    flash(_("A new certificate with a new number and code is issued; the old one points to it."), "ok")
    return _to(newer.id)


@certificates.post("/<int:certificate_id>/signed-file")
def sign(certificate_id: int) -> Answer | tuple[str, int]:
    """Take the signed PDF; from now on it is the one that is handed out."""
    found, form = _own_act(certificate_id), SignedForm(prefix="signed")
    if not form.validate():
        return _page(found, signing=form), 422
    data = form.file.data.stream.read(MAX_SIGNED_BYTES + 1)
    try:
        added = store_signed_copy(db.session(), found, data, file_folder(), by=me(), now=clock.now())
    except Refused as error:
        undo()
        form.file.errors = [refusal(error)]
        return _page(_certificate(certificate_id), signing=form), 422
    db.session.commit()
    if added:
        flash(_("The signed file is stored; downloads and packages give it from now on."), "ok")
    else:
        flash(_("This signed file was stored before; nothing was added."), "info")
    return _to(certificate_id)


@certificates.post("/<int:certificate_id>/reprint")
def reprint(certificate_id: int) -> Answer:
    """Print the frozen record in today's design."""
    found = _own_act(certificate_id)
    before = len(found.files)
    try:
        actions.reprint(db.session(), found, file_folder(), by=me(), now=clock.now())
    except Refused as error:
        undo()
        flash(refusal(error), "danger")
        return _to(certificate_id)
    db.session.commit()
    db.session.expire(found, ["files"])
    added = len(_certificate(certificate_id).files) > before
    if added:
        flash(_("Printed anew; number, code and date are the same."), "ok")
    else:
        flash(_("The reprint is equal to the stored file, so nothing was added."), "info")
    return _to(certificate_id)


def _own_act(certificate_id: int) -> Certificate:
    """The certificate, for an act that only BKPSDM may do: outside the scope 404, without the role 403."""
    found = _certificate(certificate_id)
    require_role(RoleName.BKPSDM)
    return found


def _page(
    found: Certificate,
    revoking: ReasonForm | None = None,
    replacing: ReasonForm | None = None,
    signing: SignedForm | None = None,
) -> str:
    session, today = db.session(), clock.local_date(clock.now())
    state = state_of(found, today)
    shown = found.snapshot
    numbers = {mask_nip(shown[key]): shown[key] for key in ("nip", "signer_nip") if shown[key]}
    front = [(name, numbers.get(value, value)) for name, value in front_facts(shown)]
    return render_template(
        "hr/certificates/show.html",
        certificate=found,
        shown=shown,
        label=STATES[state],
        is_valid=state in (State.VALID, State.AWAITING_SIGNATURE),
        front=front,
        back=back_facts(shown),
        holder=user_with_grants(session, found.user_id),
        files=list(reversed(found.files)),
        file_kinds=FILE_KINDS,
        history=[
            (entry, name, verb_text(entry.verb))
            for entry, name in history_of(session, "certificate", found.id)
        ],
        successor=_successor(found.id),
        subject_jp=subject_jp,
        replaced_because=_reason_of(found.replaces_id or found.id),
        revoking=revoking or ReasonForm(formdata=None, prefix="revoke"),
        replacing=replacing or ReasonForm(formdata=None, prefix="replace"),
        signing=signing or SignedForm(formdata=None, prefix="signed"),
        signed=any(item.kind == "signed" for item in found.files),
    )


def _reason_of(certificate_id: int) -> str:
    """Why this certificate was replaced, as the activity log keeps it; "" when it was not."""
    acts = history_of(db.session(), "certificate", certificate_id)
    reasons = (str(entry.detail.get("reason", "")) for entry, _name in acts if entry.verb == REPLACED)
    return next(reasons, "")


def _successor(certificate_id: int) -> int | None:
    return db.session.scalar(select(Certificate.id).where(Certificate.replaces_id == certificate_id))


def _certificate(certificate_id: int) -> Certificate:
    return certificate_seen_by(db.session(), me(), certificate_id) or abort(404)


def _to(certificate_id: int) -> Answer:
    return redirect(url_for("hr.certificates.show", certificate_id=certificate_id), 303)
