"""One's own certificates: the list, and the stored files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.queries import certificates_of, download_for, newest_file, state_of
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollments_of
from lms.domain.progress.queries import retakes_of
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
    again: str  # slug of the course when it may be taken again now, else ""


@certificates.get("")
def index() -> str:
    """List all certificates of the person, newest first, with their state."""
    session, today = db.session(), clock.local_date(clock.now())
    again = _again(today)
    rows = [
        _row(row, state_of(row, today), again.get(row.enrollment_id, ""))
        for row in certificates_of(session, person().id)
    ]
    return render_template(
        "learner/certificates/index.html",
        nav="certificates",
        rows=rows,
        valid=sum(row.state is State.VALID for row in rows),
        waiting=sum(row.state is State.AWAITING_SIGNATURE for row in rows),
        organiser=policy().organiser_short,
    )


def _again(today: date) -> dict[int, str]:
    """Return the slugs of courses that may be taken again now, by the enrolment that was completed last."""
    session = db.session()
    newest: dict[int, Enrollment] = {}
    for item in enrollments_of(session, person().id):
        if item.course_id not in newest or newest[item.course_id].cycle < item.cycle:
            newest[item.course_id] = item
    slugs = {item.id: item.course.slug for item in newest.values()}
    found = retakes_of(session, newest.values(), policy(), today)
    return {key: slugs[key] for key, retake in found.items() if retake.allowed}


def _row(certificate: Certificate, state: State, again: str) -> Row:
    dead = state in {State.REVOKED, State.REPLACED}
    file = None if dead else newest_file(certificate)
    return Row(certificate, state, STATES[state], file, "" if state is State.REPLACED else again)


@certificates.get("/<int:certificate_id>/file")
def download(certificate_id: int) -> Response:
    """Send the newest stored file of one's own certificate, byte for byte; else 404."""
    found = download_for(db.session(), person(), certificate_id)
    if found is None:
        abort(404)
    return send_pdf(found.sha256, found.name)
