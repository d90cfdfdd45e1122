"""The table of questions as CSV and as an Excel workbook, read and written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from lms.content.exchange.grids import FORMULA, csv_grid, xlsx_grid
from lms.content.exchange.items import Reading, Unread
from lms.content.exchange.table import losses, read_rows, rows
from lms.content.questions.question import Question

__all__ = ["losses", "read_csv", "read_xlsx", "sheet_names", "write_csv", "write_workbook"]

_FIXED = datetime(2026, 1, 1)


def write_csv(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The table as UTF-8 with semicolons, as Excel of Indonesia opens it; no cell can begin a formula."""
    return csv_of(rows(questions))


def csv_of(table: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for row in table:
        writer.writerow([f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def read_csv(data: bytes) -> Reading:
    """The questions of a CSV separated by semicolon, comma or tab."""
    return _questions(lambda: csv_grid(data))


def read_xlsx(data: bytes) -> Reading:
    """The questions of the sheet *Soal*, or of the first one. Formulas count with the value they show."""
    return _questions(lambda: xlsx_grid(data, "soal"))


def _questions(grid: Callable[[], Iterable[tuple[int, list[str]]]]) -> Reading:
    try:
        return read_rows(grid())
    except Unread as error:
        return Reading((), problems=(error.problem(),))


def sheet_names() -> tuple[str, str, str]:
    """The sheets of the workbook: questions, examples, explanations."""
    return "Soal", "Contoh", "Petunjuk"


def write_workbook(
    table: Sequence[Sequence[str]], examples: Sequence[Sequence[str]], guide: Sequence[Sequence[str]]
) -> bytes:
    """A workbook with the questions, and sheets of examples and explanations where there are any."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _FIXED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, content in zip(sheet_names(), (table, examples, guide), strict=True):
        if not content:
            continue
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(content[0]):
            wide = title.startswith(("soal", "pembahasan", "Isi"))
            sheet.set_column(at, at, 48 if wide else 22 if name == "Petunjuk" else 18, body)
        for row, cells in enumerate(content):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text, body if row else head)
    book.close()
    return target.getvalue()
