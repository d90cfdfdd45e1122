"""Send rows as a file: CSV or XLSX by the button pressed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from werkzeug.wrappers import Response

from lms import clock
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_table(
    kind: str, stem: str, title: str, heads: Sequence[Column], rows: Sequence[Sequence[Cell]],
    notes: Sequence[str] = (),
) -> Response:  # fmt: skip
    """Answer with a file named by stem and day; another kind than csv or xlsx is a bad request (400)."""
    if kind == "xlsx":
        response = Response(xlsx(title, heads, rows, notes), mimetype=XLSX)
    elif kind == "csv":
        response = Response(csv_text(heads, rows).encode("utf-8-sig"), mimetype="text/csv")
    else:
        abort(400)
    name = f"{stem}-{clock.local_date(clock.now()).isoformat()}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
