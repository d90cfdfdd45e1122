"""Tables of the desk as workbooks, against the city on paper: rows of the screen, figures as figures."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.audit.models import AuditEntry
from tests.cast import sign_in
from tests.paper_city import figures
from tests.paper_city.build import PaperCity, make_paper_city
from tests.paper_city.people import PEOPLE
from tests.web.hr.desk import text_of

Cells = list[list[Any]]


@pytest.fixture
def city(session: Session, app: Flask) -> PaperCity:
    return make_paper_city(session, Path(app.instance_path) / "files")


def file_of(client: FlaskClient, address: str, **form: str) -> tuple[Cells, list[str]]:
    """Rows without the head, and the notes of the second sheet."""
    answer = client.post(address, data=form)
    assert answer.status_code == 200, address
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    notes = book.get_sheet_by_name("Keterangan").to_python()
    return book.get_sheet_by_index(0).to_python()[1:], [row[0] for row in notes]


def test_the_recap_by_unit_of_a_year_and_of_all(client: FlaskClient, city: PaperCity) -> None:
    """Average: JP by head with one decimal; the columns are those of the paper, met before lacking."""
    sign_in(client, city.bkpsdm)
    rows, notes = file_of(client, "/hr/hours/file/units", year="2026")
    whole = {"Jumlah": figures.WHOLE_2026, **figures.HOURS}
    whole["Pemerintah Kota Rekaan, hanya pegawainya sendiri"] = whole.pop("Pemerintah Kota Rekaan")
    found = {row[0]: (row[2], row[3], *row[5:]) for row in rows}
    assert found == whole
    assert {row[0]: row[4] for row in rows}["Jumlah"] == 10.1  # 414 / 41
    assert {row[1] for row in rows} == {2026.0} and "seluruh lingkup" in notes[0]
    rows, _notes = file_of(client, "/hr/hours/file/years")
    sums = {row[1]: (row[2], row[3], *row[5:]) for row in rows if row[0] == "Jumlah"}
    assert sums == {2026: figures.WHOLE_2026, 2025: figures.WHOLE_2025}
    rows, notes = file_of(client, "/hr/hours/file/units", unit=str(city.units["KEC"].id))
    assert {row[0].split(",")[0]: (row[2], row[3], *row[5:8]) for row in rows[:-1]} == figures.INSIDE_KEC
    assert notes[0] == "Kecamatan Satu"


def test_the_recap_of_a_unit_without_people(client: FlaskClient, city: PaperCity) -> None:
    sign_in(client, city.hr_empty)
    rows, _notes = file_of(client, "/hr/hours/file/units")
    assert rows == [["Jumlah", 2026, 0, 0, 0, 0, 0, 0, 0]]
    assert "Unduh menurut unit, Excel" in text_of(client.get("/hr/hours"))
    for address in ("/hr/staff/left/file", "/hr/outside/file", "/hr/plans/file", "/hr/assignments/file"):
        assert file_of(client, address)[0] == []


def test_every_year_of_a_person(client: FlaskClient, session: Session, city: PaperCity) -> None:
    """L5: A in the last minute of 2025 and 20 JP elsewhere; U5 waits once for a course done twice."""
    sign_in(client, city.bkpsdm)
    rows, notes = file_of(client, f"/hr/staff/{city.people['L5'].id}/file")
    assert [(row[0], as_day(row[1]), row[2], row[4], row[5]) for row in rows] == [
        (2025, date(2025, 6, 6), "Seminar 250606", 20, 0), (2025, date(2025, 12, 31), "Pelatihan A", 6, 0),
    ]  # fmt: skip
    assert notes[:3] == [
        f"Joko Widagdo, {PEOPLE['L5'].nip}", "2026: 0 dari 24 JP", "2025: 26 dari 20 JP"
    ]  # fmt: skip
    twice, _notes = file_of(client, f"/hr/staff/{city.people['U5'].id}/file")
    assert [(as_day(row[1]), row[4], row[5]) for row in twice] == [
        (date(2026, 3, 3), "", 8), (date(2026, 9, 9), "", 0),
    ]  # fmt: skip
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "table.exported")).all()[0]
    assert (entry.subject_kind, entry.subject_id) == ("user", str(city.people["L5"].id))
    sign_in(client, city.hr)
    assert client.post(f"/hr/staff/{city.people['P1'].id}/file").status_code == 404


def test_lists_as_they_are_on_screen(client: FlaskClient, city: PaperCity) -> None:
    sign_in(client, city.bkpsdm)
    [row], _notes = file_of(client, "/hr/staff/left/file")
    assert row[:3] == [PEOPLE["U8"].nip, "Budi Santoso", "Bagian Umum"] and as_day(row[4]) == date(
        2026, 10, 1
    )
    assert file_of(client, "/hr/staff/left/file", q="nobody")[0] == []
    waiting, _notes = file_of(client, "/hr/outside/file", state="waiting")
    assert sorted((row[0], row[9], row[10]) for row in waiting) == sorted(
        (PEOPLE[key].nip, jp, 0) for key, jp in (("U6", 6), ("L4", 10), ("P3", 8))
    )
    verified, _notes = file_of(client, "/hr/outside/file", state="verified")
    lowered = next(row for row in verified if row[0] == PEOPLE["U2"].nip)
    assert (lowered[9], lowered[10]) == (20, 14) and len(
        verified
    ) == 12  # S1 S2 U2 K2 L1 L5 L7 M1 M3 M5 P1 P6
    assert [row[9:12] for row in file_of(client, "/hr/outside/file", state="cancelled")[0]] == [
        [8, 0, "Dibatalkan"]
    ]  # fmt: skip
    assert client.post("/hr/outside/file", data={"state": "x"}).status_code == 404
    plans, _notes = file_of(client, "/hr/plans/file", state="all", year="2026")
    assert sorted((row[0], row[7]) for row in plans) == sorted(
        (PEOPLE[key].nip, jp) for key, jp in (("U1", 10), ("H3", 4), ("U3", 8))
    )
    assert file_of(client, "/hr/plans/file")[0] == []  # none waits for an answer
    [order], _notes = file_of(client, "/hr/assignments/file")
    asked, done, exempt = figures.ASSIGNED
    assert (order[0], order[3:]) == ("Pelatihan A", [asked, done, 0, exempt])
    assert file_of(client, "/hr/assignments/file", state="closed")[0] == []


def as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
