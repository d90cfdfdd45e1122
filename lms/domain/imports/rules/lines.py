"""A row of the file as values of fields: read by their kind, with what is wrong and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any

from lms.domain.accounts.models import Employment, PositionClass
from lms.domain.accounts.rules import InvalidEmail, nip_warnings, normalise_email, rank_warnings, read_rank
from lms.domain.imports.rules.cells import Wrong, read_day, read_nip, shown, text_of
from lms.domain.imports.rules.headers import Layout
from lms.domain.imports.rules.names import full_name, key_of
from lms.domain.imports.rules.tables import Cell

NAME_MAX, RANK_MAX, CODE_MAX = 200, 60, 40


@dataclass(frozen=True)
class Problem:
    """Why a row is refused, or what is doubtful: the field, what stands there, a code with its values."""

    field: str
    shown: str
    code: str
    params: Mapping[str, object] = made(default_factory=dict)


@dataclass
class Line:
    """A row: its number in the file, the values read, problems (refused) and doubts (accepted).

    A field without a column, or with an empty cell, has no value: nothing is ever erased by a file.
    """

    row: int
    values: dict[str, Any]
    cells: tuple[Cell, ...] = ()
    problems: list[Problem] = made(default_factory=list)
    doubts: list[Problem] = made(default_factory=list)

    def wrong(self, name: str, shown: str, code: str, **params: object) -> None:
        """Note a reason to refuse the row."""
        self.problems.append(Problem(name, shown, code, params))

    def doubt(self, name: str, shown: str, code: str, **params: object) -> None:
        """Note something to compare with the decree."""
        self.doubts.append(Problem(name, shown, code, params))


def read_lines(layout: Layout, mapping: Sequence[str], today: date) -> list[Line]:
    """Return the rows of people below the header as lines, in their order."""
    return [_person(line, today) for line in raw_lines(layout, mapping)]


def raw_lines(layout: Layout, mapping: Sequence[str]) -> list[Line]:
    """Return the rows with the cells of the mapped columns, those without any left out."""
    places = [(place, name) for place, name in enumerate(mapping) if name]
    lines = []
    for row in layout.data():
        values = {name: row.at(place) for place, name in places if shown(row.at(place))}
        if values:
            lines.append(Line(row.number, values, row.cells))
    return lines


def _person(line: Line, today: date) -> Line:
    raw, line.values = line.values, {}
    name = full_name(
        text_of(raw.get("name")), text_of(raw.get("title_before")), text_of(raw.get("title_after"))
    )
    if not 1 <= len(name) <= NAME_MAX:
        line.wrong("name", name[:60], "name.length", most=NAME_MAX)
    line.values["name"] = name
    for field_name in ("nip", "old_nip", "superior"):
        _nip(line, field_name, raw.get(field_name))
    if "nip" not in raw:
        line.wrong("nip", "", "nip.missing")
    if "email" in raw and text_of(raw["email"]):
        try:
            line.values["email"] = normalise_email(text_of(raw["email"]))
        except InvalidEmail:
            line.wrong("email", shown(raw["email"]), "email.invalid")
    _employment(line, raw)
    _rank(line, raw)
    for key in ("unit_code", "unit", "position_code", "position"):
        if text := text_of(raw.get(key)):
            line.values[key] = text[:NAME_MAX]
    if "since" in raw and text_of(raw["since"]):
        try:
            day = read_day(raw["since"])
            if day > today:
                line.wrong("since", shown(raw["since"]), "day.future")
            line.values["since"] = day
        except Wrong as error:
            line.wrong("since", shown(raw["since"]), error.code)
    if nip := line.values.get("nip"):
        for code in nip_warnings(nip, today):
            line.doubt("nip", nip, code)
    for code in rank_warnings(line.values.get("employment", ""), line.values.get("rank")):
        line.doubt("rank", str(line.values["rank"]), code)
    return line


def _nip(line: Line, name: str, cell: Cell) -> None:
    if not text_of(cell):
        if name == "nip" and cell is not None:
            line.wrong("nip", shown(cell), "nip.missing")
        return
    try:
        line.values[name] = read_nip(cell)
    except Wrong as error:
        if name == "superior":
            line.doubt(name, shown(cell), error.code, **error.params)
        else:
            line.wrong(name, shown(cell), error.code, **error.params)


_EMPLOYMENT = {
    "pns": Employment.PNS, "pegawai negeri sipil": Employment.PNS, "cpns": Employment.CPNS,
    "calon pns": Employment.CPNS, "calon pegawai negeri sipil": Employment.CPNS, "pppk": Employment.PPPK,
    "p3k": Employment.PPPK, "pppk penuh waktu": Employment.PPPK,
    "pegawai pemerintah dengan perjanjian kerja": Employment.PPPK,
    "pppk paruh waktu": Employment.PPPK_PART_TIME, "p3k paruh waktu": Employment.PPPK_PART_TIME,
    "paruh waktu": Employment.PPPK_PART_TIME, "pppk pw": Employment.PPPK_PART_TIME,
    "lainnya": Employment.OTHER, "non asn": Employment.OTHER, "honorer": Employment.OTHER,
    "thl": Employment.OTHER, "ptt": Employment.OTHER,
}  # fmt: skip
_LEAVERS = frozenset({"pensiun", "meninggal", "meninggal dunia", "wafat", "berhenti", "diberhentikan",
                      "pindah", "mutasi keluar", "pindah instansi", "mengundurkan diri"})  # fmt: skip
_KEEPS = frozenset({"aktif", "tetap", "asn"})


def _employment(line: Line, raw: Mapping[str, Cell]) -> None:
    text = text_of(raw.get("employment"))
    key = key_of(text.replace("-", " ").replace("_", " "))
    if key in _EMPLOYMENT:
        line.values["employment"] = _EMPLOYMENT[key].value
    elif key in _LEAVERS:
        line.wrong("employment", text, "employment.leaver")
    elif text and key not in _KEEPS:
        line.doubt("employment", text, "employment.unreadable")


def _rank(line: Line, raw: Mapping[str, Cell]) -> None:
    text = text_of(raw.get("rank"))
    if not text:
        return
    known = read_rank(text)
    if known is None and len(text) > RANK_MAX:
        line.wrong("rank", text[:RANK_MAX], "rank.length", most=RANK_MAX)
        return
    line.values["rank"] = known or text
    if known is None:
        line.doubt("rank", text, "rank.unlisted")


_CLASSES = {key_of(item.value.replace("_", " ")): item.value for item in PositionClass} | {
    "jabatan pelaksana": "pelaksana", "jfu": "pelaksana", "fungsional umum": "pelaksana",
    "staf": "pelaksana", "i": "jpt_madya", "ii": "jpt_pratama", "iia": "jpt_pratama", "iib": "jpt_pratama",
    "iii": "administrator", "iiia": "administrator", "iiib": "administrator", "iv": "pengawas",
    "iva": "pengawas", "ivb": "pengawas", "jabatan administrator": "administrator",
    "jabatan pengawas": "pengawas", "pimpinan tinggi pratama": "jpt_pratama",
    "jabatan pimpinan tinggi pratama": "jpt_pratama", "pertama": "ahli_pertama", "muda": "ahli_muda",
    "madya": "ahli_madya", "utama": "ahli_utama", "pelaksana lanjutan": "mahir",
}  # fmt: skip


def read_class(text: str) -> str | None:
    """Return the class of a position from its word ("Ahli Muda", "JFU") or its eselon ("III.a")."""
    key = key_of(text.replace("_", " ").replace("/", ""))
    return _CLASSES.get(key) or _CLASSES.get(key.removeprefix("eselon ").replace(" ", ""))
