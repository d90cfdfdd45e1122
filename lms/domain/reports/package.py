"""The HR package: PDFs in a folder per unit, a register, and check sums; same certificates, same bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import file_name, newest_file, state_of
from lms.domain.certificates.rules import State, file_part, print_code
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx

STEP = 100
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the oldest date a ZIP can hold; fixed, so that bytes repeat
WITHOUT_FILE = frozenset({State.REVOKED, State.REPLACED})

COLUMNS = (
    Column("No.", 6), Column("NIP", 22), Column("Nama", 36), Column("Pangkat/gol. ruang", 22),
    Column("Jabatan", 32), Column("Unit kerja", 36), Column("Pelatihan", 40), Column("Nomor sertifikat", 30),
    Column("Kode periksa", 20), Column("JP", 6), Column("Selesai", 12), Column("Terbit", 12),
    Column("Berlaku sampai", 14), Column("Keadaan", 20), Column("Berkas", 60), Column("SHA-256", 66),
)  # fmt: skip


class Incomplete(Exception):
    """A certificate or its file is not there; nothing is handed out with a part missing."""


@dataclass(frozen=True)
class Packed:
    """What a finished package holds: certificates listed, PDFs inside."""

    certificates: int
    files: int


def write_package(
    session: Session,
    ids: Sequence[int],
    *,
    files: Path,
    target: IO[bytes],
    today: date,
    words: Callable[[State], str],
    advance: Callable[[int], None],
) -> Packed:
    """Write the ZIP of these certificates, in the order given.

    `files` is the file store, `words` names a state in the register, `advance` hears how many are done.
    Revoked and replaced ones are listed with their state and have no PDF. Raises Incomplete.
    """
    rows: list[list[Cell]] = []
    sums: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for certificate in _certificates(session, ids):
            state = state_of(certificate, today)
            name, digest = "", ""
            if state not in WITHOUT_FILE:
                name = f"{_folder(certificate)}/{file_name(certificate)}"
                digest = newest_file(certificate).sha256
                _add(archive, name, _stored(files, digest))
                sums.append(f"{digest}  {name}")
            rows.append(_row(len(rows) + 1, certificate, words(state), name, digest))
            if len(rows) % STEP == 0:
                advance(len(rows))
        if len(rows) != len(ids):
            raise Incomplete(f"{len(ids) - len(rows)} certificates not found")
        notes = [f"Sertifikat: {len(rows)}", f"Berkas PDF: {len(sums)}", f"Keadaan per {today:%d/%m/%Y}"]
        register = {
            "daftar.xlsx": xlsx("Daftar sertifikat", COLUMNS, rows, notes),
            "daftar.csv": csv_text(COLUMNS, rows).encode(),
        }
        for name, data in register.items():
            _add(archive, name, data)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        _add(archive, "SHA256SUMS", ("\n".join(sums) + "\n").encode())
    return Packed(len(rows), len(sums) - len(register))


def _certificates(session: Session, ids: Sequence[int]) -> Iterator[Certificate]:
    for start in range(0, len(ids), STEP):
        part = ids[start : start + STEP]
        found = {
            row.id: row
            for row in session.scalars(
                select(Certificate).where(Certificate.id.in_(part)).options(selectinload(Certificate.files))
            )
        }
        yield from (found[key] for key in part if key in found)
        session.expunge_all()


def _stored(files: Path, digest: str) -> bytes:
    try:
        data = (files / digest).read_bytes()
    except OSError as error:
        raise Incomplete(digest) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise Incomplete(digest)
    return data


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


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
