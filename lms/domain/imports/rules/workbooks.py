"""Workbooks (.xlsx), checked before the library sees them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from lms.content.workbook_guard import Limits, Oversized, check_workbook
from lms.domain.imports.rules.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Sheet, Unreadable, sheet_of

MAX_UNPACKED = 60_000_000
MAX_SHEETS = 20
LIMITS = Limits(MAX_UNPACKED, 2 * MAX_ROWS, MAX_COLUMNS)  # rows: empty ones among them
_TOLD = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets that hold something, in their order. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        check_workbook(data, LIMITS)
    except Oversized as error:
        raise Unreadable(f"file.{error.code}", _TOLD.get(error.code, 0)) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MAX_SHEETS]
        sheets = [_sheet(name, book.get_sheet_by_name(name)) for name in names]
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("file.workbook") from None
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(name: str, sheet: Any) -> Sheet:
    left: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    rows = enumerate(sheet.iter_rows(), 1)
    return sheet_of(name, ((number, left + [_value(cell) for cell in cells]) for number, cells in rows))


def _value(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)[:MAX_CELL].strip() or None
