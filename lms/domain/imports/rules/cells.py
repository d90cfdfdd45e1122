"""What a cell means: a NIP that Excel may have ruined, a day, a name with titles. Pure; each says why not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from lms.domain.accounts.rules import InvalidNip, nip_birth_date, normalise_nip, squeezed
from lms.domain.imports.rules.tables import Cell

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?\s*[eE]\s*\+?\s*[0-9]{1,3}")
_DECIMAL = re.compile(r"([0-9]{18})[.,]0+")
_DAY = re.compile(r"([0-9]{1,2})\s*[/.\-\s]\s*([0-9]{1,2})\s*[/.\-\s]\s*([0-9]{4})(?:\s+[0-9:.]+)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T\s].*)?")
_SPOKEN = re.compile(r"([0-9]{1,2})[\s-]+([^\W\d_]{3,9})\.?[\s-]+([0-9]{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu ags agt aug", "sep", "okt oct",
         "nov nop", "des dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
FIRST_SERIAL, LAST_SERIAL = 7_306, 73_050
"""Excel's numbers of 1 January 1920 and 31 December 2099; its day 1 is 1 January 1900, and it counts a
29 February 1900 that never was, so that day 0 is 30 December 1899 from March 1900 on."""
_DAY_ZERO = date(1899, 12, 30)
_NOTHING = frozenset({"-", "--", "–", "—", ".", "0", "null", "nihil", "n/a", "#n/a", "tidak ada"})


class Wrong(ValueError):
    """A cell that cannot be what its column says; `code` with what the words need."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def text_of(cell: Cell) -> str:
    """Return a cell as text without unseen characters, whole numbers without a point; "" for a dash."""
    text = shown(cell)
    if text.startswith("'"):
        text = text[1:].strip()
    return "" if text.casefold() in _NOTHING else text


def shown(cell: Cell) -> str:
    """Return a cell as the person sees it in the workbook, near enough to find it again."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return f"{cell:.5E}".replace(".", ",") if abs(cell) >= 1e11 else f"{cell:.10g}"
    seen = "".join(" " if mark.isspace() else mark for mark in cell)
    return squeezed(
        "".join(mark for mark in seen if unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"})
    )


def read_nip(cell: Cell) -> str:
    """Return the 18 digits of a NIP. Raises Wrong.

    Excel keeps 15 digits of a number: the last three of a NIP, its serial, become 000. So "nip.rounded" for a
    cell that is a number, for 1,98609E+17 and for a text that ends in 000; no serial is 000 (they begin at
    001). "nip.characters" or "nip.length" for what is no NIP, "nip.birth" for a birth date that is no day.
    """
    if isinstance(cell, float):
        if abs(cell) >= 1e15:
            raise Wrong("nip.rounded")
        raise Wrong("nip.length", count=len(shown(cell)))
    text = shown(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise Wrong("nip.rounded")
    whole = _DECIMAL.fullmatch(text)
    try:
        nip = normalise_nip(whole[1] if whole else text.strip("\"'=;,"))
    except InvalidNip as error:
        raise Wrong(error.code, count=error.count) from None
    if nip.endswith("000"):
        raise Wrong("nip.rounded")
    if nip_birth_date(nip) is None:
        raise Wrong("nip.birth")
    return nip


def read_day(cell: Cell) -> date:
    """Return the day of a date cell, a serial number of Excel, "31/12/2024", "2024-12-31" or "1 Maret 2024".

    The day stands before the month. Raises Wrong("day.unreadable"), "day.order" for 12/31/2024, and
    "day.none" for a day that does not exist.
    """
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if text.isascii() and text.isdigit() and FIRST_SERIAL <= int(text[:6]) <= LAST_SERIAL and len(text) <= 5:
        return _DAY_ZERO + timedelta(days=int(text))
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if (found := _SPOKEN.fullmatch(text)) and found[2][:3].casefold() in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2][:3].casefold()], int(found[1]))
    raise Wrong("day.unreadable")


def _day(year: int, month: int, day: int) -> date:
    if month > 12 >= day:
        raise Wrong("day.order")
    try:
        return date(year, month, day)
    except ValueError:
        raise Wrong("day.none") from None
