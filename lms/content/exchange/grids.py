"""Rows of cells of a CSV or an Excel workbook, bounded in size; what the cells mean is the caller's."""

from __future__ import annotations

import csv
import io
import re

from lms.content.exchange import items
from lms.content.exchange.items import Unread
from lms.content.workbook_guard import Limits, Oversized, check_workbook

MAX_UNPACKED = 50_000_000
MAX_ROWS, MAX_COLUMNS = 5_000, 100
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_HEAD = re.compile(r"(?i)(?:^|[;,\t\"])\s*soal\s*(?:$|[;,\t\"])")
Grid = list[tuple[int, list[str]]]
"""Lines, counted from 1, and their cells as text; days as 2026-11-24."""


def read_grid(data: bytes) -> Grid:
    """Return the first sheet of a workbook, or a CSV: its bytes say which. Raises Unread."""
    return xlsx_grid(data, "") if data.startswith(b"PK") else csv_grid(data)


def csv_grid(data: bytes) -> Grid:
    """Return the rows of a CSV separated by semicolon, comma or tab. Raises Unread."""
    text = items.decoded(data)
    lines = text[:20_000].split("\n")
    head = next((line for line in lines if max(map(line.count, ";,\t")) and _HEAD.search(line)), lines[0])
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    found: Grid = []
    try:
        for row in reader:
            if len(found) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Unread("exchange_table_large", limit=MAX_ROWS)
            found.append((len(found) + 1, [_cell(cell) for cell in row]))
    except csv.Error:
        raise Unread("exchange_csv", reader.line_num) from None
    return found


def _cell(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*FORMULA, "'")) else text


def xlsx_grid(data: bytes, sheet: str) -> Grid:
    """Return the rows of the sheet of this name, or of the first one. Raises Unread."""
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        wanted = next((name for name in names if name.casefold() == sheet), names[0] if names else "")
        found = book.get_sheet_by_name(wanted)
        if found.total_height > MAX_ROWS or found.total_width > MAX_COLUMNS:
            raise Unread("exchange_table_large", limit=MAX_ROWS)
        return list(
            enumerate(([_value(cell) for cell in row] for row in found.to_python(skip_empty_area=False)), 1)
        )
    except (CalamineError, ValueError, OSError):
        raise Unread("exchange_xlsx") from None


def _check_size(data: bytes) -> None:
    """Refuse what unpacks to more than 50 MB or asks for a giant sheet: counted, not believed."""
    if len(data) > items.MAX_BYTES:
        raise Unread("exchange_large", limit="10 MB")
    try:
        check_workbook(data, Limits(MAX_UNPACKED, MAX_ROWS, MAX_COLUMNS))
    except Oversized as error:
        if error.code == "bomb":
            raise Unread("exchange_bomb", limit="50 MB") from None
        if error.code == "workbook":
            raise Unread("exchange_xlsx") from None
        raise Unread("exchange_table_large", limit=MAX_ROWS) from None


def _value(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, bool):
        return "Benar" if cell else "Salah"
    return str(cell)
