"""From the list to the file, over HTTP."""

import csv
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import move_unit
from lms.domain.accounts.models import RoleGrant
from lms.domain.audit.models import AuditEntry
from lms.domain.jobs.models import Job
from lms.domain.reports.models import Export
from tests.cast import NOW, grant
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, jobs, text_of


def ordered(client: FlaskClient, **data: object) -> str:
    """Order and return the address of the export's page."""
    answer = client.post("/hr/exports", data=data)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_package_from_order_to_download(
    app: Flask, client: FlaskClient, session: Session, desk: Desk
) -> None:
    at_desk(client, desk, "hr_unit")
    address = ordered(client, kind="package.zip", unit=str(desk.cast.village.id), by="issue")
    waiting = client.get(address)
    assert "0 dari 2 baris selesai" in text_of(waiting)
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    assert "/file" not in waiting.text
    assert client.get(f"{address}/file").status_code == 404
    assert client.get(f"{address}/state").json == {"state": "waiting", "done": 0, "total": 2}
    assert jobs(app) == 1
    ready = text_of(client.get(address))
    assert "2 baris di layar = 1 pada daftar di ZIP + 1 tanpa sertifikat. 1 PDF di dalamnya." in ready
    assert client.get(f"{address}/state").json == {"state": "ready", "done": 2, "total": 2}
    file = client.get(f"{address}/file", buffered=True)
    assert (
        file.headers["Content-Disposition"]
        == "attachment; filename=Sertifikat_KEL-0101_2026-11-24_1000_0001.zip"
    )
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
        missing = list(csv.reader(io.StringIO(archive.read("tanpa-sertifikat.csv").decode(), newline="")))
    assert len(pdfs) == 1 and pdfs[0].startswith("Kelurahan-Penyengat/199002142015032003_Tengku-Zahara")
    assert [row[2] for row in missing[1:]] == ["Siti"]
    again = client.get(f"{address}/file", headers={"If-None-Match": file.headers["ETag"]}, buffered=True)
    assert again.status_code == 304
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_kind == "export")).all()
    assert sorted(set(verbs)) == ["export.downloaded", "export.ordered"]


def test_recap_and_staff_files(app: Flask, client: FlaskClient, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    recap = ordered(client, kind="hours.xlsx", year="2026", hours="below", sort="-lacking")
    staff = ordered(client, kind="staff", format="csv", q="zahara")
    assert jobs(app) == 2
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{recap}/file", buffered=True).data))
    cells = book.get_sheet_by_index(0).to_python()
    assert [(row[1], row[2], row[7], row[9]) for row in cells[1:]] == [
        ("198809092010011002", "Encik Ahmad", 0, 20),
        ("199002142015032003", "Tengku Zahara, A.Md.", 6, 14),
    ]
    notes = [row[0] for row in book.get_sheet_by_name("Keterangan").to_python()]
    assert "JP terhadap target: di bawah target" in notes and "Tahun JP: 2026" in notes
    lines = client.get(f"{staff}/file", buffered=True).data.decode().splitlines()
    assert len(lines) == 2 and "199002142015032003" in lines[1]


def test_ticked_rows_only_and_all_that_match(
    app: Flask, client: FlaskClient, session: Session, desk: Desk
) -> None:
    cast = desk.cast
    at_desk(client, desk, "hr_unit")
    ordered(client, kind="staff.xlsx", id=[str(cast.learner.id), str(cast.stranger.id), "x"])
    ordered(client, kind="staff.xlsx", id=[str(cast.learner.id)], all="1")
    ordered(client, kind="register.csv", key=[f"e{desk.waiting.id}", f"c{desk.certificates['stranger'].id}"])
    rows = session.scalars(select(Export).order_by(Export.id)).all()
    assert [row.total for row in rows] == [1, 3, 1]  # the stranger is outside the scope
    assert rows[0].params["people"] == [cast.learner.id]
    assert rows[2].params["keys"] == [f"e{desk.waiting.id}"]


def test_nothing_to_download_is_said(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    address = ordered(client, kind="package.zip", q="tidakada", state="revoked")
    assert "/hr/completions?" in address and "q=tidakada" in address and "state=revoked" in address
    assert "Tidak ada yang diunduh" in text_of(client.get(address))
    assert session.scalar(select(func.count()).select_from(Export)) == 0


def test_double_click_is_one_order_and_one_job(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    first = ordered(client, kind="staff.xlsx")
    assert ordered(client, kind="staff.xlsx") == first
    assert session.scalar(select(func.count()).select_from(Job)) == 1


@pytest.mark.parametrize("kind", ["", "package.exe", "staff.zip", "users.csv", "staff"])
def test_an_unknown_kind_is_refused(client: FlaskClient, desk: Desk, kind: str) -> None:
    assert at_desk(client, desk, "hr_unit").post("/hr/exports", data={"kind": kind}).status_code == 400


def test_only_who_ordered_reaches_it(app: Flask, client: FlaskClient, session: Session, desk: Desk) -> None:
    cast = desk.cast
    grant(session, cast.colleague, "hr", cast.district)
    session.commit()
    address = ordered(at_desk(client, desk, "hr_unit"), kind="staff.xlsx")
    jobs(app)
    assert client.get(f"{address}/file", buffered=True).status_code == 200
    assert "Daftar pegawai" in client.get("/hr/exports").text
    for other in ("colleague", "bkpsdm"):
        at_desk(client, desk, other)
        for tail in ("", "/state", "/file"):
            assert client.get(f"{address}{tail}").status_code == 404
        assert "Belum ada unduhan" in client.get("/hr/exports").text


def test_an_order_survives_the_move_of_its_unit(
    app: Flask, client: FlaskClient, session: Session, desk: Desk
) -> None:
    cast = desk.cast
    address = ordered(at_desk(client, desk, "hr_unit"), kind="staff.xlsx")
    jobs(app)
    move_unit(session, session.merge(cast.district), cast.clinic.id, now=NOW, actor=cast.admin.id)
    session.commit()
    assert client.get(f"{address}/file", buffered=True).status_code == 200
    session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.hr_unit.id))
    grant(session, cast.hr_unit, "hr", cast.village)
    session.commit()
    assert client.get(f"{address}/file").status_code == 404


def test_a_failed_order_says_so(app: Flask, client: FlaskClient, desk: Desk) -> None:
    for path in desk.folder.iterdir():
        path.unlink()
    address = ordered(at_desk(client, desk, "hr_unit"), kind="package.zip")
    jobs(app)
    text = text_of(client.get(address))
    assert "Berkas tidak dapat dibuat." in text and "Incomplete" in text
    assert client.get(f"{address}/file").status_code == 404


def test_a_job_that_runs_twice_makes_one_file(
    app: Flask, client: FlaskClient, session: Session, desk: Desk
) -> None:
    address = ordered(at_desk(client, desk, "hr_unit"), kind="staff.xlsx")
    session.add(Job(kind="export", payload={"export_id": 1}, created_at=desk.waiting.enrolled_at,
                    run_after=desk.waiting.enrolled_at))  # fmt: skip
    session.commit()
    assert jobs(app) == 2
    assert client.get(f"{address}/state").json["state"] == "ready"
