"""Signed certificates brought back together: looked at first, stored once that was seen. For BKPSDM."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms import clock, files, uploads
from lms.db import db, reading
from lms.domain.accounts.models import RoleName
from lms.domain.certificates.batches import MOST_FILES, MOST_UPLOAD, BadBatch, Batch
from lms.domain.certificates.intake import Judged, Verdict, judge, store_signed
from lms.domain.certificates.models import Certificate
from lms.web.access import me, require_role
from lms.web.certificate_labels import Label
from lms.web.hr.scope import is_bkpsdm
from lms.web.refusals import undo
from lms.web.stored_files import file_folder

signed = Blueprint("signed", __name__, url_prefix="/signed-files")
VERDICTS: dict[Verdict, Label] = {
    Verdict.MATCHED: Label(_l("Will be stored"), "ok", "check"),
    Verdict.ALREADY: Label(_l("Stored already"), "quiet", "pause"),
    Verdict.UNSIGNED: Label(_l("No signature found"), "warn", "warning"),
    Verdict.ALTERED: Label(_l("Not the document that was issued"), "danger", "cross-circle"),
    Verdict.LATER: Label(_l("Changed after it was signed"), "danger", "cross-circle"),
    Verdict.UNKNOWN: Label(_l("Not one of our certificates"), "danger", "cross"),
    Verdict.NOT_VALID: Label(_l("Certificate revoked or replaced"), "warn", "cross"),
    Verdict.TWICE: Label(_l("Second file of one certificate"), "warn", "warning"),
    Verdict.ENCRYPTED: Label(_l("PDF with a password"), "danger", "cross"),
    Verdict.DAMAGED: Label(_l("Damaged PDF"), "danger", "cross"),
    Verdict.NO_PDF: Label(_l("No PDF"), "danger", "cross"),
    Verdict.LARGE: Label(_l("Larger than 5 MB"), "danger", "cross"),
}
_PROBLEMS = {
    "empty": _l("No PDF was found in what you chose."),
    "many": _l("At most 300 files at once. Send the rest afterwards."),
    "zip_large": _l("The ZIP unpacks to more than 200 MB. It was not opened further."),
    "zip_locked": _l("The ZIP has a password. Pack the files without one."),
    "zip_damaged": _l("The ZIP is damaged. Pack the files anew."),
}


class SignedForm(FlaskForm):
    """Signed PDFs, or ZIPs of them."""

    files = MultipleFileField(_l("Signed PDFs, or ZIPs of them"))


@dataclass(frozen=True)
class Trial:
    """What was found in an upload, as it waits between the look and the storing."""

    rows: list[Judged]
    passed: int

    def count(self, verdict: Verdict) -> int:
        """How many files have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)


@signed.before_request
def _guard() -> None:
    require_role(RoleName.BKPSDM)


@signed.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let many files come in one form; only for those who may send them."""
    if endpoint == "hr.signed.check" and is_bkpsdm():
        request.max_content_length = MOST_UPLOAD + 200_000


@signed.get("")
def index() -> str:
    """Say how it goes, and ask for the files."""
    return _ask(SignedForm(formdata=None))


def _ask(form: SignedForm) -> str:
    return render_template(
        "hr/signed/index.html", form=form, most=MOST_FILES, size=MOST_UPLOAD // 1024 // 1024
    )


@signed.post("")
def check() -> str | Response | tuple[str, int]:
    """Judge each file by its content; those that match wait to be stored."""
    form = SignedForm()
    form.validate()
    sent = [one for one in form.files.data or () if one and one.filename]
    if not sent:
        form.files.errors = [_("Choose the files first.")]
        return _ask(form), 422
    batch = Batch((one.filename or "-", one.stream.read()) for one in sent)
    folder = _folder()
    try:
        with reading(db.session()):  # hundreds of files take seconds: nobody's answers wait for them
            rows = judge(
                db.session(), batch.files(), file_folder(), keep=lambda data: uploads.keep(folder, data)
            )
    except BadBatch as error:
        undo()
        form.files.errors = [str(_PROBLEMS[error.code])]
        return _ask(form), 422
    found = {"rows": [asdict(row) for row in rows], "passed": batch.passed}
    digest = uploads.keep(folder, json.dumps(found).encode())
    return redirect(url_for("hr.signed.show", digest=digest), 303)


@signed.get("/<digest>")
def show(digest: str) -> str:
    """Show what was found; nothing is stored yet."""
    trial, state = _trial(digest), request.args.get("state", "")
    if state and state not in {one.value for one in Verdict}:
        abort(404)
    wanted = {row.certificate_id for row in trial.rows if row.certificate_id}
    found = db.session.execute(
        select(Certificate.id, Certificate.number, Certificate.snapshot["name"].as_string()).where(
            Certificate.id.in_(wanted)
        )
    )
    names = {row[0]: (row[1], row[2]) for row in found}
    return render_template(
        "hr/signed/show.html", trial=trial, digest=digest, verdicts=VERDICTS, names=names, state=state,
        Verdict=Verdict, rows=[row for row in trial.rows if not state or row.verdict.value == state],
    )  # fmt: skip


@signed.post("/<digest>")
def save(digest: str) -> Response:
    """Store the files that matched, judged anew; each becomes the one that is handed out."""
    trial, folder = _trial(digest), _folder()

    def read(name: str) -> bytes | None:
        try:
            return files.path_of(folder, name).read_bytes()
        except (ValueError, FileNotFoundError):
            return None

    waiting = [row for row in trial.rows if row.verdict is Verdict.MATCHED]
    sent = ((row.name, data) for row in waiting if (data := read(row.digest)) is not None)
    with reading(db.session()):
        fresh = judge(db.session(), sent, file_folder(), keep=lambda data: uploads.keep(folder, data))
    count = store_signed(db.session(), fresh, read, file_folder(), by=me(), now=clock.now())
    db.session.commit()
    for row in trial.rows:
        files.path_of(folder, row.digest).unlink(missing_ok=True)
    files.path_of(folder, digest).unlink(missing_ok=True)
    words = ngettext("%(num)s signed file is stored.", "%(num)s signed files are stored.", count)
    given = _("Downloads and packages give the signed ones from now on.")
    flash(f"{words} {given}" if count else
          _("Nothing was stored: the files wait no longer, or the certificates are no longer valid."),
          "ok" if count else "warn")  # fmt: skip
    return redirect(url_for("hr.signed.index"), 303)


def _folder() -> Path:
    return uploads.folder_of(Path(current_app.instance_path), me().id)


def _trial(digest: str) -> Trial:
    """The trial that waits under a digest in the folder of the person; else 404."""
    try:
        found = json.loads(files.path_of(_folder(), digest).read_bytes())
        rows = [Judged(**{**row, "verdict": Verdict(row["verdict"])}) for row in found["rows"]]
        return Trial(rows, int(found["passed"]))
    except (ValueError, FileNotFoundError, KeyError, TypeError):
        abort(404)
