"""A file as rows of cells: what it is, how large it may be, why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MAX_BYTES = 10_000_000
MAX_ROWS = 10_000
KEPT_DAYS = 7
"""How long a file waits that was tried and not saved."""
UNDO_DAYS = 14
"""How long what a file of people did can be taken back."""
MAX_COLUMNS = 100
MAX_CELL = 2_000  # characters of a cell that are looked at

Cell = str | float | date | None
"""Text, a number that the workbook holds as a number, a day; None for an empty cell."""


class Unreadable(ValueError):
    """The file cannot be read; `code` says why, `limit` names what is allowed."""

    def __init__(self, code: str, limit: int = 0) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


@dataclass(frozen=True)
class Row:
    """A row that holds something, with the number that Excel shows for it."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """Return a cell; None beyond the end."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet by name ("" for a CSV) with its rows, the empty ones left out."""

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def sheet_of(name: str, rows: Iterable[tuple[int, list[Cell]]]) -> Sheet:
    """Return a sheet without empty rows and empty ends of rows. Raises Unreadable beyond the limits."""
    kept: list[Row] = []
    for number, cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise Unreadable("file.columns", MAX_COLUMNS)
        if len(kept) >= MAX_ROWS:
            raise Unreadable("file.rows", MAX_ROWS)
        kept.append(Row(number, tuple(cells)))
    return Sheet(name, tuple(kept))
