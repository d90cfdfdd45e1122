"""Whatever a file of people holds: saved once, the same file changes nothing the second time."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lms.domain.imports.rules.plans import CHANGED, NEW, Plan
from lms.domain.imports.rules.state import Known
from tests.unit.imports.test_people import FAR, PERSON, PPPK, UNITS, plan

SETTINGS = settings(deadline=None, max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
PATHS = {unit.id: unit.path for unit in UNITS}
NIPS = st.sampled_from([
    str(PERSON.nip), str(PPPK.nip), str(FAR.nip), "199905052024211003", "197501012000011001",
    "199403052025212001", "1,99905E+17", "", "199905052024211000",
])  # fmt: skip
ROWS = st.tuples(
    NIPS,
    st.sampled_from(["Siti Rahma, S.Pd.", "SITI RAHMA", "Encik Kasim, S.Kom.", "ENCIK KASIM", "", "Bulan"]),
    st.sampled_from(["KEL-0101", "KEC-01", "kota", "TIDAK-ADA", "LAMA", ""]),
    st.sampled_from(["PLK-01", ""]),
    st.sampled_from(["PNS", "pppk", "PPPK Paruh Waktu", "Aktif", "Pensiun", "entah", ""]),
    st.sampled_from(["III/a", "Gol. IX", "Letnan", ""]),
    st.sampled_from(["01/03/2020", "2020-03-01", "31/02/2020", ""]),
    NIPS,
)
HEAD = ("NIP", "Nama", "Kode Unit", "Kode Jabatan", "Status", "Pangkat", "TMT Jabatan", "NIP Atasan")


def saved(people: list[Known], found: Plan) -> list[Known]:
    """The people after a plan was stored, as plain values."""
    after = {one.id: one for one in people}
    ids = {str(one.nip): one.id for one in people}
    for number, one in enumerate(found.of(NEW), 100):
        ids[one.nip] = number
        empty: dict[str, Any] = dict.fromkeys(asdict(PERSON), None)
        after[number] = Known(**{**empty, "id": number, "closed": False, "mighty": False, **one.values})
    for one in found.of(CHANGED):
        assert one.key is not None
        after[one.key] = replace(after[one.key], **one.values)
    for one in (*found.of(NEW), *found.of(CHANGED)):
        key = one.key or ids[one.nip]
        superior = ids[one.pending] if after[key].superior_id == 0 else after[key].superior_id
        after[key] = replace(after[key], superior_id=superior, unit_path=PATHS.get(after[key].unit_id or 0))
    return list(after.values())


@SETTINGS
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_the_same_file_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    people = [PERSON, PPPK, FAR]
    first = plan(*rows, people=people, head=HEAD)
    assert len({one.row for one in first.changes}) == len(first.changes)
    second = plan(*rows, people=saved(people, first), head=HEAD)
    assert second.of(NEW) == [] and second.of(CHANGED) == []
