"""A workbook (.xlsx) is looked at before it is unpacked: bombs, entities and giant sheets are refused.

The library that reads workbooks lays a sheet out as a full rectangle, so one cell in the last corner of
Excel would ask for 17 thousand million cells. The XML is therefore walked through in a stream first: sizes
are counted, not believed, and the corner of every sheet is known before the library sees the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from lms.content.archive import BROKEN

MAX_PARTS = 500
MAX_RATIO = 200
MAX_TEXT = 32_767  # characters of a cell in Excel
MAX_REPEATED = 400_000_000  # longest shared text times the cells that refer to one
CHUNK = 128 * 1024
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Oversized(ValueError):
    """The file is not opened; `code`: "workbook" (damaged or none), "bomb", "rows", "columns"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """How many bytes a workbook may unpack to; the last row and column that may hold a value."""

    unpacked: int
    rows: int
    columns: int


def check_workbook(data: bytes, limits: Limits) -> None:
    """Refuse what is no workbook or unpacks to too much; nothing is kept of what is unpacked.

    Raises Oversized.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise Oversized("bomb")
            told = sum(part.file_size for part in parts)
            if told > limits.unpacked or told > MAX_RATIO * len(data):
                raise Oversized("bomb")
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Oversized("workbook")
            room, longest, texts = limits.unpacked, 0, 0
            for part in parts:
                room, found = _walk(archive, part, room, limits)
                longest, texts = max(longest, found.longest), texts + found.texts
            if longest > MAX_TEXT or longest * texts > MAX_REPEATED:
                raise Oversized("bomb")
    except BROKEN as error:
        if isinstance(error, Oversized):
            raise
        raise Oversized("workbook") from None


def _walk(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, limits: Limits) -> tuple[int, _Walk]:
    """Unpack a part in pieces, count it, and read it as XML where it is XML; return the room that is left."""
    walk, is_xml = _Walk(limits), part.filename.lower().endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            room -= len(chunk)
            if room < 0:
                raise Oversized("bomb")
            if is_xml:
                walk.feed(chunk)
    return room, walk


class _Walk:
    """What a part would ask for: the place of its cells, its longest shared text, how often texts are used.

    Raises Oversized while it is fed, as soon as something is too large or an entity is declared.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._declared
        self.row = self.column = self.longest = self.texts = self.length = 0

    def feed(self, chunk: bytes) -> None:
        """Read on."""
        try:
            self.parser.Parse(chunk, False)
        except (expat.ExpatError, LookupError):  # broken, or in an encoding that is none
            raise Oversized("workbook") from None

    def _declared(self, *_args: object) -> None:
        raise Oversized("bomb")

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
            if self.row > self.limits.rows:
                raise Oversized("rows")
            if self.column > self.limits.columns:
                raise Oversized("columns")
        elif tag == "Relationship":
            is_sheet = attributes.get("Type", "").endswith("/worksheet")
            if is_sheet and not attributes.get("Target", "").endswith(".xml"):
                raise Oversized("workbook")

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
