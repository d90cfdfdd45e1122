"""The formats that questions are exchanged in, by their short names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lms.content.exchange import aiken, gift, moodle, qti, sheets, table
from lms.content.exchange.guide import EXAMPLES, GUIDE
from lms.content.exchange.items import Reading
from lms.content.exchange.losses import Loss
from lms.content.questions.question import Question

Assets = Mapping[str, bytes]


@dataclass(frozen=True)
class Dialect:
    """A format: its name for people, the end of its file names, its type, and what it can do."""

    name: str
    title: str
    extension: str
    mimetype: str
    read: Callable[[bytes], Reading]
    write: Callable[[Sequence[Question], Assets], bytes]
    losses: Callable[[Question], tuple[Loss, ...]]

    def template(self) -> bytes:
        """A file to begin with; the CSV holds the examples themselves, a workbook has them on a sheet."""
        return self.write(EXAMPLES if self.name == "csv" else (), {})


def _workbook(questions: Sequence[Question], assets: Assets) -> bytes:
    return sheets.write_workbook(table.rows(questions), table.rows(EXAMPLES), GUIDE)


DIALECTS: Mapping[str, Dialect] = {
    one.name: one
    for one in (
        Dialect(
            "xlsx",
            "Excel",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            sheets.read_xlsx,
            _workbook,
            table.losses,
        ),
        Dialect("csv", "CSV", "csv", "text/csv", sheets.read_csv, sheets.write_csv, table.losses),
        Dialect("moodle", "Moodle XML", "xml", "application/xml", moodle.read, moodle.write, moodle.losses),
        Dialect("gift", "GIFT", "gift.txt", "text/plain", gift.read, gift.write, gift.losses),
        Dialect("qti", "QTI 2.1", "zip", "application/zip", qti.read, qti.write, qti.losses),
        Dialect("aiken", "Aiken", "aiken.txt", "text/plain", aiken.read, aiken.write, aiken.losses),
    )
}


def guess(name: str, data: bytes) -> str | None:
    """The format of a file by its name and first bytes; None when it can be none of them."""
    ending = name.casefold().rpartition(".")[2]
    head = data[:4096]
    if head.startswith(b"PK"):
        if b"imsmanifest.xml" in data or ending == "zip":
            return "qti"
        return "xlsx" if b"xl/" in data or ending == "xlsx" else None
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: its letters with a NUL beside each
        data = data[2:].replace(b"\0", b"")
        head = data[:4096]
    if b"<assessmentItem" in head or b":assessmentItem" in head:
        return "qti"
    if ending == "xml" or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "moodle"
    if ending == "csv":
        return "csv"
    if b"{" in data:
        return "gift"
    upper = data.upper()
    return "aiken" if b"ANSWER:" in upper or b"JAWABAN:" in upper or b"KUNCI:" in upper else None
