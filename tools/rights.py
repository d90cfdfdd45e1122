"""The table of rights as a document, from the tested table of addresses.

Usage: python -m tools.rights         writes docs/hak-akses.md
       python -m tools.rights --check says whether it is current
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

from lms import create_app
from tools.rights_words import ACTS, DESKS, PAGES

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "hak-akses.md"
HEADS = (
    "belum masuk", "peserta", "peserta lain", "pengajar", "pengajar lain", "kepeg. unit",
    "kepeg. unit lain", "BKPSDM", "admin",
)  # fmt: skip
TABLE = import_module("tests.web.access.table")  # tests are typed more loosely than tools
Row = Any
"""A line of the table: method, endpoint, answers."""
VARIABLE = re.compile(r"<[^>]+>")
SETTINGS = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "only-for-routes", "JOBS_THREAD": False}
ANSWERS = {"login": "masuk", "403": "–", "404": "404"}
INTRODUCTION = """# Hak akses

Halaman ini dibuat oleh `python -m tools.rights` dari tabel yang diuji untuk setiap alamat dan setiap peran
(`tests/web/access`); `make check` gagal bila isinya tidak lagi sama.

| Tanda | Arti |
|---|---|
| ya | boleh; isian yang keliru tetap ditolak dengan penjelasan |
| masuk | diminta masuk lebih dahulu |
| – | ditolak: bukan perannya (403) |
| 404 | bukan miliknya, atau di luar lingkupnya: seolah-olah tidak ada |

*Peserta* adalah pemilik yang dibicarakan (keikutsertaan, percobaan, sertifikat, data sendiri); *peserta lain*
bekerja di unit lain. *Pengajar* menyusun pelatihan itu, *pengajar lain* tidak. *Kepeg. unit* mengurus unit
tempat peserta bekerja dan dalam contoh ini juga atasannya; *kepeg. unit lain* mengurus unit lain. Setiap
pegawai, apa pun perannya, juga peserta. Peran *penelaah* membuka meja pengajar, tetapi hanya telaah dan
pelatihan yang menugaskannya. `…` dalam alamat adalah nomor atau nama; `POST` berarti formulir yang dikirim.
"""


def document() -> str:
    """Return the document. Raises SystemExit when a page or an act has no words yet."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder, "STATIC_BUILD": f"{folder}/static", **SETTINGS})
    lacking = sorted({word for row in _shown() for word in _unknown(row.endpoint)})
    if lacking:
        raise SystemExit(f"tools/rights_words.py lacks words for: {', '.join(lacking)}")
    parts = [INTRODUCTION]
    for desk, title in DESKS.items():
        rows = [row for row in _shown() if _desk(row.endpoint) == desk]
        rows.sort(key=lambda row: (PAGES[_page(row.endpoint)], _page(row.endpoint)))
        parts.append(f"\n## {title}\n\n")
        parts.append(_line(["Halaman: tindakan", "Alamat", *HEADS]))
        parts.append(_line(["---"] * (2 + len(HEADS))))
        parts += [_line([_words(row), f"`{_address(app, row)}`", *_cells(row)]) for row in rows]
    return "".join(parts)


def _shown() -> Iterator[Row]:
    """Each address once, by its first line that lets somebody in."""
    seen = set()
    for row in TABLE.ROWS:
        key = row.method, row.endpoint
        if key not in seen and any(word not in TABLE.REFUSED for word in row.answers):
            seen.add(key)
            yield row


def _page(endpoint: str) -> str:
    return endpoint.rpartition(".")[0]


def _desk(endpoint: str) -> str:
    first = endpoint.partition(".")[0]
    return first if first in DESKS else ""


def _unknown(endpoint: str) -> list[str]:
    page, _, act = endpoint.rpartition(".")
    return [page] * (page not in PAGES) + [act] * (act not in ACTS)


def _words(row: Row) -> str:
    page, _, act = row.endpoint.rpartition(".")
    return f"{PAGES[page]}: {ACTS[act]}"


def _cells(row: Row) -> list[str]:
    return [ANSWERS.get(word, "ya") for word in row.answers]


def _address(app: Flask, row: Row) -> str:
    """Return the address with its variable parts left open; a form says that it is sent."""
    rules = app.url_map.iter_rules(row.endpoint)
    rule = next(rule for rule in rules if row.method in (rule.methods or ()))
    path = VARIABLE.sub("…", rule.rule)
    return path if row.method == "GET" else f"{row.method} {path}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def main(arguments: Sequence[str]) -> int:
    """Write the document, or compare it; return 1 when it is not current."""
    text = document()
    if "--check" not in arguments:
        DOCUMENT.write_text(text, encoding="utf-8")
        return 0
    if DOCUMENT.is_file() and DOCUMENT.read_text(encoding="utf-8") == text:
        return 0
    print("docs/hak-akses.md is not current: run .venv/bin/python -m tools.rights")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
