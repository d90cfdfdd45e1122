"""CSV as offices save it: any of five encodings, `;`, `,`, tab or `|`, a line `sep=;`, cells `="..."`."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from lms.domain.imports.rules.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Sheet, Unreadable, sheet_of

DELIMITERS = ";,\t|"
LOOKED_AT = 30  # lines on which the separator is guessed
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SEP = re.compile(r"sep=(.)[^\S\n]*\r?\n", re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def decoded(data: bytes) -> str:
    """Return the text: by its byte order mark, as UTF-16 without one, as UTF-8, else as Windows-1252.

    Raises Unreadable("file.text") when bytes remain that no text has.
    """
    text = _decoded(data)
    if "\x00" in text:
        raise Unreadable("file.text")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable("file.text") from None
    head = data[:2000]
    if len(data) % 2 == 0 and head[1::2].count(0) > len(head) // 4:
        return data.decode("utf-16-le", "replace")
    if len(data) % 2 == 0 and head[::2].count(0) > len(head) // 4:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def separator(text: str) -> tuple[str, int]:
    """Return the separator and how many characters of a `sep=` line stand before the table."""
    told = _SEP.match(text)
    if told:
        return told[1], told.end()
    lines = [line for line in text.splitlines()[: LOOKED_AT * 2] if line.strip()][:LOOKED_AT]
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark)), 0


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """Return how many lines have the most frequent number of separators, and that number."""
    counts = [_outside_quotes(line).count(mark) for line in lines]
    numbers = {count for count in counts if count}
    return max(((counts.count(number), number) for number in numbers), default=(0, 0))


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def read_csv(data: bytes) -> Sheet:
    """Return the table of a CSV; rows are numbered as Excel shows them. Raises Unreadable."""
    text = decoded(data)
    mark, start = separator(text)
    return sheet_of("", _rows(text, mark, start))


def _rows(text: str, mark: str, start: int) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(1_000_000)
    first = 2 if start else 1
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=mark)
    try:
        for number, cells in enumerate(reader, first):
            if number > 2 * MAX_ROWS:
                raise Unreadable("file.rows", MAX_ROWS)
            if len(cells) > 10 * MAX_COLUMNS:
                raise Unreadable("file.columns", MAX_COLUMNS)
            yield number, [_cell(cell) for cell in cells]
    except csv.Error:
        raise Unreadable("file.csv") from None


def _cell(text: str) -> Cell:
    text = text[:MAX_CELL].strip()
    told = _FORMULA_TEXT.fullmatch(text)
    return (told[1].strip() if told else text) or None
