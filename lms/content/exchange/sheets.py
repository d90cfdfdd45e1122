"""The table of questions as CSV and as an Excel workbook, read and written."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from lms.content.exchange import items
from lms.content.exchange.items import Reading, Unread
from lms.content.exchange.table import losses, read_rows, rows
from lms.content.questions.question import Question

__all__ = ["losses", "read_csv", "read_xlsx", "sheet_names", "write_csv", "write_workbook"]

MAX_UNPACKED = 50_000_000
MAX_ROWS, MAX_COLUMNS = 5_000, 100
_FORMULA = ("=", "+", "-", "@")
_FIXED = datetime(2026, 1, 1)


def write_csv(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The table as UTF-8 with semicolons, as Excel of Indonesia opens it; no cell can begin a formula."""
    return csv_of(rows(questions))


def csv_of(table: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for row in table:
        writer.writerow([f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def read_csv(data: bytes) -> Reading:
    """The questions of a CSV separated by semicolon, comma or tab."""
    try:
        text = items.decoded(data)
    except Unread as error:
        return Reading((), problems=(error.problem(),))
    head = text[:4000].split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if len(found) > MAX_ROWS or len(row) > MAX_COLUMNS:
                return items.refused("exchange_table_large", limit=MAX_ROWS)
            found.append((len(found) + 1, [_cell(cell) for cell in row]))
    except csv.Error:
        return items.refused("exchange_csv", reader.line_num)
    return read_rows(found)


def _cell(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text


def read_xlsx(data: bytes) -> Reading:
    """The questions of the sheet *Soal*, or of the first one. Formulas count with the value they show."""
    try:
        return read_rows(_sheet(data))
    except Unread as error:
        return Reading((), problems=(error.problem(),))


def _sheet(data: bytes) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        wanted = next((name for name in names if name.casefold() == "soal"), names[0] if names else "")
        sheet = book.get_sheet_by_name(wanted)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise Unread("exchange_table_large", limit=MAX_ROWS)
        return enumerate(
            ([_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)), 1
        )
    except (CalamineError, ValueError, OSError):
        raise Unread("exchange_xlsx") from None


def _check_size(data: bytes) -> None:
    """Refuse what unpacks to more than 50 MB: sizes are counted, not believed."""
    if len(data) > items.MAX_BYTES:
        raise Unread("exchange_large", limit="10 MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            room = MAX_UNPACKED
            for info in archive.infolist():
                with archive.open(info) as part:
                    while chunk := part.read(256 * 1024):
                        room -= len(chunk)
                        if room < 0:
                            raise Unread("exchange_bomb", limit="50 MB")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise Unread("exchange_xlsx") from None


def _value(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, bool):
        return "Benar" if cell else "Salah"
    return str(cell)


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
