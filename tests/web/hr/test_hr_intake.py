"""A file of people over HTTP: trial, columns, questions, save, and what must not happen."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.accounts.models import FormerNip, OrgUnit, Placement, Superior, UnitHead, User
from lms.domain.audit.models import AuditEntry
from lms.domain.imports.models import HeaderMap, StaffImport
from tests.cast import NOW, Cast, make_user, sign_in
from tests.unit.imports.files import HEAD, ZAHRA, csv_of, workbook
from tests.web.hr.desk import text_of

BOSS = "197501012000011001"
KASIM = ("199905052024211003", "ENCIK KASIM, S.KOM.", "KEL-0101", "PLK-01", "PPPK", "IX", "01/04/2024")


def send(client: FlaskClient, data: bytes, name: str = "pegawai.csv") -> TestResponse:
    """Upload a file and follow to its trial."""
    form = {"kind": "people", "file": (io.BytesIO(data), name)}
    return client.post("/hr/intake", data=form, content_type="multipart/form-data")


def tried(client: FlaskClient, session: Session, data: bytes) -> tuple[str, str]:
    """Upload; return the address of the trial and its mark."""
    address = send(client, data).headers["Location"]
    page = client.get(address).text
    return address, page.split('name="seen" value="')[1].split('"')[0] if 'name="seen"' in page else ""


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_is_tried_saved_and_the_second_time_changes_nothing(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    sign_in(client, cast.hr_unit)
    head = (*HEAD, "NIP Atasan")
    rows = [
        (*ZAHRA[:2], "KEC-01", *ZAHRA[3:6], "01/10/2026", KASIM[0]), (*KASIM, cast.hr_unit.nip),
        ("1,99905E+17", "Siti Rounded", *KASIM[2:], ""), (cast.stranger.nip, "Bulan", *KASIM[2:], ""),
    ]  # fmt: skip
    address, seen = tried(client, session, csv_of(head, *rows))
    people = count(session, User)
    text = text_of(client.get(address))
    for part in ("Baru 1", "Berubah 1", "Ditolak 2", "1,99905E+17", "angka terakhirnya hilang",
                 "di luar lingkup Anda", "Simpan 2 baris"):  # fmt: skip
        assert part in text, part
    changed = text_of(client.get(f"{address}?show=changed"))
    assert "Unit kerja: Kelurahan Penyengat → Kecamatan Tanjungpinang Kota" in changed
    assert count(session, User) == people and count(session, Placement) == 0

    assert client.post(f"{address}/apply", data={"seen": seen}).status_code == 303
    kasim = session.scalars(select(User).where(User.nip == KASIM[0])).one()
    assert (kasim.name, kasim.rank, kasim.unit_id) == ("Encik Kasim, S.Kom.", "Golongan IX", cast.village.id)
    assert session.get_one(User, cast.learner.id).unit_id == cast.district.id
    places = session.execute(select(Placement.unit_id, Placement.since).where(
        Placement.user_id == cast.learner.id).order_by(Placement.id)).all()  # fmt: skip
    assert [(row[0], str(row[1])) for row in places] == [
        (cast.village.id, "None"), (cast.district.id, "2026-10-01")
    ]  # fmt: skip
    superiors = {row.user_id: row.superior_id for row in session.scalars(select(Superior))}
    assert superiors == {cast.learner.id: kasim.id, kasim.id: cast.hr_unit.id}
    entries = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == cast.hr_unit.id))
    verbs = [(entry.verb, entry.subject_id) for entry in entries]
    assert ("user.created", str(kasim.id)) in verbs and ("user.edited", str(cast.learner.id)) in verbs
    item = session.scalars(select(StaffImport)).one()
    assert item.data is None and item.counts == {"new": 1, "changed": 1, "same": 0, "refused": 2}
    assert "1" in text_of(client.get(address)) and client.get(f"{address}/errors.xlsx").status_code == 404

    before = count(session, AuditEntry), count(session, Placement)
    again, mark = tried(client, session, csv_of(head, *rows[:2]))
    assert mark == "" and "Tetap 2" in text_of(client.get(again))
    client.post(f"{again}/apply", data={"seen": ""})
    assert (count(session, AuditEntry), count(session, Placement)) == before


def test_a_trial_is_bound_to_what_it_saw(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.bkpsdm)
    address, seen = tried(client, session, csv_of(HEAD, (*ZAHRA[:2], "PKM-01", *ZAHRA[3:])))
    session.get_one(User, cast.learner.id).unit_id = cast.district.id
    session.commit()
    answer = client.post(f"{address}/apply", data={"seen": seen}, follow_redirects=True)
    assert "berubah setelah percobaan ini" in text_of(answer)
    assert "Kecamatan Tanjungpinang Kota → Puskesmas Sei Jang" in text_of(answer)
    assert session.get_one(User, cast.learner.id).unit_id == cast.district.id
    fresh = answer.text.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{address}/apply", data={"seen": fresh})
    assert session.get_one(User, cast.learner.id).unit_id == cast.clinic.id
    answer = client.post(f"{address}/apply", data={"seen": fresh}, follow_redirects=True)
    assert "sudah disimpan" in text_of(answer)


def test_columns_are_mapped_by_hand_and_remembered(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.bkpsdm)
    data = csv_of(("Kolom A", "Kolom B", "Kolom C", "Kolom D"), (KASIM[1], KASIM[0], "Penyengat", "x"))
    address = send(client, data).headers["Location"]
    assert address.endswith("/columns") and "Kasim" not in client.get("/hr/staff").text
    page = client.get(address)
    assert "Kolom A" in page.text and KASIM[1] in page.text
    for wrong, words in ((["name", "name", "", ""], "Dua kolom"), (["name", "", "", ""], "Tunjukkan kolom"),
                         (["name", "nip"], "Pilih isinya"),
                         (["name", "nip", "unit", "<x>"], "Pilih isinya")):  # fmt: skip
        refused = client.post(address, data={"column": wrong})
        assert refused.status_code == 422 and words in text_of(refused)
    assert count(session, HeaderMap) == 0
    trial = client.post(address, data={"column": ["name", "nip", "unit", ""]}).headers["Location"]
    assert "Unit mana yang dimaksud?" in text_of(client.get(trial))
    client.post(f"{trial}/answers", data={"unit|penyengat": str(cast.village.id), "nonsense": "1"})
    assert "Simpan 1 baris" in text_of(client.get(trial))
    assert session.scalars(select(StaffImport)).one().choices == {"unit|penyengat": str(cast.village.id)}
    second = send(client, data).headers["Location"]
    assert not second.endswith("/columns")
    assert count(session, StaffImport) == 1, "a new upload takes the place of the one that waits"


def test_a_changed_number_keeps_the_record(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.bkpsdm)
    row = ("199403052026212099", "SITI", "KEL-0101", "PLK-01", "PPPK", "", "")
    address, _seen = tried(client, session, csv_of(HEAD, row))
    assert "Apakah orangnya sama?" in text_of(client.get(address))
    client.post(f"{address}/answers", data={f"person|{row[0]}": str(cast.colleague.id)})
    seen = client.get(address).text.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{address}/apply", data={"seen": seen})
    assert session.get_one(User, cast.colleague.id).nip == row[0]
    former = session.scalars(select(FormerNip)).one()
    assert (former.user_id, former.nip) == (cast.colleague.id, "199403052024212017")


def test_the_sheet_of_refused_rows_is_text_and_a_file_to_send(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    sign_in(client, cast.bkpsdm)
    evil = ("1,99905E+17", "=HYPERLINK(\"http://x\")", "KEL-0101", "PLK-01", "PNS", "+1", "")  # fmt: skip
    address, _seen = tried(client, session, workbook(HEAD, evil, (199905052024211003, "B")))
    answer = client.get(f"{address}/errors.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Baris", "Masalah", "NIP", "Nama"] and rows[2][0] == 3.0
    assert "angka terakhirnya hilang" in str(rows[1][1]) and rows[2][2] == "1,99905E+17"
    assert b"<f>" not in answer.data and answer.headers["Cache-Control"] == "no-store"
    assert send(client, answer.data, "lagi.xlsx").status_code == 303


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_none_is_refused_in_words(
    client: FlaskClient, session: Session, cast: Cast, data: bytes
) -> None:
    sign_in(client, cast.bkpsdm)
    answer = send(client, data)
    assert answer.status_code == 422 and 'class="error"' in answer.text
    assert count(session, StaffImport) == 0


def test_nobody_sees_the_upload_of_another(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    sign_in(client, cast.bkpsdm)
    address, seen = tried(client, session, csv_of(HEAD, KASIM))
    other = make_user(session, "Wan Zubaidah", "wan@gurindam.example", cast.city)
    from tests.cast import grant

    grant(session, other, "bkpsdm")
    sign_in(client, other)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/apply", data={"seen": seen}).status_code == 404
    assert client.post(f"{address}/discard").status_code == 404
    sign_in(client, cast.bkpsdm)
    assert client.post(f"{address}/discard").status_code == 303
    assert count(session, StaffImport) == 0 and client.get(address).status_code == 404


def test_bkpsdm_brings_in_the_tree_of_units_and_the_positions(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    units = csv_of(
        ("Kode Unit", "Nama Unit", "Kode Induk", "NIP Kepala"), ("KEL-9", "Kelurahan Dompak", "KEC-9", ""),
        ("KEC-9", "Kecamatan Bukit Bestari", "KOTA", cast.trainer.nip),
        ("KEL-0101", "Kelurahan Penyengat Baru", "KEC-9", ""),
    )  # fmt: skip
    places = csv_of(("Kode Jabatan", "Nama Jabatan", "Jenjang"), ("ADM-9", "Camat", "III.a"),
                    (cast.clerk.code, "Pengadministrasi", ""))  # fmt: skip
    for kind, data, page, more in (
        ("units", units, "Kecamatan Tanjungpinang Kota → KEC-9", (2, 1)),
        ("positions", places, "Pengadministrasi Umum → Pengadministrasi", (1, 1)),
    ):
        form = {"kind": kind, "file": (io.BytesIO(data), "berkas.csv")}
        sign_in(client, cast.hr_unit)
        assert client.post("/hr/intake", data=dict(form, file=(io.BytesIO(data), "b"))).status_code == 422
        assert client.get(f"/hr/intake/example/{kind}.xlsx").status_code == 404
        sign_in(client, cast.bkpsdm)
        assert client.get(f"/hr/intake/example/{kind}.xlsx").status_code == 200
        address = client.post("/hr/intake", data=form).headers["Location"]
        assert page in text_of(client.get(f"{address}?show=changed"))
        seen = client.get(address).text.split('name="seen" value="')[1].split('"')[0]
        client.post(f"{address}/apply", data={"seen": seen})
        item = session.scalars(select(StaffImport).order_by(StaffImport.id.desc())).first()
        assert item is not None and (item.counts["new"], item.counts["changed"]) == more
    village = session.get_one(OrgUnit, cast.village.id)
    above = session.get_one(OrgUnit, village.parent_id)
    assert (village.name, above.code) == ("Kelurahan Penyengat Baru", "KEC-9")
    assert village.path.startswith(above.path)
    assert session.get_one(UnitHead, above.id).user_id == cast.trainer.id


def test_a_file_that_nobody_saved_is_forgotten_after_a_week(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    saved, left = sign_in(client, cast.bkpsdm), sign_in(app.test_client(), cast.hr_unit)
    with clock.frozen(NOW):
        address, seen = tried(saved, session, csv_of(HEAD, KASIM))
        saved.post(f"{address}/apply", data={"seen": seen})
        waiting = send(left, csv_of(HEAD, KASIM)).headers["Location"]
        assert "dihapus setelah 7 hari" in text_of(left.get("/hr/intake"))
    for days, status in ((7, 200), (8, 404)):
        with clock.frozen(NOW + timedelta(days=days)):
            app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
        session.rollback()
        assert left.get(waiting).status_code == status, days
    assert saved.get(address).status_code == 200, "what was saved stays on record"
    assert session.scalars(select(StaffImport.applied_at)).one() is not None
