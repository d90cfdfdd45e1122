"""The HR package: PDFs in a folder per unit, a register, check sums, and who has no certificate yet and why.

The same certificates on the same day give the same bytes. PDFs go through memory one at a time.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from lms import files as store
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import file_name, newest_file, state_of
from lms.domain.certificates.rules import State, file_part, print_code
from lms.domain.reports.queries import Line
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx
from lms.domain.reports.words import REASONS, STATES

STEP = 100
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the oldest date a ZIP can hold; fixed, so that bytes repeat
WITHOUT_FILE = frozenset({State.REVOKED, State.REPLACED})
REGISTER, MISSING, SUMS = "daftar.csv", "tanpa-sertifikat.csv", "SHA256SUMS"

COLUMNS = (
    Column("No.", 6), Column("NIP", 22), Column("Nama", 36), Column("Pangkat/gol. ruang", 22),
    Column("Jabatan", 32), Column("Unit kerja", 36), Column("Pelatihan", 40), Column("Nomor sertifikat", 30),
    Column("Kode periksa", 20), Column("JP", 6), Column("Selesai", 12), Column("Terbit", 12),
    Column("Berlaku sampai", 14), Column("Keadaan", 20), Column("Berkas", 60), Column("SHA-256", 66),
)  # fmt: skip
MISSING_COLUMNS = (
    Column("No."), Column("NIP"), Column("Nama"), Column("Unit kerja"), Column("Pelatihan"),
    Column("Selesai"), Column("JP"), Column("Alasan"),
)  # fmt: skip


class Incomplete(Exception):
    """A certificate or file is missing, or counts differ; nothing is handed out with a part missing."""


@dataclass(frozen=True)
class Packed:
    """What a package holds: certificates listed, PDFs inside, completions without a certificate."""

    certificates: int
    files: int
    without: int


def write_package(
    session: Session,
    ids: Sequence[int],
    without: Sequence[Line],
    *,
    files: Path,
    target: IO[bytes],
    today: date,
    advance: Callable[[int], None],
) -> Packed:
    """Write the ZIP of these certificates, in the order given, and the list of completions without one.

    `files` is the file store, `today` the day (WIB) the states are those of, `advance` hears how many
    certificates are done. Revoked and replaced ones are listed with their state and have no PDF.
    Raises Incomplete.
    """
    rows: list[list[Cell]] = []
    sums: list[str] = []
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for certificate in certificates_in(session, ids):
            state = state_of(certificate, today)
            name, digest = "", ""
            if state not in WITHOUT_FILE:
                name = free_name(f"{_folder(certificate)}/{file_name(certificate)}", taken)
                digest = newest_file(certificate).sha256
                add_member(archive, name, stored_pdf(files, digest))
                sums.append(f"{digest}  {name}")
            rows.append(_row(len(rows) + 1, certificate, STATES[state], name, digest))
            if len(rows) % STEP == 0:
                advance(len(rows))
        if len(rows) != len(ids):
            raise Incomplete(f"{len(ids) - len(rows)} certificates not found")
        packed = Packed(len(rows), len(sums), len(without))
        for name, data in _lists(rows, without, packed, today).items():
            add_member(archive, name, data)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        add_member(archive, SUMS, ("\n".join(sums) + "\n").encode())
    return packed


def inspect(source: Path, register: str = REGISTER) -> Packed:
    """Return what a finished package really holds: PDFs counted in the ZIP, lines counted in its lists.

    Raises Incomplete when a member is damaged or the check sums do not name every member.
    """
    with zipfile.ZipFile(source) as archive:
        damaged = archive.testzip()
        names = archive.namelist()
        summed = archive.read(SUMS).decode().splitlines()
        if damaged or len(summed) != len(names) - 1 or len(set(names)) != len(names):
            raise Incomplete(damaged or SUMS)
        lines = {name: _lines(archive.read(name)) for name in (register, MISSING)}
    return Packed(lines[register], sum(name.endswith(".pdf") for name in names), lines[MISSING])


def _lines(data: bytes) -> int:
    return len(list(csv.reader(io.StringIO(data.decode(), newline="")))) - 1


def _lists(
    rows: Sequence[Sequence[Cell]], without: Sequence[Line], packed: Packed, today: date
) -> dict[str, bytes]:
    notes = [
        f"Baris pada daftar: {packed.certificates + packed.without}",
        f"Sertifikat: {packed.certificates}",
        f"Berkas PDF: {packed.files} (sertifikat yang dicabut atau digantikan tidak disertakan)",
        f"Selesai tanpa sertifikat: {packed.without}, lihat {MISSING}",
        f"Keadaan per {today:%d/%m/%Y}",
    ]
    return {
        "daftar.xlsx": xlsx("Daftar sertifikat", COLUMNS, rows, notes),
        REGISTER: csv_text(COLUMNS, rows).encode(),
        MISSING: csv_text(MISSING_COLUMNS, _without(without)).encode(),
    }


def _without(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    for place, line in enumerate(lines, 1):
        reason = REASONS[line.reason] if line.reason else "Sertifikat terbit setelah daftar ini dipesan"
        yield [
            place, line.nip or "", line.name, line.unit or "", line.title, line.completed_on, line.jp, reason,
        ]  # fmt: skip


def certificates_in(session: Session, ids: Sequence[int]) -> Iterator[Certificate]:
    """Yield certificates with their files in the order of the ids, a hundred in memory at a time."""
    for start in range(0, len(ids), STEP):
        part = ids[start : start + STEP]
        rows = session.scalars(
            select(Certificate).where(Certificate.id.in_(part)).options(selectinload(Certificate.files))
        ).all()
        found = {row.id: row for row in rows}
        yield from (found[key] for key in part if key in found)
        for row in rows:  # a thousand records need not stay in memory
            session.expunge(row)


def stored_pdf(files: Path, digest: str) -> bytes:
    """Return the bytes of a digest in the file store. Raises Incomplete when missing or damaged."""
    try:
        data = store.path_of(files, digest).read_bytes()
    except OSError as error:
        raise Incomplete(digest) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise Incomplete(digest)
    return data


def add_member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Write a file into a ZIP so that the same data give the same bytes on every day."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def free_name(name: str, taken: set[str]) -> str:
    """Return the name, with a number where another file has it already (letters are folded by file names)."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name.removesuffix('.pdf')}_{number}.pdf", number + 1
    taken.add(free.casefold())
    return free


def _folder(certificate: Certificate) -> str:
    return file_part(str(certificate.snapshot["unit"]))[:80] or "tanpa-unit"


def _row(place: int, certificate: Certificate, state: str, name: str, digest: str) -> list[Cell]:
    shown: dict[str, Any] = certificate.snapshot
    return [
        place, str(shown["nip"]).replace(" ", ""), shown["name"], shown["rank"], shown["position"],
        shown["unit"], shown["course"], certificate.number, print_code(certificate.code), shown["jp"],
        date.fromisoformat(shown["completed_on"]), certificate.issued_on, certificate.valid_until,
        state, name, digest,
    ]  # fmt: skip
