"""Files as offices make them, written by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

HEAD = ("NIP", "Nama", "Kode Unit", "Kode Jabatan", "Status", "Pangkat/Gol. Ruang", "TMT Jabatan")
ZAHRA = ("199002142015032003", "Tengku Zahara, A.Md.", "KEL-0101", "PLK-01", "PNS", "III/a", "01/03/2020")


def csv_of(*rows: Sequence[object], mark: str = ";") -> bytes:
    """Rows as a CSV of UTF-8."""
    return "\r\n".join(mark.join(str(cell) for cell in row) for row in rows).encode()


def workbook(*rows: Sequence[Any], name: str = "Data", merged: Sequence[str] = ()) -> bytes:
    """Rows as a workbook: text as text, numbers as numbers, days as days."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(name)
    for line, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(line, place, value)
    for area in merged:
        sheet.merge_range(area, rows[0][0] if rows else "")
    book.close()
    return target.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part, old.read(part))
        for name, body in changes.items():
            new.writestr(name, body)
    return target.getvalue()
