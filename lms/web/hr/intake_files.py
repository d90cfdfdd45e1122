"""Workbooks around an import: an example to begin with, the refused rows with their reasons."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from lms.domain.imports.rules import Layout
from lms.domain.imports.rules.cells import shown
from lms.domain.imports.rules.plans import REFUSED, Plan
from lms.domain.reports.spreadsheet import Cell, Column, xlsx
from lms.web.hr import intake_words as words

_EXAMPLES: dict[str, tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]] = {
    "people": (
        ("NIP", "Nama dan Gelar", "Status", "Pangkat/Gol. Ruang", "Kode Unit", "Unit Kerja", "Kode Jabatan",
         "Jabatan", "TMT Jabatan", "NIP Atasan"),
        (
            ("199001012015031001", "Contoh Satu, S.Sos.", "PNS", "Penata Muda, III/a", "KODE-1",
             "Nama unit", "JAB-1", "Nama jabatan", date(2020, 3, 1), "197001011995031002"),
            ("200001012024212001", "Contoh Dua", "PPPK", "Golongan IX", "KODE-1", "Nama unit", "JAB-1",
             "Nama jabatan", date(2024, 4, 1), "199001012015031001"),
        ),
    ),
    "units": (
        ("Kode Unit", "Nama Unit", "Kode Induk", "NIP Kepala"),
        (("KODE-1", "Kecamatan contoh", None, "197001011995031002"),
         ("KODE-2", "Kelurahan contoh", "KODE-1", None)),
    ),
    "positions": (
        ("Kode Jabatan", "Nama Jabatan", "Jenjang"),
        (("JAB-1", "Pranata Komputer Ahli Muda", "Ahli Muda"), ("JAB-2", "Camat", "III.a")),
    ),
}  # fmt: skip


def example(kind: str) -> bytes:
    """Return a workbook with headers that are understood at once and two invented rows."""
    head, rows = _EXAMPLES[kind]
    notes = [
        str(_("Replace the two rows. Keep the columns of NIP as text.")),
        str(_("An empty cell leaves what is on record. A column that you do not need can be deleted.")),
    ]
    return xlsx("Data", [Column(text, 24) for text in head], rows, notes)


def error_sheet(layout: Layout, plan: Plan) -> bytes:
    """Return the refused rows as they stood, the number of the row and the reasons before them.

    Everything is text, so nothing can begin a formula. The headers stay: mended, the sheet is a file to send.
    """
    head = [Column(str(_("Row")), 8), Column(str(_("What is wrong")), 60)]
    head += [Column(column.header or str(column.index + 1), 22) for column in layout.columns]
    width = len(layout.columns)
    rows: list[list[Cell]] = []
    for one in plan.of(REFUSED):
        reasons = [f"{words.FIELDS.get(p.field, p.field)}: {words.problem_text(p)}" for p in one.problems]
        rows.append([one.row, " ".join(reasons), *[shown(cell) for cell in one.cells[:width]]])
    return xlsx(str(_("Refused rows")), head, rows)
