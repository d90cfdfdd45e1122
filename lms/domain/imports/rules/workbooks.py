"""Workbooks (.xlsx), looked at before they are unpacked: bombs, entities and giant sheets are refused.

The library lays a sheet out as a full rectangle, so one cell in the last corner of Excel would ask for
17 thousand million cells. The XML is therefore walked through in a stream first: sizes are counted, not
believed, and the corner of every sheet is known before the library sees the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from lms.domain.imports.rules.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Sheet, Unreadable, sheet_of

MAX_PARTS = 500
MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
MAX_TEXT = 32_767  # characters of a cell in Excel
MAX_REPEATED = 400_000_000  # longest shared text times the cells that refer to one
MAX_SHEETS = 20
MAX_SHEET_ROWS = 2 * MAX_ROWS  # empty rows among them
CHUNK = 128 * 1024
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets that hold something, in their order. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook

    check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MAX_SHEETS]
        sheets = [_sheet(name, book.get_sheet_by_name(name)) for name in names]
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("file.workbook") from None
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(name: str, sheet: Any) -> Sheet:
    left: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    rows = enumerate(sheet.iter_rows(), 1)
    return sheet_of(name, ((number, left + [_value(cell) for cell in cells]) for number, cells in rows))


def _value(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)[:MAX_CELL].strip() or None


def check(data: bytes) -> None:
    """Refuse what is no workbook or unpacks to too much; nothing is kept of what is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise Unreadable("file.bomb")
            told = sum(part.file_size for part in parts)
            if told > MAX_UNPACKED or told > MAX_RATIO * len(data):
                raise Unreadable("file.bomb")
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Unreadable("file.workbook")
            room, longest, texts = MAX_UNPACKED, 0, 0
            for part in parts:
                room, found = _walk(archive, part, room)
                longest, texts = max(longest, found.longest), texts + found.texts
            if longest > MAX_TEXT or longest * texts > MAX_REPEATED:
                raise Unreadable("file.bomb")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("file.workbook") from None


def _walk(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> tuple[int, _Walk]:
    """Unpack a part in pieces, count it, and read it as XML where it is XML; return the room that is left."""
    walk, is_xml = _Walk(), part.filename.endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            room -= len(chunk)
            if room < 0:
                raise Unreadable("file.bomb")
            if is_xml:
                walk.feed(chunk)
    return room, walk


class _Walk:
    """What a part would ask for: the place of its cells, its longest shared text, how often texts are used.

    Raises Unreadable while it is fed, as soon as something is too large or an entity is declared.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._declared
        self.row = self.column = self.longest = self.texts = self.length = 0

    def feed(self, chunk: bytes) -> None:
        """Read on."""
        try:
            self.parser.Parse(chunk, False)
        except expat.ExpatError:
            raise Unreadable("file.workbook") from None

    def _declared(self, *_args: object) -> None:
        raise Unreadable("file.bomb")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdigit() and len(number) < 9 else self.row + 1
            self.column = 0
        elif tag == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.row = int(place[2]) if place else self.row
            self.texts += attributes.get("t") == "s"
        elif tag == "si":
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self._text, self._end
            self.length = 0
        elif tag in {"v", "is"}:
            if self.row > MAX_SHEET_ROWS:
                raise Unreadable("file.rows", MAX_ROWS)
            if self.column > MAX_COLUMNS:
                raise Unreadable("file.columns", MAX_COLUMNS)
        elif tag == "Relationship":
            is_sheet = attributes.get("Type", "").endswith("/worksheet")
            if is_sheet and not attributes.get("Target", "").endswith(".xml"):
                raise Unreadable("file.workbook")

    def _text(self, text: str) -> None:
        self.length += len(text)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "si":
            self.longest = max(self.longest, self.length)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
