"""One's own certificates: the list, and the stored files."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.queries import certificates_of, download_for, newest_file, state_of
from lms.domain.certificates.rules import State
from lms.web.access import person
from lms.web.certificate_labels import STATES, Label
from lms.web.context import policy
from lms.web.stored_files import send_pdf

certificates = Blueprint("certificates", __name__, url_prefix="/certificates")

YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Row:
    """A certificate in the list; `file` is None where it is not to be used any more."""

    certificate: Certificate
    state: State
    label: Label
    file: CertificateFile | None


@certificates.get("")
def index() -> str:
    """List all certificates of the person, newest first, with their state."""
    today = clock.local_date(clock.now())
    rows = [_row(row, state_of(row, today)) for row in certificates_of(db.session(), person().id)]
    return render_template(
        "learner/certificates/index.html",
        nav="certificates",
        rows=rows,
        valid=sum(row.state is State.VALID for row in rows),
        waiting=sum(row.state is State.AWAITING_SIGNATURE for row in rows),
        organiser=policy().organiser_short,
    )


def _row(certificate: Certificate, state: State) -> Row:
    dead = state in {State.REVOKED, State.REPLACED}
    return Row(certificate, state, STATES[state], None if dead else newest_file(certificate))


@certificates.get("/<int:certificate_id>/file")
def download(certificate_id: int) -> Response:
    """Send the newest stored file of one's own certificate, byte for byte; else 404."""
    found = download_for(db.session(), person(), certificate_id)
    if found is None:
        abort(404)
    return send_pdf(found.sha256, found.name)
