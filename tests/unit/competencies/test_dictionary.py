"""The dictionary: what is refused, how codes sort; tables and CASE packages read back as written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lms.content.exchange.grids import read_grid
from lms.domain.competencies.rules import Entry, entry_problem
from lms.domain.competencies.rules.case import Issue, NotCase, read_case, write_case
from lms.domain.competencies.rules.dictionary import changed_fields, entry_of, guid_of, natural
from lms.domain.competencies.rules.tables import (
    DICTIONARY_HEADS,
    NoTable,
    dictionary_row,
    heads_of,
    level_columns,
    read_day,
    read_dictionary,
    read_level,
)
from lms.domain.reports.spreadsheet import Column, csv_text, xlsx

LEVELS = ("Mengenal arsip.", "Mencatat arsip.", "", "Menyusun jadwal retensi.", "")
ENTRIES = [
    Entry("M.5", "managerial", "Pelayanan publik", "Melayani; netral, \"terbuka\".", "PermenPANRB 38/2017",
          guid=guid_of("competency", "M.5")),
    Entry("T.02", "technical", "Arsip", "=1+1", "", LEVELS, "DISPUSIP", date(2026, 11, 1),
          guid_of("competency", "T.02")),
]  # fmt: skip
ISSUE = Issue("BKPSDM", "https://gurindam.example", 4, datetime(2026, 11, 24, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"code": "M 5"}, "competency.code"),
        ({"code": "M." + "5" * 30}, "competency.code"),
        ({"kind": "other"}, "competency.kind"),
        ({"name": ""}, "competency.name"),
        ({"name": "n" * 121}, "competency.name"),
        ({"description": "d" * 501}, "competency.description"),
        ({"levels": ("x",) * 4}, "competency.levels"),
        ({"levels": ("x" * 501,) * 5}, "competency.levels"),
        ({"unit": "DISPUSIP"}, "competency.unit_kind"),
        ({"guid": "bukan"}, "competency.guid"),
    ],
)
def test_what_an_entry_may_hold(change: dict[str, object], problem: str | None) -> None:
    found = entry_problem(replace(ENTRIES[0], **change))  # type: ignore[arg-type]
    assert (found[0] if found else None) == problem


def test_an_entry_is_tidied_and_kept_whole() -> None:
    raw = Entry(" M.5", "managerial", "Pelayanan \n publik", "Pelayanan publik", unit="")
    assert raw.tidy() == Entry("M.5", "managerial", "Pelayanan publik")
    assert [entry_of(entry.content()) for entry in ENTRIES] == ENTRIES
    assert changed_fields(ENTRIES[0], replace(ENTRIES[0], name="Lain", source="")) == ("name", "source")


def test_codes_sort_as_people_count() -> None:
    assert sorted(["M.10", "M.2", "SK.1", "M.1"], key=natural) == ["M.1", "M.2", "M.10", "SK.1"]


def test_a_table_reads_back_as_csv_and_as_workbook() -> None:
    columns, rows = [Column(head) for head in DICTIONARY_HEADS], [dictionary_row(one) for one in ENTRIES]
    for data in (csv_text(columns, rows).encode(), xlsx("Kamus", columns, rows)):
        found, problems = read_dictionary(read_grid(data))
        assert ([entry for _line, entry in found], problems) == (ENTRIES, [])
        assert [line for line, _entry in found] == [2, 3]


def test_a_table_names_its_bad_rows() -> None:
    rows = [
        (1, ["Kode", "Jenis", "Nama", "Tidak berlaku sejak"]),
        (2, ["M.1", "lain", "Satu"]),
        (3, ["", ""]),
        (4, ["M.2", "teknis", "Dua", "kemarin"]),
    ]
    found, problems = read_dictionary(rows)
    assert found == []
    assert [(one.line, one.code, one.value) for one in problems] == [
        (2, "competency.kind", "lain"), (4, "row.day", "kemarin"),
    ]  # fmt: skip
    with pytest.raises(NoTable, match="Nama"):
        read_dictionary([(1, ["Kode", "Jenis"])])
    with pytest.raises(NoTable, match="Kode"):
        read_dictionary([])


def test_a_package_reads_back_and_is_the_same_file_again() -> None:
    text = write_case(ENTRIES, ISSUE)
    assert read_case(text) == ENTRIES
    assert write_case(read_case(text), ISSUE) == text


def test_a_package_has_the_parts_of_case() -> None:
    whole = json.loads(write_case(ENTRIES, ISSUE))
    assert whole["CFDocument"]["caseVersion"] == "1.1"
    assert whole["CFDocument"]["version"] == "4"
    ids = [part["identifier"] for part in (*whole["CFItems"], *whole["CFAssociations"], whole["CFDocument"])]
    assert len(ids) == len(set(ids)) == 11  # 2 competencies, 3 described levels, 5 associations, 1 document
    targets = {whole["CFDocument"]["identifier"], *(item["identifier"] for item in whole["CFItems"])}
    assert all(link["destinationNodeURI"]["identifier"] in targets for link in whole["CFAssociations"])
    assert all(item["uri"] == f"urn:uuid:{item['identifier']}" for item in whole["CFItems"])


def _with(**change: object) -> str:
    return json.dumps({**json.loads(write_case(ENTRIES, ISSUE)), **change})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "case.json"),
        ("[]", "case.package"),
        (_with(CFItems=None), "case.package"),
        (_with(CFItems=[1]), "case.package"),
        (_with(CFAssociations=[{"associationType": "isChildOf"}]), "case.package"),
        (_with(CFItems=[{"CFItemType": "Kompetensi teknis", "identifier": "x"}]), "case.item"),
        (_with(CFItems=[{"CFItemType": "Standard"}]), "case.type"),
        (_with(CFItems=[{"CFItemType": "Level", "listEnumeration": "6"}]), "case.level"),
        (_with(CFAssociations=[]), "case.level"),
    ],
)
def test_a_package_that_cannot_be_read_says_why(text: str, code: str) -> None:
    with pytest.raises(NotCase) as refused:
        read_case(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "level"), [("3", 3), (" 0 ", 0), ("3.0", 3), ("6", None), ("", None), ("-1", None), ("²", None)]
)
def test_levels_are_read(text: str, level: int | None) -> None:
    assert read_level(text) == level


@pytest.mark.parametrize("text", ["24/11/2026", "24-11-2026", "2026-11-24", "2026-11-24 00:00:00"])
def test_days_are_read(text: str) -> None:
    assert read_day(text) == date(2026, 11, 24)
    assert read_day("31/02/2026") is None


def test_columns_are_found_by_code_and_strange_ones_are_named() -> None:
    columns, _body = heads_of([(1, ["Kode jabatan", "m.5", "X.9", ""])], ["Kode jabatan"])
    found, problems = level_columns(columns, ["M.5", "M.6"], ["Kode jabatan"])
    assert found == {"M.5": 1}
    assert [(one.code, one.value) for one in problems] == [("column.unknown", "x.9")]
