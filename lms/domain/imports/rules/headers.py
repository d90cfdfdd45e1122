"""Which row names the columns and which column is what: a guess that a person can correct."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.domain.imports.rules.cells import shown
from lms.domain.imports.rules.fields import SPELLINGS
from lms.domain.imports.rules.tables import Row, Sheet

LOOKED_AT = 40  # rows in which the header is sought
SAMPLES = 3
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """A column of the file: its place, its header, the first values, and the field it is guessed to be."""

    index: int
    header: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class Layout:
    """How a sheet is built: the headers, and the first row of data as a place in `sheet.rows`."""

    sheet: Sheet
    columns: tuple[Column, ...]
    start: int

    @property
    def signature(self) -> str:
        """The key under which a corrected mapping is remembered: the same headers in the same order."""
        text = "\n".join(plain(column.header) for column in self.columns)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def mapping(self) -> list[str]:
        """The guessed field of each column, "" for none."""
        return [column.field for column in self.columns]

    def data(self) -> list[Row]:
        """Return the rows below the header, without repeated headers and rows that number the columns."""
        names = [plain(column.header) for column in self.columns]
        return [row for row in self.sheet.rows[self.start :] if not _repeats(row, names)]


def plain(text: str) -> str:
    """Return a header without case, blanks and marks: "N I P (baru)" is "nipbaru"."""
    return _NO_LETTER.sub("", text.casefold())


def find_layout(sheets: Sequence[Sheet], kind: str) -> Layout:
    """Return the layout of the sheet and row that name most fields of this kind of file.

    Without any the first row of the first sheet is taken as the header, and a person says what is what.
    """
    spellings = SPELLINGS[kind]
    best, best_score = _layout(sheets[0], 0, 1, spellings), 0
    for sheet in sheets:
        for at in range(min(LOOKED_AT, len(sheet.rows))):
            for lines in (1, 2):
                if at + lines > len(sheet.rows):
                    continue
                score = sum(1 for field in set(_guesses(_headers(sheet, at, lines), spellings)) if field)
                if score > best_score:
                    best, best_score = _layout(sheet, at, lines, spellings), score
    return best


def _headers(sheet: Sheet, at: int, lines: int) -> list[str]:
    """Return the headers of one line, or of two where the upper one is merged over several columns."""
    upper = [shown(sheet.rows[at].at(place)) for place in range(sheet.width)]
    if lines == 1:
        return upper
    lower = [shown(sheet.rows[at + 1].at(place)) for place in range(sheet.width)]
    found, last = [], ""
    for over, under in zip(upper, lower, strict=True):
        last = over or (last if under else "")
        found.append(f"{last} {under}".strip())
    return found


def _layout(sheet: Sheet, at: int, lines: int, spellings: Mapping[str, str]) -> Layout:
    headers = _headers(sheet, at, lines)
    fields = _guesses(headers, spellings)
    below = sheet.rows[at + lines : at + lines + 12]
    columns = []
    for place, (header, field) in enumerate(zip(headers, fields, strict=True)):
        values = [shown(row.at(place)) for row in below if not _repeats(row, [])]
        columns.append(Column(place, header, tuple(value for value in values if value)[:SAMPLES], field))
    return Layout(sheet, tuple(columns), at + lines)


def _guesses(headers: Sequence[str], spellings: Mapping[str, str]) -> list[str]:
    """Return the field of each header, "" for none; no field stands twice."""
    taken: set[str] = set()
    found = []
    for header in headers:
        field = spellings.get(plain(header), "")
        found.append("" if field in taken else field)
        taken.add(field)
    return found


def _repeats(row: Row, names: Sequence[str]) -> bool:
    """Say whether a row only numbers the columns (1, 2, 3 or (1) (2) (3)) or repeats the header."""
    texts = [plain(shown(cell)) for cell in row.cells]
    filled = [text for text in texts if text]
    numbers = [int(text) for text in filled if text.isascii() and text.isdigit() and len(text) < 4]
    if (
        len(filled) > 2
        and len(numbers) == len(filled)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    ):
        return True
    same = sum(1 for text, name in zip(texts, names, strict=False) if text and text == name)
    return len(filled) > 1 and same >= 2 and same * 2 > len(filled)
