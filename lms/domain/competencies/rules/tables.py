"""Dictionary, standards and assessments as tables of an office: heads, rows, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from lms.domain.competencies.rules.dictionary import LEVEL_COUNT, Entry

KIND_WORDS = {"managerial": "manajerial", "sociocultural": "sosial kultural", "technical": "teknis"}
DICTIONARY_HEADS = (
    "Kode", "Jenis", "Nama", "Penjelasan", "Dasar", "Kode unit", "Level 1", "Level 2", "Level 3", "Level 4",
    "Level 5", "Tidak berlaku sejak", "Pengenal",
)  # fmt: skip
STANDARD_HEADS = ("Kode jabatan", "Jabatan", "Kelas")
RATING_HEADS = ("NIP", "Nama", "Tanggal penilaian", "Metode", "Penilai", "Berlaku sampai")
Row = tuple[int, list[str]]  # line in the file, cells
_KINDS = {word: kind for kind, word in KIND_WORDS.items()}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class RowProblem:
    """A row (or the whole file: line 0) that is refused: a code, and the value it is about."""

    line: int
    code: str
    value: str = ""


class NoTable(ValueError):
    """The file lacks a column that it must have; `head` names it."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self.head = head


def dictionary_row(entry: Entry) -> list[str | date | None]:
    """Return an entry as cells under DICTIONARY_HEADS."""
    return [
        entry.code, KIND_WORDS[entry.kind], entry.name, entry.description, entry.source, entry.unit or "",
        *entry.levels, entry.retired_on, entry.guid,
    ]  # fmt: skip


def read_dictionary(rows: Sequence[Row]) -> tuple[list[tuple[int, Entry]], list[RowProblem]]:
    """Return the entries of a table with their lines, and the rows that cannot be read.

    Columns are found by their head, in any order; only code, kind and name must be there. Raises NoTable.
    """
    columns, body = heads_of(rows, DICTIONARY_HEADS[:3])
    found: list[tuple[int, Entry]] = []
    problems: list[RowProblem] = []
    for line, cells in body:
        get = partial(_cell_under, columns, cells)
        retired = get("tidak berlaku sejak")
        day = read_day(retired)
        kind = _KINDS.get(get("jenis").casefold())
        if kind is None:
            problems.append(RowProblem(line, "competency.kind", get("jenis")))
        elif retired and day is None:
            problems.append(RowProblem(line, "row.day", retired))
        else:
            found.append((line, Entry(
                code=get("kode"), kind=kind, name=get("nama"), description=get("penjelasan"),
                source=get("dasar"), unit=get("kode unit") or None, retired_on=day, guid=get("pengenal"),
                levels=tuple(get(f"level {level}") for level in range(1, LEVEL_COUNT + 1)),
            ).tidy()))  # fmt: skip
    return found, problems


def heads_of(rows: Sequence[Row], needed: Iterable[str]) -> tuple[dict[str, int], list[Row]]:
    """Return {head in lower case: column} and the rows below the heads, blank ones left out.

    Raises NoTable for a needed head that is missing.
    """
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    heads = filled[0][1] if filled else []
    columns = {" ".join(head.split()).casefold(): place for place, head in reversed(list(enumerate(heads)))}
    for head in needed:
        if head.casefold() not in columns:
            raise NoTable(head)
    return columns, filled[1:]


def read_level(text: str) -> int | None:
    """Return a level from 0 to 5; None for anything else ("3.0" of a spreadsheet is 3)."""
    text = text.strip().removesuffix(".0").removesuffix(",0")
    return int(text) if text in {"0", "1", "2", "3", "4", "5"} else None


def read_day(text: str) -> date | None:
    """Return a day written 24/11/2026, 24-11-2026, 24.11.2026 or 2026-11-24; None for anything else."""
    text = text.strip()
    written = _DAY.fullmatch(text)
    try:
        if written:
            day, month, year = (int(part) for part in written.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def level_columns(
    columns: Mapping[str, int], codes: Iterable[str], others: Iterable[str]
) -> tuple[dict[str, int], list[RowProblem]]:
    """Return {code of a competency: column}, and a problem for each head that is neither code nor known."""
    by_head = {code.casefold(): code for code in codes}
    known = {head.casefold() for head in others}
    found = {by_head[head]: place for head, place in columns.items() if head in by_head}
    strange = [head for head in columns if head and head not in by_head and head not in known]
    return found, [RowProblem(0, "column.unknown", head) for head in strange]


def cell_of(cells: Sequence[str], place: int | None) -> str:
    """Return a cell without blanks around it; "" where the row is shorter."""
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _cell_under(columns: Mapping[str, int], cells: Sequence[str], head: str) -> str:
    return cell_of(cells, columns.get(head))
