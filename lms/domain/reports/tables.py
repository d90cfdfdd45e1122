"""Lists as tables of an office: columns and rows of the register, the recap and the staff list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lms.domain.reports.queries import Line, StaffRow
from lms.domain.reports.spreadsheet import Cell, Column
from lms.domain.reports.words import ACTIVATION, EMPLOYMENT, REASONS, STATES

REGISTER_COLUMNS = (
    Column("No.", 6), Column("NIP", 22), Column("Nama", 36), Column("Unit kerja saat ini", 36),
    Column("Unit kerja saat terbit", 36), Column("Pelatihan", 40), Column("Keikutsertaan ke-", 8),
    Column("Selesai", 12), Column("JP", 6),
    Column("Nomor sertifikat", 30), Column("Terbit", 12), Column("Keadaan", 24), Column("Keterangan", 44),
)  # fmt: skip
RECAP_COLUMNS = (
    Column("No.", 6), Column("NIP", 22), Column("Nama", 36), Column("Status", 18), Column("Kode unit", 14),
    Column("Unit kerja", 36), Column("Pelatihan selesai", 10), Column("JP tercatat", 10),
    Column("Target JP", 10), Column("Kurang JP", 10), Column("JP menunggu persetujuan", 12),
)  # fmt: skip
STAFF_COLUMNS = (
    Column("No.", 6), Column("NIP", 22), Column("Nama", 36), Column("Pangkat/gol. ruang", 26),
    Column("Jabatan", 36), Column("Kode unit", 14), Column("Unit kerja", 36), Column("Status", 18),
    Column("JP tercatat", 10), Column("Target JP", 10), Column("Akun", 20), Column("Lewat tenggat", 10),
)  # fmt: skip


def register_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield the lines of completions and certificates as cells."""
    for place, line in enumerate(lines, 1):
        state = STATES[line.state] if line.state else "Belum ada sertifikat"
        yield [
            place, line.nip or "", line.name, line.unit or "", line.unit_at_issue or "", line.title,
            line.cycle, line.completed_on, line.jp, line.number or "", line.issued_on, state,
            REASONS[line.reason] if line.reason else "",
        ]  # fmt: skip


def recap_rows(people: Iterable[StaffRow]) -> Iterator[list[Cell]]:
    """Yield people with the JP of a year as cells."""
    for place, row in enumerate(people, 1):
        yield [
            place, row.nip or "", row.name, EMPLOYMENT.get(row.employment, row.employment),
            row.unit_code or "", row.unit or "", row.courses, row.jp, row.target, row.lacking, row.waiting,
        ]  # fmt: skip


def staff_rows(people: Iterable[StaffRow]) -> Iterator[list[Cell]]:
    """Yield people with their place and account as cells."""
    for place, row in enumerate(people, 1):
        yield [
            place, row.nip or "", row.name, row.rank or "", row.position or "", row.unit_code or "",
            row.unit or "", EMPLOYMENT.get(row.employment, row.employment), row.jp, row.target,
            ACTIVATION[row.activation], row.late,
        ]  # fmt: skip
