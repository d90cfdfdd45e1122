"""The package for SIASN: its columns exactly, each PDF as `NIP_Nomor.pdf`, who is left out and why.

Columns of a course history as the web service of SIASN names them (kursus/save); days are dd-mm-yyyy.
Which code goes into the columns of kind, agency and place differs between offices: they are settings.
The organiser is the partner institution that the certificate names, else the office.
`pnsOrangId` is SIASN's own id of a person and stays empty; `berkas.csv` names the person of each line.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import newest_file, state_of
from lms.domain.certificates.rules import State, siasn_name
from lms.domain.reports.package import (
    MISSING,
    STEP,
    SUMS,
    WITHOUT_FILE,
    Incomplete,
    Packed,
    add_member,
    certificates_in,
    free_name,
    stored_pdf,
)
from lms.domain.reports.queries import Line
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx
from lms.domain.reports.words import REASONS, STATES
from lms.domain.settings.queries import policy
from lms.domain.settings.rules import Policy

TABLE, FILES = "siasn.csv", "berkas.csv"
COLUMNS = tuple(
    Column(head, width)
    for head, width in (
        ("jenisDiklatId", 14), ("namaKursus", 44), ("institusiPenyelenggara", 44), ("nomorSertipikat", 32),
        ("tanggalKursus", 14), ("tanggalSelesaiKursus", 20), ("tahunKursus", 12), ("jumlahJam", 10),
        ("pnsOrangId", 14), ("instansiId", 14), ("lokasiId", 14), ("jenisKursus", 14),
        ("jenisKursusSertipikat", 20),
    )
)  # fmt: skip
FILE_COLUMNS = (
    Column("No."), Column("NIP"), Column("Nama"), Column("Unit kerja"), Column("Nomor sertifikat"),
    Column("Berkas"), Column("Baris siasn.csv"), Column("Keterangan"),
)  # fmt: skip
MISSING_COLUMNS = (
    Column("No."),
    Column("NIP"),
    Column("Nama"),
    Column("Unit kerja"),
    Column("Pelatihan"),
    Column("Alasan"),
)
NOT_YET = WITHOUT_FILE | {State.AWAITING_SIGNATURE}
"""States whose certificate is not to be uploaded."""


def write_siasn(
    session: Session,
    ids: Sequence[int],
    without: Sequence[Line],
    *,
    files: Path,
    target: IO[bytes],
    today: date,
    advance: Callable[[int], None],
) -> Packed:
    """Write the ZIP of these certificates, in the order given; arguments and errors as `write_package`.

    Each certificate has a line in berkas.csv; those that may be uploaded have one in siasn.csv and a PDF.
    """
    rule = policy(session)
    table: list[list[Cell]] = []
    lines: list[list[Cell]] = []
    sums: list[str] = []
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for certificate in certificates_in(session, ids):
            shown, state, name = certificate.snapshot, state_of(certificate, today), ""
            nip = str(shown["nip"]).replace(" ", "")
            if state not in NOT_YET:
                name = free_name(siasn_name(nip=nip, number=certificate.number), taken)
                digest = newest_file(certificate).sha256
                add_member(archive, name, stored_pdf(files, digest))
                sums.append(f"{digest}  {name}")
                table.append(_row(certificate, rule))
            lines.append([
                len(lines) + 1, nip, shown["name"], shown["unit"], certificate.number, name,
                len(table) if name else None, "" if name else STATES[state],
            ])  # fmt: skip
            if len(lines) % STEP == 0:
                advance(len(lines))
        if len(lines) != len(ids):
            raise Incomplete(f"{len(ids) - len(lines)} certificates not found")
        packed = Packed(len(lines), len(sums), len(without))
        for name, data in _lists(table, lines, without, packed, today).items():
            add_member(archive, name, data)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        add_member(archive, SUMS, ("\n".join(sums) + "\n").encode())
    return packed


def _row(certificate: Certificate, rule: Policy) -> list[Cell]:
    """One line of the table, from the frozen record of the certificate."""
    shown: dict[str, Any] = certificate.snapshot
    ended = date.fromisoformat(shown["completed_on"])
    return [
        rule.siasn_training_kind, shown["course"], shown["partner"] or shown["organiser"], certificate.number,
        _day(date.fromisoformat(shown["started_on"])), _day(ended), ended.year, int(shown["jp"]), "",
        rule.siasn_agency, rule.siasn_place, rule.siasn_course_kind, rule.siasn_certificate_kind,
    ]  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _lists(
    table: Sequence[Sequence[Cell]],
    lines: Sequence[Sequence[Cell]],
    without: Sequence[Line],
    packed: Packed,
    today: date,
) -> dict[str, bytes]:
    notes = [
        f"Baris: {packed.files}, satu untuk setiap PDF, urutannya sama dengan {FILES}",
        f"Sertifikat yang dipilih: {packed.certificates}",
        f"Tidak disertakan karena keadaannya: {packed.certificates - packed.files}",
        f"Selesai tanpa sertifikat: {packed.without}, lihat {MISSING}",
        "pnsOrangId adalah nomor orang di SIASN; isi menurut NIP di berkas.csv",
        f"Keadaan per {today:%d/%m/%Y}",
    ]
    return {
        "siasn.xlsx": xlsx("SIASN kursus", COLUMNS, table, notes),
        TABLE: csv_text(COLUMNS, table).encode(),
        FILES: csv_text(FILE_COLUMNS, lines).encode(),
        MISSING: csv_text(MISSING_COLUMNS, _without(without)).encode(),
    }


def _without(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    for place, line in enumerate(lines, 1):
        reason = REASONS[line.reason] if line.reason else "Sertifikat terbit setelah daftar ini dipesan"
        yield [place, line.nip or "", line.name, line.unit or "", line.title, reason]
