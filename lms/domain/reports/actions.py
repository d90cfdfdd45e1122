"""Order an export, make its file, say how it went."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import files as store
from lms.clock import WIB
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import scope_units
from lms.domain.audit.actions import record
from lms.domain.reports import tables
from lms.domain.reports.models import Export
from lms.domain.reports.package import REGISTER, Incomplete, Packed, inspect, write_package
from lms.domain.reports.queries import Year, ids_in, lines_of, staff_rows
from lms.domain.reports.rules import file_stem
from lms.domain.reports.siasn import FILES, write_siasn
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx
from lms.domain.settings.queries import policy

SAME_ORDER = timedelta(seconds=60)
STEMS = {
    "package": "Sertifikat",
    "siasn": "SIASN",
    "register": "Daftar-sertifikat",
    "hours": "Rekap-JP",
    "staff": "Pegawai",
}
_SHEETS = ("xlsx", "csv")
FORMATS = {"package": ("zip",), "siasn": ("zip",), "register": _SHEETS, "hours": _SHEETS, "staff": _SHEETS}
_PACKED = {"package": REGISTER, "siasn": FILES}
"""Kinds that are a ZIP of PDFs -> the list in it that has a line for each certificate."""
Advance = Callable[[int], None]
MOST = 20_000  # rows of an export
MOST_PACKED = 5_000  # certificates of a package


@dataclass(frozen=True)
class Order:
    """What is ordered: `keys` (lines) or `people` (ids) frozen in the order of the list, as of a day (WIB).

    `filters` are the filters in words, `unit_code` names the file. Formats: see FORMATS.
    """

    kind: str
    format: str
    as_of: date
    unit_code: str = ""
    filters: tuple[str, ...] = ()
    year: int = 0
    keys: tuple[str, ...] = ()
    people: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """How many rows the list shows."""
        return len(self.keys) + len(self.people)

    def params(self, scope: tuple[int, ...] | None) -> dict[str, Any]:
        """Return what the row keeps; `scope` are the units of who orders (None: everybody)."""
        return {
            "format": self.format, "as_of": self.as_of.isoformat(), "unit": self.unit_code,
            "filters": list(self.filters), "year": self.year, "keys": list(self.keys),
            "people": list(self.people), "units": None if scope is None else list(scope),
        }  # fmt: skip


def order_export(session: Session, order: Order, *, by: User, now: datetime) -> tuple[Export, bool]:
    """Write the order into the table and the activity log; return it and whether it is new.

    The same order by the same person within a minute (a double click) is the same export. ValueError for
    an unknown kind or format, or for nothing to export.
    """
    if order.format not in FORMATS.get(order.kind, ()) or not 0 < order.total <= MOST:
        raise ValueError(order.kind)
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    params = order.params(scope_units(by))
    recent = session.scalars(
        select(Export).where(
            Export.ordered_by == by.id, Export.kind == order.kind, Export.ordered_at > now - SAME_ORDER
        )
    )
    for row in recent:
        if row.state != "failed" and {key: row.params.get(key) for key in params} == params:
            return row, False
    export = Export(kind=order.kind, ordered_by=by.id, ordered_at=now, params=params, total=order.total)
    session.add(export)
    session.flush()
    record(
        session, "export.ordered", now=now, actor=by.id, subject=("export", export.id), kind=order.kind,
        format=order.format, count=order.total, filters=list(order.filters),
    )  # fmt: skip
    session.flush()
    return export, True


@dataclass(frozen=True)
class Made:
    """A finished file in the store, and what was counted in it."""

    name: str
    sha256: str
    size: int
    counts: dict[str, int]


def make(session: Session, export: Export, files: Path, advance: Advance) -> Made:
    """Make the file of an order; only reads the database. `advance` hears how many rows are done.

    Its name ends with the minute (WIB) and the number of the order: each name is there once, in order.

    Raises Incomplete when something is missing or what the file holds is not what the screen showed.
    """
    params = export.params
    day = date.fromisoformat(params["as_of"])
    stem = file_stem(STEMS[export.kind], params["unit"], day)
    name = f"{stem}_{export.ordered_at.astimezone(WIB):%H%M}_{export.id:04}.{params['format']}"
    with _part(files) as part:
        with part.open("xb") as target:
            counts = _write(session, export, day, files, target, advance)
            target.flush()
            os.fsync(target.fileno())
        register = _PACKED.get(export.kind)
        if register and inspect(part, register) != Packed(**counts):
            raise Incomplete("the ZIP does not hold what was written")
        if counts.get("rows", counts.get("certificates", 0) + counts.get("without", 0)) != export.total:
            raise Incomplete(f"{export.total} rows on the screen, {counts} in the file")
        size = part.stat().st_size
        return Made(name, store.adopt(files, part), size, counts)


def _write(
    session: Session, export: Export, day: date, files: Path, target: IO[bytes], advance: Advance
) -> dict[str, int]:
    params = export.params
    if export.kind in _PACKED:
        keys: list[str] = params["keys"]
        without = lines_of(session, [key for key in keys if key.startswith("e")], day)
        write = write_siasn if export.kind == "siasn" else write_package
        packed = write(
            session, ids_in(keys, "c"), without, files=files, target=target, today=day, advance=advance
        )
        return {"certificates": packed.certificates, "files": packed.files, "without": packed.without}
    title, columns, rows = _table(session, export, day)
    notes = [title, f"Baris: {len(rows)}", f"Keadaan per {day:%d/%m/%Y}", *params["filters"]]
    if params["format"] == "xlsx":
        target.write(xlsx(title, columns, rows, notes))
    else:
        target.write(csv_text(columns, rows).encode())
    return {"rows": len(rows)}


def _table(session: Session, export: Export, day: date) -> tuple[str, tuple[Column, ...], list[list[Cell]]]:
    params = export.params
    if export.kind == "register":
        lines = lines_of(session, params["keys"], day)
        return "Daftar penyelesaian", tables.REGISTER_COLUMNS, list(tables.register_rows(lines))
    when = Year(int(params["year"]), policy(session), export.ordered_at)
    people = staff_rows(session, params["people"], when)
    if export.kind == "hours":
        return f"Rekap JP {when.year}", tables.RECAP_COLUMNS, list(tables.recap_rows(people))
    return "Daftar pegawai", tables.STAFF_COLUMNS, list(tables.staff_rows(people))


@contextmanager
def _part(files: Path) -> Iterator[Path]:
    """A name for a file that is being written, in the store; whatever is left under it is removed."""
    files.mkdir(parents=True, exist_ok=True)
    part = files / f".{secrets.token_hex(8)}.part"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def finish(session: Session, export: Export, made: Made, *, now: datetime) -> None:
    """Offer the finished file."""
    export.state, export.done, export.finished_at, export.error = "ready", export.total, now, None
    export.file_name, export.sha256, export.size = made.name, made.sha256, made.size
    export.params = {**export.params, "counts": made.counts}
    session.flush()


def fail(session: Session, export: Export, error: str, *, now: datetime) -> None:
    """Say that no file was made; what was made in part is not handed out."""
    export.state, export.finished_at, export.error = "failed", now, error[:200]
    session.flush()
