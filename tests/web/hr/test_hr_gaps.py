"""The map of gaps on screen and as a workbook, and the people behind a cell."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.content.exchange.grids import read_grid
from tests.cast import sign_in
from tests.competency_city import make_city
from tests.web.hr.desk import text_of


def test_map_people_and_files(client: FlaskClient, session: Session) -> None:
    city = make_city(session)
    m1 = city.codes["M.1"]
    sign_in(client, city.bkpsdm)
    page = client.get("/hr/gaps")
    text = text_of(page)
    assert "Kecamatan Satu 60 33,3 0 44,4 75" in text and "Puskesmas Tiga 100 – 100 100 75" in text
    assert "Semua 66,7 33,3 66,7 58,3 75" in text and "Terlemah: Kerja sama." in text
    assert f"/hr/gaps/people/{m1}?unit={city.district.id}" in page.text
    assert "Semua -0,33 -1 -0,33 -0,5 75" in text_of(client.get("/hr/gaps?measure=gap"))
    sheet = read_grid(client.post("/hr/gaps/file", data={"measure": "gap"}).data)
    assert sheet[0][1] == ["Unit kerja", "M.1", "M.2", "T.1", "Semua", "Level diminta", "Dinilai"]
    assert sheet[-1][1] == ["Semua", "-0.33", "-1", "-0.33", "-0.5", "16", "12"]
    inside = text_of(client.get(f"/hr/gaps?unit={city.district.id}"))
    assert "Kecamatan Satu, hanya pegawainya sendiri 0 0 – 0 75" in inside and "Kelurahan Dua 100" in inside
    below = text_of(client.get(f"/hr/gaps/people/{m1}?unit={city.district.id}&state=below"))
    assert "Orang d1" in below and "Orang d2" in below and "Orang v1" not in below
    rows = read_grid(client.post(f"/hr/gaps/people/{m1}/file", data={"unit": city.district.id}).data)
    assert len(rows) == 7 and rows[1][1] == [
        "199002142015032005", "Orang d1", "Kecamatan Satu", "Pengawas", "2", "1", "-1"
    ]  # fmt: skip
    quarters = text_of(client.get("/hr/gaps/trend"))
    assert "24 November 2026 16 75 58,3 -0,5 75" in quarters
    rows = read_grid(client.post("/hr/gaps/trend/file").data)
    assert rows[-1][1] == ["2026-11-24", "16", "75", "58.3", "-0.5", "75"]
    sign_in(client, city.hr)
    assert "Puskesmas" not in client.get("/hr/gaps").text
    assert client.get(f"/hr/gaps/people/{m1}?unit={city.clinic.id}").status_code == 404
    assert "Orang c2" not in client.get(f"/hr/gaps/people/{m1}").text
