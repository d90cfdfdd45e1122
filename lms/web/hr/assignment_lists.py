"""The list of people that an assignment is made from: the file waits, its refused rows are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, abort, current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import files, uploads
from lms.db import db
from lms.domain.assignments.lists import read_list
from lms.domain.assignments.queries import Named, named_by
from lms.domain.imports.rules import MAX_BYTES, Unreadable
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.access import me
from lms.web.hr.assignment_forms import AssignmentForm
from lms.web.hr.intake_words import file_text, problem_text
from lms.web.hr.scope import is_at_desk
from lms.web.refusals import undo
from lms.web.tables_sent import send_table

lists = Blueprint("lists", __name__, url_prefix="/assignments/lists/<digest>")
SHOWN = 50
"""Refused rows named on the page; the sheet holds all."""


@dataclass(frozen=True)
class Listed:
    """A file that waits: its digest, the people it names, the rows left out in words."""

    digest: str
    named: Named

    @property
    def refused(self) -> list[tuple[int, str, str]]:
        """The first rows left out: number, what stands there, why."""
        return [
            (row.number, row.problem.shown, problem_text(row.problem))
            for row in self.named.refused[:SHOWN]
            if row.problem
        ]


def room(endpoint: str | None) -> None:
    """Let the form of an assignment carry a file; only for those who may send it."""
    if endpoint == "hr.assignments.create" and is_at_desk():
        request.max_content_length = MAX_BYTES + 200_000


def list_from(form: AssignmentForm) -> Listed | None:
    """Return the list that was sent now or before; None for none, with errors when it cannot be read.

    A file that is no longer there is asked for again.
    """
    sent, digest = form.file.data, request.form.get("list", "")
    data = sent.stream.read(MAX_BYTES + 1) if sent and sent.filename else b""
    if sent and sent.filename:
        digest = ""
    elif digest:
        try:
            data = files.path_of(_folder(), digest).read_bytes()
        except (ValueError, FileNotFoundError):
            form.file.errors = [_("The list waits no longer. Choose the file once more.")]
            return None
    else:
        return None
    try:
        named = named_by(db.session(), me(), read_list(data))
    except Unreadable as error:
        undo()
        form.file.errors = [file_text(error)]
        return None
    return Listed(digest or uploads.keep(_folder(), data), named)


def forget_list(listed: Listed | None) -> None:
    """Remove the file once the assignment is stored."""
    if listed is not None:
        files.path_of(_folder(), listed.digest).unlink(missing_ok=True)


@lists.get("/errors")
def errors(digest: str) -> Response:
    """Send the rows left out as a workbook: as they stood, number and reason before them, all as text."""
    try:
        named = named_by(db.session(), me(), read_list(files.path_of(_folder(), digest).read_bytes()))
    except (ValueError, FileNotFoundError):
        abort(404)
    with force_locale("id"):
        heads = [Column(_("Row"), 8), Column(_("What is wrong"), 60)]
        heads += [Column(head or str(place), 22) for place, head in enumerate(named.heads, 1)]
        rows: list[list[Cell]] = [
            [row.number, problem_text(row.problem), *row.cells[: len(named.heads)]]
            for row in named.refused
            if row.problem
        ]
        return send_table("xlsx", "baris-ditinggalkan", _("Rows left out"), heads, rows)


def _folder() -> Path:
    return uploads.folder_of(Path(current_app.instance_path), me().id)
