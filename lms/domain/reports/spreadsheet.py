"""Rows as XLSX for people and CSV for machines: NIP as text, real dates, no formulas from data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MADE = datetime(2026, 1, 1)
"""Date written into every workbook, so that the same rows give the same bytes."""


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters."""

    head: str
    width: int = 18


def xlsx(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()
) -> bytes:
    """Return a workbook with one sheet: head row frozen and filterable, text as text, dates as dates.

    `notes` (which filters, how many rows) stand on a second sheet.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                 "strings_to_numbers": False}
    )  # fmt: skip
    book.set_properties({"title": title, "created": MADE})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_sheet_name(title))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.head, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            _write(sheet, last, place, value, text, day)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    if notes:
        about = book.add_worksheet("Keterangan")
        about.set_column(0, 0, 80)
        for place, note in enumerate(notes):
            about.write_string(place, 0, note)
    book.close()
    return target.getvalue()


def _write(sheet: Any, line: int, place: int, value: Cell, text: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str):
        sheet.write_string(line, place, value[:32000], text)
    else:
        sheet.write_number(line, place, value)


def _sheet_name(title: str) -> str:
    """Return a legal sheet name: at most 31 characters, none of []:*?/\\ ."""
    return "".join(" " if mark in "[]:*?/\\'" else mark for mark in title)[:31].strip() or "Data"


def csv_text(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> str:
    """Return RFC 4180 text in which no cell is read as a formula: such text gets an apostrophe before it."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.head for column in columns])
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return target.getvalue()


def safe(value: Cell) -> str:
    """Return a cell as CSV text; dates as 2026-11-24, text that begins like a formula neutralised.

    Text that begins with an apostrophe gets one too, so that a reader who takes it off finds what was there.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith((*DANGEROUS, "'")) else value
    return str(value)
