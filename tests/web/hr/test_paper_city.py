"""Every figure of the city on paper (tests/paper_city): on the page and in the file, cell by cell."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import units_for
from lms.domain.reports.matching import map_lines, whole_line
from lms.domain.reports.queries import StaffWanted, Year, staff_totals
from lms.domain.reports.queries.gap_sums import GapsWanted, gap_cells, gap_trend
from lms.domain.reports.rules import by_unit
from lms.domain.settings.queries import policy
from tests.cast import NOW, sign_in
from tests.paper_city import figures
from tests.paper_city.build import TODAY, PaperCity, make_paper_city
from tests.paper_city.people import LONG, PEOPLE, STAFF, TARGETS
from tests.paper_city.reading import Table, figure, tables
from tests.web.hr.desk import jobs, text_of

Cells = list[list[Any]]
BY_NIP = {one.nip: one for one in PEOPLE.values()}


@pytest.fixture
def city(session: Session, app: Flask) -> PaperCity:
    return make_paper_city(session, Path(app.instance_path) / "files")


def opened(client: FlaskClient, user: User, address: str) -> list[Table]:
    answer = sign_in(client, user).get(address)
    assert answer.status_code == 200, address
    return tables(answer.text)


def sheet(data: bytes) -> Cells:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def exported(app: Flask, client: FlaskClient, **form: str) -> Cells:
    address = client.post("/hr/exports", data=form).headers["Location"]
    assert jobs(app) == 1
    return sheet(client.get(f"{address}/file", buffered=True).data)


def nip_in(text: str) -> str:
    return re.sub(r"\D", "", text)[-18:]


@pytest.mark.parametrize("year", [2025, 2026])
def test_hours_of_each_person_and_year(app: Flask, client: FlaskClient, city: PaperCity, year: int) -> None:
    """Page and workbook say of each person what the paper says; the one who left is in neither."""
    on_paper = {
        one.nip: (one.jp[year], TARGETS[year][one.employment], one.lacking(year),
                  one.waiting if year == 2026 else 0)
        for one in STAFF.values()
    }  # fmt: skip
    _units, people = opened(client, city.bkpsdm, f"/hr/hours?year={year}&size=100")
    shown = {
        nip_in(row[0]): (figure(row[3]), figure(row[4]) if row[4] != "tidak ada" else 0, figure(row[5]),
                         figure(row[6]))
        for row in people[1:] if re.search(r"\d{3}$", row[0])
    }  # fmt: skip
    assert shown == on_paper
    rows = exported(app, client, kind="hours.xlsx", year=str(year))
    assert [len(row) for row in rows] == [11] * 42
    kept = {row[1]: tuple(row[7:]) for row in rows[1:] if row[1]}
    assert kept == on_paper
    names = {row[1]: row[2] for row in rows[1:] if row[1]}
    assert names == {one.nip: one.name for one in STAFF.values()}
    for row in rows[1:]:
        assert isinstance(row[1], str) and all(isinstance(value, float) for value in row[6:])


def test_the_recap_of_units_and_of_the_whole(client: FlaskClient, session: Session, city: PaperCity) -> None:
    def lines(user: User, address: str) -> dict[str, tuple[float | None, ...]]:
        units = opened(client, user, address)[0]
        found = {
            re.sub(r" (hanya|beserta) .*", "", row[0]): tuple(figure(row[at]) for at in (1, 2, 4, 5, 6))
            for row in units[1:]
        }
        for row in units[1:]:
            staff, jp, average = (figure(row[at]) for at in (1, 2, 3))
            assert average == pytest.approx((jp or 0) / (staff or 1), abs=0.051)
        return found

    wanted = {name: sums[:5] for name, sums in figures.HOURS.items()}
    assert lines(city.bkpsdm, "/hr/hours") == {**wanted, "Jumlah": figures.WHOLE_2026[:5]}
    assert lines(city.bkpsdm, "/hr/hours?year=2025")["Jumlah"] == figures.WHOLE_2025[:5]
    sums = by_unit(
        units_for(session, city.bkpsdm),
        staff_totals(session, StaffWanted(), actor=city.bkpsdm, when=Year(2026, policy(session), NOW)), None,
    )  # fmt: skip
    assert {line.unit.name if line.unit else "Tanpa unit aktif": line.totals.waiting for line in sums} == {
        **{name: one[5] for name, one in figures.HOURS.items()}, "Unit Kosong": 0
    }  # fmt: skip
    own = lines(city.hr, "/hr/hours")
    assert own == {**figures.INSIDE_KEC, "Jumlah": figures.HOURS["Kecamatan Satu"][:5]}
    assert lines(city.bkpsdm, f"/hr/hours?unit={city.units['KEC'].id}") == own


@pytest.mark.parametrize("status", list(figures.MET))
def test_who_reached_the_target_of_each_status(client: FlaskClient, city: PaperCity, status: str) -> None:
    people, met = figures.MET[status]
    rows = opened(client, city.bkpsdm, f"/hr/staff?employment={status}&size=100")[0]
    assert len(rows) - 1 == people
    answer = client.get(f"/hr/staff?employment={status}&hours=met&size=100")
    found = tables(answer.text)
    assert len(found[0]) - 1 == met if met else not found
    wanted = {
        one.nip for one in STAFF.values()
        if one.employment == status and 0 < TARGETS[2026][status] <= one.jp[2026]
    }  # fmt: skip
    assert {nip_in(row[0]) or nip_in(row[1]) for row in (found[0][1:] if found else [])} == wanted


def test_the_map_of_gaps(client: FlaskClient, session: Session, city: PaperCity) -> None:
    cells = gap_cells(session, GapsWanted(TODAY), actor=city.bkpsdm)
    lines = map_lines(units_for(session, city.bkpsdm), cells, None)
    codes = {key: code for code, key in city.codes.items()}
    found = {
        line.unit.name if line.unit else "Tanpa unit aktif": {codes[k]: t for k, t in line.cells.items()}
        for line in lines
    }
    found["Semua"] = {codes[key]: tally for key, tally in whole_line(cells).cells.items()}
    assert found == figures.MAP
    page = opened(client, city.bkpsdm, "/hr/gaps")[0]
    shown = {row[0]: tuple(figure(value) for value in row[1:]) for row in page[1:]}
    assert shown == figures.SHARES
    rows = sheet(client.post("/hr/gaps/file").data)
    for row in rows[1:]:
        total = sum((one.required for one in figures.MAP[row[0]].values()), 0)
        assessed = sum((one.assessed for one in figures.MAP[row[0]].values()), 0)
        shares = tuple(value if value != "" else None for value in row[1:5])
        assert (*shares, row[5], row[6]) == (*figures.SHARES[row[0]][:4], total, assessed)
    assert [row[0] for row in rows[1:]] == list(figures.SHARES)


def test_gaps_over_quarters(client: FlaskClient, session: Session, city: PaperCity) -> None:
    days = [day for day, _tally in figures.QUARTERS]
    tallies = gap_trend(session, GapsWanted(TODAY), days, actor=city.bkpsdm)
    assert tuple(zip(days, tallies, strict=True)) == figures.QUARTERS
    for turn in range(2):  # reckoned anew, then as it was kept
        page = opened(client, city.bkpsdm, "/hr/gaps/trend")[-1]
        shown = [tuple(figure(value) for value in row[1:]) for row in page[1:]]
        assert shown == [(54.0, *row) for row in figures.QUARTER_FIGURES], turn
    rows = sheet(client.post("/hr/gaps/trend/file").data)
    assert [(row[0], *row[1:]) for row in rows[1:]] == [
        (day, 54, *row) for day, row in zip(days, figures.QUARTER_FIGURES, strict=True)
    ]


def test_needs_of_each_person_and_unit(client: FlaskClient, city: PaperCity) -> None:
    units, people = opened(client, city.bkpsdm, "/hr/needs?size=100")
    assert {row[0]: tuple(figure(value) for value in row[1:]) for row in units[1:]} == figures.NEEDS
    shown = [
        (BY_NIP[nip_in(row[0])].key, row[2].split()[0], row[3].split()[-1], row[3].split()[-3])
        for row in people[1:]
    ]
    assert shown == [(key, code, str(need), str(have)) for key, code, need, have in figures.GAPS]
    rows = sheet(client.post("/hr/needs/file/people").data)[1:]
    assert [(BY_NIP[row[0]].key, row[4], row[6], row[7]) for row in rows] == list(figures.GAPS)
    assert all(isinstance(row[0], str) and row[8] == row[7] - row[6] for row in rows)
    planned = {BY_NIP[row[0]].key: (row[12], row[13]) for row in rows if row[13]}
    assert planned == {"U1": (10, "Disetujui"), "H3": (4, "Selesai")}
    sums = sheet(client.post("/hr/needs/file/units").data)[1:]
    assert {row[0]: tuple(row[1:]) for row in sums} == figures.NEEDS


def test_a_course_that_was_ordered(client: FlaskClient, city: PaperCity) -> None:
    row = opened(client, city.bkpsdm, "/hr/assignments")[0][1]
    asked, done, exempt = figures.ASSIGNED
    assert row[2] == f"{asked} {exempt} dikecualikan" and row[3] == str(done)


def test_names_that_are_alike_or_long(client: FlaskClient, city: PaperCity) -> None:
    """Two of one name in one unit stay two; a name of 80 letters and one of a single word are whole."""
    same = opened(client, city.hr, "/hr/staff?q=siti+aminah")[0]
    assert {nip for row in same[1:] for nip in (nip_in(cell) for cell in row) if nip in BY_NIP} == {
        PEOPLE["L1"].nip,
        PEOPLE["L2"].nip,
    }
    assert len(LONG) == 80
    assert LONG in text_of(sign_in(client, city.bkpsdm).get(f"/hr/staff/{city.people['U2'].id}"))
    assert len(opened(client, city.bkpsdm, "/hr/staff?q=suparman")[0]) == 2


def test_a_unit_without_people(app: Flask, client: FlaskClient, city: PaperCity) -> None:
    sign_in(client, city.hr_empty)
    for address in ("/hr", "/hr/staff", "/hr/hours", "/hr/completions", "/hr/gaps", "/hr/gaps/trend",
                    "/hr/needs", "/hr/plans", "/hr/outside", "/hr/codes"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not any(one.name in answer.text for one in PEOPLE.values() if one.key != "P4"), address
