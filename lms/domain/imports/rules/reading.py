"""A file of any kind that offices send, as sheets."""

from __future__ import annotations

from lms.domain.imports.rules.csv_files import read_csv
from lms.domain.imports.rules.tables import MAX_BYTES, Sheet, Unreadable
from lms.domain.imports.rules.workbooks import read_workbook

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<html", b"<!DOC", b"<table")


def read_file(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook or the table of a CSV; the content decides, not the name.

    Raises Unreadable: "file.empty", "file.large", "file.old" (.xls or a workbook with a password),
    "file.kind", and what the readers say.
    """
    if not data.strip():
        raise Unreadable("file.empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("file.large", MAX_BYTES // 1_000_000)
    if data.startswith(_OLD_EXCEL):
        raise Unreadable("file.old")
    if data[:200].lstrip().startswith(_FOREIGN):
        raise Unreadable("file.kind")
    sheets = read_workbook(data) if data.startswith(_ZIP) else [read_csv(data)]
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("file.empty")
    return sheets
