"""The NIPs of a file of people: which column holds them, what each row says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.domain.imports.rules import PEOPLE, Problem, Unreadable, find_layout, read_file
from lms.domain.imports.rules.cells import Wrong, read_nip, shown, text_of
from lms.domain.imports.rules.tables import Row

FEWEST_DIGITS = 8
"""A column without a header is that of the NIPs when most of its cells have so many digits."""


@dataclass(frozen=True)
class ListRow:
    """A row of the file: its number, its cells as shown, the NIP or why there is none."""

    number: int
    cells: tuple[str, ...]
    nip: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class PeopleList:
    """What a file names: the heads of its columns ("" where there are none) and its rows."""

    heads: tuple[str, ...]
    rows: tuple[ListRow, ...]


def read_list(data: bytes) -> PeopleList:
    """Return the rows of a file (XLSX or CSV) that should name people by their NIP.

    A NIP that stands twice is read once; the later row says so. Raises Unreadable, also "list.column" when
    no column holds NIPs.
    """
    sheets = read_file(data)
    layout = find_layout(sheets, PEOPLE)
    if "nip" in layout.mapping:
        rows: Sequence[Row] = layout.data()
        heads, place = tuple(column.header for column in layout.columns), layout.mapping.index("nip")
    else:
        sheet = max(sheets, key=lambda one: len(one.rows))
        place = _column(sheet.rows, sheet.width)
        heads = ("",) * sheet.width
        rows = [row for row in sheet.rows if _digits(shown(row.at(place))) or shown(row.at(place)) == ""]
    first: dict[str, int] = {}
    return PeopleList(heads, tuple(_row(row, place, first) for row in rows))


def _row(row: Row, place: int, first: dict[str, int]) -> ListRow:
    cells, cell = tuple(shown(one) for one in row.cells), row.at(place)
    if not text_of(cell):
        return ListRow(row.number, cells, "", Problem("nip", shown(cell), "nip.missing"))
    try:
        nip = read_nip(cell)
    except Wrong as error:
        return ListRow(row.number, cells, "", Problem("nip", shown(cell), error.code, error.params))
    if nip in first:
        return ListRow(row.number, cells, nip, Problem("nip", nip, "row.repeated", {"row": first[nip]}))
    first[nip] = row.number
    return ListRow(row.number, cells, nip)


def _digits(text: str) -> bool:
    return sum(mark.isdigit() for mark in text) >= FEWEST_DIGITS or "E+" in text.upper()


def _column(rows: Sequence[Row], width: int) -> int:
    counts = [sum(_digits(shown(row.at(place))) for row in rows) for place in range(width)]
    best = max(range(width), key=lambda place: counts[place], default=0)
    if not counts or counts[best] * 2 < len(rows):
        raise Unreadable("list.column")
    return best
