"""What files of units and positions would change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lms.domain.imports.rules import POSITIONS, UNITS, find_layout, read_file
from lms.domain.imports.rules.lines import raw_lines
from lms.domain.imports.rules.places import plan_positions, plan_units
from lms.domain.imports.rules.plans import CHANGED, NEW, REFUSED, SAME, Plan
from lms.domain.imports.rules.state import Place
from tests.unit.imports.files import csv_of

TREE = [
    Place(1, "KOTA", "Pemerintah Kota", "/1/"),
    Place(2, "KEC-01", "Kecamatan Timur", "/1/2/", parent_id=1),
    Place(3, "KEL-01", "Kelurahan Penyengat", "/1/2/3/", parent_id=2),
    Place(4, "LAMA", "Dinas Lama", "/1/4/", parent_id=1, closed=True),
]
BOSS = "197501012000011001"


def units(*rows: Sequence[str]) -> Plan:
    head = ("Kode Unit", "Nama Unit Kerja", "Kode Induk", "NIP Kepala")
    layout = find_layout(read_file(csv_of(head, *rows)), UNITS)
    return plan_units(raw_lines(layout, layout.mapping), TREE, {BOSS: 9}, {2: 9})


def test_units_are_added_renamed_moved_and_headed() -> None:
    found = units(
        ("KOTA", "Pemerintah Kota", "", ""), ("kel-01", "Kelurahan Penyengat", "KOTA", BOSS),
        ("KEC-01", "Kecamatan Tanjungpinang Timur", "KOTA", BOSS), ("KEC-02", "Kecamatan Barat", "kota", ""),
        ("KEL-02", "Kelurahan Bukit", "KEC-02", "199001012015031009"),
    )  # fmt: skip
    assert [one.result for one in found.changes] == [SAME, CHANGED, CHANGED, NEW, NEW]
    assert found.changes[1].values == {"parent_id": 1, "head_id": 9}
    assert found.changes[2].values == {"name": "Kecamatan Tanjungpinang Timur"}
    assert found.changes[4].values["parent_id"] == 0 and found.changes[4].pending == "KEC-02"
    assert found.changes[4].doubts[0].code == "head.unknown"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("", "Tanpa kode", "KOTA", "")], ["code.missing"]), ([("A", "", "KOTA", "")], ["name.length"]),
        ([("A", "X", "TIDAK", "")], ["parent.unknown"]), ([("A", "X", "LAMA", "")], ["parent.unknown"]),
        ([("LAMA", "Dinas Lama", "KOTA", "")], ["unit.closed"]),
        ([("KEC-01", "Kecamatan Timur", "KEL-01", "")], ["parent.cycle"]),
        ([("A", "X", "B", ""), ("B", "Y", "A", "")], ["parent.cycle", "parent.cycle"]),
        ([("A", "X", "KOTA", ""), ("a", "Z", "KOTA", "")], ["code.twice", "code.twice"]),
        ([("A", "kelurahan penyengat", "KEC-01", "")], ["name.beside"]),
        ([("A", "X", "TIDAK", ""), ("B", "Y", "A", "")], ["parent.unknown", "parent.unknown"]),
    ],
)  # fmt: skip
def test_units_that_cannot_stand_there_are_refused(rows: list[tuple[str, ...]], codes: list[str]) -> None:
    found = units(*rows)
    assert [problem.code for one in found.of(REFUSED) for problem in one.problems] == codes
    assert len(found.of(REFUSED)) == len(found.changes)


def test_positions_are_compared_by_code_and_read_their_class() -> None:
    head = ("Kode Jabatan", "Nama Jabatan", "Jenjang")
    rows = (
        ("PLK-01", "Pengadministrasi Umum", "JFU"), ("PK-02", "Pranata Komputer Ahli Muda", "Ahli Muda"),
        ("ADM-1", "Camat", "Eselon III.a"), ("X", "Y", "Sultan"), ("PLK-02", "Operator", ""),
    )  # fmt: skip
    layout = find_layout(read_file(csv_of(head, *rows)), POSITIONS)
    known = [
        Place(7, "PLK-01", "Pengadministrasi Umum", rank_class="pelaksana"),
        Place(8, "PLK-02", "Operator Layanan", rank_class="pelaksana"),
    ]
    found = plan_positions(raw_lines(layout, layout.mapping), known)
    assert [one.result for one in found.changes] == [SAME, NEW, NEW, REFUSED, CHANGED]
    assert [one.values.get("rank_class") for one in found.changes[1:3]] == ["ahli_muda", "administrator"]
