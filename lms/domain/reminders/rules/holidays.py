"""Days off from a CSV file: one a line, the day and its name."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

BYTES_MAX = 100_000
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class BadLine(ValueError):
    """A line is no day with a name; `number` counts from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def read_days(data: bytes) -> list[tuple[date, str]]:
    """Return (day, name) of a CSV: "2026-12-25,Hari Natal", or "25/12/2026;Hari Natal" (day before month).

    A head line is passed over. Raises BadLine for the first line that cannot be read.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    mark = ";" if text.partition("\n")[0].count(";") else ","
    found: dict[date, str] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        if not any(cell.strip() for cell in cells):
            continue
        day = day_of(cells[0])
        name = cells[1].strip() if len(cells) > 1 else ""
        if day is None and number == 1:
            continue
        if day is None or not name or "\x00" in name:
            raise BadLine(number)
        found[day] = name
    return list(found.items())


def day_of(text: str) -> date | None:
    """Return the day of "2026-12-25" or "25/12/2026"; None when it is none."""
    iso, local = _ISO.fullmatch(text.strip()), _LOCAL.fullmatch(text.strip())
    parts = (iso[1], iso[2], iso[3]) if iso else (local[3], local[2], local[1]) if local else None
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
