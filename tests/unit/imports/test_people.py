"""What a file of people would change, decided on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lms.domain.imports.rules import PEOPLE, find_layout, read_file, read_lines
from lms.domain.imports.rules.people import Planner
from lms.domain.imports.rules.plans import CHANGED, NEW, REFUSED, SAME, Plan
from lms.domain.imports.rules.state import Known, Place, State
from tests.unit.imports.files import HEAD, ZAHRA, csv_of

TODAY = date(2026, 11, 24)
UNITS = [
    Place(1, "KOTA", "Pemerintah Kota", "/1/"),
    Place(2, "KEC-01", "Kecamatan Tanjungpinang Timur", "/1/2/", "Pemerintah Kota"),
    Place(3, "KEL-0101", "Kelurahan Penyengat", "/1/2/3/", "Kecamatan Tanjungpinang Timur"),
    Place(4, "KEL-0102", "Kelurahan Tanjungpinang Timur", "/1/4/", "Pemerintah Kota"),
    Place(5, "LAMA", "Dinas Lama", "/1/5/", closed=True),
]
CLERK = Place(7, "PLK-01", "Pengadministrasi Umum", rank_class="pelaksana")
PERSON = Known(11, ZAHRA[1], ZAHRA[0], "zahra@gurindam.example", "pns", "Penata Muda, III/a", 3, "/1/2/3/", 7)
PPPK = Known(12, "Siti Rahma, S.Pd.", "199403052024212017", None, "pppk", None, 3, "/1/2/3/", 7)
FAR = Known(13, "Bulan", "199206302023212041", None, "pppk", None, 4, "/1/4/", None)


def plan(
    *rows: Sequence[object], people: Sequence[Known] = (PERSON, PPPK, FAR),
    scope: tuple[str, ...] | None = None, choices: Mapping[str, str] | None = None,
    head: Sequence[str] = HEAD, former: dict[str, int] | None = None,
) -> Plan:  # fmt: skip
    """Read the rows under the usual header and compare them with what is on record."""
    layout = find_layout(read_file(csv_of(head, *rows)), PEOPLE)
    lines = read_lines(layout, layout.mapping, TODAY)
    return Planner(State(people, former or {}, UNITS, [CLERK], scope), choices or {}).plan(lines)


def row(**changes: str) -> tuple[str, ...]:
    """The row of Zahra with some cells changed."""
    values = dict(zip(("nip", "name", "unit", "position", "status", "rank", "since"), ZAHRA, strict=True))
    return tuple({**values, **changes}.values())


def codes(found: Plan) -> list[str]:
    """The reasons of all refused rows."""
    return [problem.code for one in found.of(REFUSED) for problem in one.problems]


def test_a_row_as_on_record_changes_nothing_whatever_its_capitals_and_marks() -> None:
    found = plan(
        ZAHRA, row(nip="'199002142015032003", name="TENGKU ZAHARA  A.MD", rank="penata muda (III/a)")
    )
    [first, second] = found.changes
    assert (first.result, second.result) == (REFUSED, REFUSED)  # twice in one file with other words
    assert plan(row(name="TENGKU ZAHARA, A.MD.", rank="Gol III a")).changes[0].result == SAME
    assert plan(ZAHRA, ZAHRA).of(SAME)[1].doubts[0].code == "row.repeated"


def test_old_and_new_are_told_for_each_field() -> None:
    [one] = plan(row(name="Tengku Zahra, S.Sos.", unit="KEC-01", status="", since="01/10/2026")).changes
    assert one.result == CHANGED and one.key == 11
    assert one.before == {"name": ZAHRA[1], "unit_id": 3}
    assert one.values == {"name": "Tengku Zahra, S.Sos.", "unit_id": 2}
    assert one.since == date(2026, 10, 1)


def test_a_new_person_takes_the_status_from_the_number_where_the_file_has_none() -> None:
    [one] = plan(row(nip="199905052024211003", name="ENCIK KASIM, S.KOM.", status="", rank="9")).changes
    assert one.result == NEW and one.values["employment"] == "pppk" and one.values["rank"] == "Golongan IX"
    assert one.values["name"] == "Encik Kasim, S.Kom." and one.values["unit_id"] == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nip": "1,98609E+17"}, "nip.rounded"), ({"nip": "199002142015032000"}, "nip.rounded"),
        ({"nip": ""}, "nip.missing"), ({"nip": "-"}, "nip.missing"), ({"name": ""}, "name.length"),
        ({"unit": "TIDAK-ADA"}, "unit.unknown_code"), ({"unit": "LAMA"}, "unit.closed"),
        ({"position": "X-1"}, "position.unknown_code"), ({"since": "31/02/2024"}, "day.none"),
        ({"since": "01/01/2027"}, "day.future"), ({"status": "Pensiun"}, "employment.leaver"),
        ({"nip": "199905052024211003", "unit": ""}, "unit.missing"),
        ({"nip": "198101012005011009"}, "nip.was_former"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_refused_with_its_reason(changes: dict[str, str], code: str) -> None:
    assert codes(plan(row(**changes), former={"198101012005011009": 11})) == [code]


def test_an_officer_of_a_unit_reaches_only_the_own_subtree() -> None:
    scope = ("/1/2/",)
    assert codes(plan(row(unit="KEL-0102"), scope=scope)) == ["unit.scope"]
    assert codes(plan(row(nip=str(FAR.nip), name="Bulan"), scope=scope)) == ["person.scope"]
    assert codes(plan(row(nip="199206302024211009", name="Bulan"), scope=scope)) == [
        "person.namesake_elsewhere"
    ]
    assert plan(row(unit="KEC-01"), scope=scope).of(CHANGED)
    assert plan(row(unit="KEL-0102")).of(CHANGED)


def test_closed_and_mightier_accounts_are_left_alone() -> None:
    closed, mighty = replace(PERSON, closed=True), replace(PERSON, mighty=True)
    assert codes(plan(ZAHRA, people=[closed])) == ["person.closed"]
    assert codes(plan(row(name="Orang Lain"), people=[mighty])) == ["person.mighty"]
    assert plan(ZAHRA, people=[mighty]).of(SAME)


def test_a_changed_number_of_a_pppk_asks_and_keeps_the_record() -> None:
    renewed = row(nip="199403052025212001", name="SITI RAHMA, S.PD.", status="PPPK", rank="")
    asked = plan(renewed)
    [question] = asked.questions
    assert codes(asked) == ["person.renumbered"] and question.candidates[0][0] == PPPK.id
    [same] = plan(renewed, choices={question.key: "12"}).changes
    assert same.key == 12 and same.before["nip"] == PPPK.nip and "name" not in same.values
    [other] = plan(renewed, choices={question.key: "new"}).changes
    assert other.result == NEW
    told = plan((*renewed, PPPK.nip), head=(*HEAD, "NI PPPK lama"))
    assert told.changes[0].key == 12 and not told.questions
    assert plan(renewed, row(nip=str(PPPK.nip), name=PPPK.name, rank="")).changes[0].result == NEW


NAMED = ("NIP", "Nama", "Unit Kerja", "Jabatan")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [("Tanjungpinang Timur", {2, 4}), ("Penyengat", {3}), ("Antah Berantah", set()),
     ("Kel. Penyengat", None), ("KELURAHAN PENYENGAT", None), ("Kec. Tanjungpinang Timur", None)],
)  # fmt: skip
def test_a_name_of_a_unit_that_is_not_plain_asks(text: str, candidates: set[int] | None) -> None:
    rows = [(ZAHRA[0], ZAHRA[1], text, ""), (PPPK.nip, PPPK.name, text, "Pengadministrasi  umum")]
    found = plan(*rows, head=NAMED)
    if candidates is None:
        assert not found.questions and not found.of(REFUSED)
        return
    [question] = found.questions
    assert question.rows == (2, 3) and {one[0] for one in question.candidates} == candidates
    answered = plan(*rows, head=NAMED, choices={question.key: "4"})
    assert [one.values for one in answered.changes] == [{"unit_id": 4}, {"unit_id": 4}]
    assert answered.digest != found.digest


def test_superiors_are_found_on_record_and_in_the_file() -> None:
    head = (*HEAD, "NIP Atasan Langsung")
    boss = row(nip="197501012000011001", name="Kepala Baru")
    found = plan((*ZAHRA, boss[0]), (*boss, boss[0]), head=head)
    assert found.changes[0].values == {"superior_id": 0} and found.changes[0].pending == boss[0]
    assert [doubt.code for doubt in found.changes[1].doubts] == ["superior.self"]
    assert plan((*ZAHRA, PPPK.nip), head=head).changes[0].values == {"superior_id": 12}
    lost = plan((*ZAHRA, boss[0]), (*row(nip=boss[0], name="Kepala", unit="X"), ""), head=head)
    assert lost.changes[0].result == SAME and lost.changes[0].doubts[0].code == "superior.unknown"


def test_the_mark_of_a_trial_follows_what_is_on_record() -> None:
    moved = row(unit="KEC-01")
    before: Any = plan(moved).digest
    assert plan(moved).digest == before
    assert plan(moved, people=[replace(PERSON, unit_id=4)]).digest != before
    assert plan(moved, people=[replace(PERSON, name="Orang Lain")]).digest != before
