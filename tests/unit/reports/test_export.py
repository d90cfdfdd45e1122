"""Orders, the package and the sheets: what is on the screen is in the file."""

import csv
import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.audit.models import AuditEntry
from lms.domain.certificates.actions import revoke
from lms.domain.certificates.models import Certificate
from lms.domain.reports.actions import Made, Order, finish, make, order_export
from lms.domain.reports.models import Export
from lms.domain.reports.package import Incomplete, inspect
from lms.domain.reports.queries import (
    CompletionsWanted,
    StaffWanted,
    export_for,
    exports_of,
    line_keys,
    staff_ids,
)
from lms.domain.settings.actions import change
from tests.cast import NOW, grant
from tests.unit.certificates.rows import certify, complete
from tests.unit.reports.desk import TODAY, YEAR, Desk
from tests.unit.reports.desk import whole as loaded


def order(session: Session, actor: User, kind: str, form: str, **changes: object) -> Export:
    """Order what the actor's list shows."""
    if kind in ("package", "siasn", "register"):
        keys = line_keys(session, CompletionsWanted(), actor=actor, today=TODAY, limit=100)
        wanted = Order(kind, form, TODAY, "KEC-01", ("Unit kerja: semua",), keys=tuple(keys))
    else:
        people = staff_ids(session, StaffWanted(), actor=actor, when=YEAR, limit=100)
        wanted = Order(kind, form, TODAY, "KEC-01", ("Tahun: 2026",), year=2026, people=tuple(people))
    export, _new = order_export(session, wanted, by=actor, now=NOW)
    session.commit()
    return export


def made(session: Session, export: Export, folder: Path) -> Made:
    heard: list[int] = []
    return make(session, export, folder, heard.append)


def opened(folder: Path, file: Made) -> zipfile.ZipFile:
    return zipfile.ZipFile(folder / file.sha256)


def table(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def test_package_holds_what_the_screen_shows(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    export = order(session, actor, "package", "zip")
    file = made(session, export, desk.folder)
    assert file.name == "Sertifikat_KEC-01_2026-11-24_1000_0001.zip"
    assert file.counts == {"certificates": 2, "files": 2, "without": 1}
    assert sum((file.counts["certificates"], file.counts["without"])) == export.total == 3
    with opened(desk.folder, file) as archive:
        assert sorted(archive.namelist()) == [
            "Kelurahan-Penyengat/199002142015032003_Tengku-Zahara-A-Md_Manajemen-Pelayanan-Publik_"
            "1-BKPSDM-DIKLAT-XI-2026.pdf",
            "Puskesmas-Sei-Jang/199206302023212041_Bulan-Permatasari_Manajemen-Pelayanan-Publik_"
            "2-BKPSDM-DIKLAT-XI-2026.pdf",
            "SHA256SUMS",
            "daftar.csv",
            "daftar.xlsx",
            "tanpa-sertifikat.csv",
        ]
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        missing = table(archive.read("tanpa-sertifikat.csv"))
        register = table(archive.read("daftar.csv"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("daftar.xlsx")))
    assert missing[1:] == [
        ["1", "199403052024212017", "Siti", "Kelurahan Penyengat", "Manajemen Pelayanan Publik", "2026-11-24",
         "6", "JP pelatihan belum disetujui BKPSDM"],
    ]  # fmt: skip
    cells = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in cells[1:]] == ["199206302023212041", "199002142015032003"]
    assert all(isinstance(row[1], str) for row in cells)
    assert cells[1][10] == date(2026, 11, 20)
    assert [row[1] for row in register[1:]] == [row[1] for row in cells[1:]]
    assert ["Baris pada daftar: 3"] in book.get_sheet_by_name("Keterangan").to_python()
    assert inspect(desk.folder / file.sha256).certificates == 2


def test_same_order_gives_the_same_bytes(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    for kind, form in (
        ("package", "zip"),
        ("siasn", "zip"),
        ("register", "xlsx"),
        ("hours", "xlsx"),
        ("staff", "csv"),
    ):
        export = order(session, actor, kind, form)
        first = made(session, export, desk.folder)
        assert made(session, export, desk.folder).sha256 == first.sha256


def test_siasn_has_its_columns_and_a_pdf_for_each_line(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    change(session, {"siasn_training_kind": "19", "siasn_course_kind": "T"}, by=actor.id, now=NOW)
    revoke(session, desk.certificates["stranger"], by=actor, reason="Salah orang", now=NOW)
    session.commit()
    file = made(session, order(session, actor, "siasn", "zip"), desk.folder)
    assert file.counts == {"certificates": 2, "files": 1, "without": 1}
    pdf = "199002142015032003_1-BKPSDM-DIKLAT-XI-2026.pdf"
    with opened(desk.folder, file) as archive:
        assert sorted(archive.namelist()) == sorted([
            pdf, "SHA256SUMS", "berkas.csv", "siasn.csv", "siasn.xlsx", "tanpa-sertifikat.csv",
        ])  # fmt: skip
        head, *rows = table(archive.read("siasn.csv"))
        files = table(archive.read("berkas.csv"))
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("siasn.xlsx"))).get_sheet_by_index(0)
    assert head == [
        "jenisDiklatId", "namaKursus", "institusiPenyelenggara", "nomorSertipikat", "tanggalKursus",
        "tanggalSelesaiKursus", "tahunKursus", "jumlahJam", "pnsOrangId", "instansiId", "lokasiId",
        "jenisKursus", "jenisKursusSertipikat",
    ]  # fmt: skip
    [row] = rows
    assert row[0] == "19" and row[1] == "Manajemen Pelayanan Publik" and row[11] == "T"
    assert row[3] == desk.certificates["learner"].number
    assert row[5] == "20-11-2026" and row[6:9] == ["2026", "6", ""]
    cells = sheet.to_python()
    assert cells[0] == head and cells[1][5] == "20-11-2026" and cells[1][6:8] == [2026.0, 6.0]
    assert [line[5:] for line in files[1:]] == [["", "", "Dicabut"], [pdf, "1", ""]]
    assert files[2][1] == "199002142015032003"


def test_revoked_is_listed_without_its_pdf(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    revoke(session, desk.certificates["learner"], by=actor, reason="Salah orang", now=NOW)
    session.commit()
    file = made(session, order(session, actor, "package", "zip"), desk.folder)
    assert file.counts == {"certificates": 2, "files": 1, "without": 1}
    with opened(desk.folder, file) as archive:
        states = {row[1]: (row[13], row[14]) for row in table(archive.read("daftar.csv"))[1:]}
    assert states["199002142015032003"] == ("Dicabut", "")


def test_two_people_of_one_name_in_one_unit_are_two_files(session: Session, desk: Desk) -> None:
    for user, nip in ((desk.cast.hr_unit, "198809092010011002"), (desk.cast.colleague, "199403052024212017")):
        user.name, user.nip, user.unit_id = "Muhammad", nip, desk.cast.village.id
        certify(session, complete(session, user, desk.service), desk.folder)
    actor = loaded(session, desk.cast.bkpsdm)
    file = made(session, order(session, actor, "package", "zip"), desk.folder)
    with opened(desk.folder, file) as archive:
        same = [name for name in archive.namelist() if "_Muhammad_" in name]
    assert len(same) == len(set(same)) == 2
    assert file.counts["files"] == 4


def test_a_lost_or_changed_file_stops_the_package(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    export = order(session, actor, "package", "zip")
    lost = next(path for path in desk.folder.iterdir() if path.read_bytes().startswith(b"%PDF"))
    lost.write_bytes(b"%PDF-changed")
    with pytest.raises(Incomplete):
        made(session, export, desk.folder)
    lost.unlink()
    with pytest.raises(Incomplete):
        made(session, export, desk.folder)
    assert not [path for path in desk.folder.iterdir() if path.name.endswith(".part")]


def test_an_unknown_certificate_stops_the_package(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    wanted = Order("package", "zip", TODAY, keys=(f"c{desk.certificates['learner'].id}", "c999999"))
    export, _new = order_export(session, wanted, by=actor, now=NOW)
    with pytest.raises(Incomplete):
        made(session, export, desk.folder)


def test_recap_cells(session: Session, desk: Desk) -> None:
    desk.cast.learner.name = "=cmd|' /C calc'!A0"
    desk.cast.colleague.name = "+62811"
    session.commit()
    actor = loaded(session, desk.cast.hr_unit)
    file = made(session, order(session, actor, "hours", "xlsx"), desk.folder)
    assert file.name == "Rekap-JP_KEC-01_2026-11-24_1000_0001.xlsx"
    book = CalamineWorkbook.from_path(str(desk.folder / file.sha256))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[0][:4] == ["No.", "NIP", "Nama", "Status"]
    assert [row[1:3] + row[6:] for row in cells[1:]] == [
        ["199403052024212017", "+62811", 1, 0, 0, 0, 6],
        ["199002142015032003", "=cmd|' /C calc'!A0", 1, 6, 20, 14, 0],
        ["198809092010011002", "Encik Ahmad", 0, 0, 20, 20, 0],
    ]
    with zipfile.ZipFile(desk.folder / file.sha256) as inside:
        assert b"<f>" not in inside.read("xl/worksheets/sheet1.xml")
    text = made(session, order(session, actor, "hours", "csv"), desk.folder)
    names = [row[2] for row in table((desk.folder / text.sha256).read_bytes())[1:]]
    assert names == ["'+62811", "'=cmd|' /C calc'!A0", "Encik Ahmad"]


def test_register_cells_follow_the_list(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    file = made(session, order(session, actor, "register", "xlsx"), desk.folder)
    cells = CalamineWorkbook.from_path(str(desk.folder / file.sha256)).get_sheet_by_index(0).to_python()
    assert [(row[2], row[7], row[8], row[11]) for row in cells[1:]] == [
        ("Siti", date(2026, 11, 24), 6, "Belum ada sertifikat"),
        ("Bulan Permatasari", date(2026, 11, 20), 6, "Berlaku"),
        ("Tengku Zahara, A.Md.", date(2026, 11, 20), 6, "Berlaku"),
    ]


def test_a_double_click_orders_once_and_is_logged_once(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    assert order(session, actor, "staff", "xlsx").id == order(session, actor, "staff", "xlsx").id
    assert order(session, actor, "staff", "csv").id == 2
    entries = session.scalars(select(AuditEntry).where(AuditEntry.verb == "export.ordered")).all()
    assert [(entry.subject_id, entry.detail["count"]) for entry in entries] == [("1", 8), ("2", 8)]
    wanted = Order("staff", "xlsx", TODAY, people=(1,))
    first, _new = order_export(session, wanted, by=actor, now=NOW)
    later, new = order_export(session, wanted, by=actor, now=NOW + timedelta(seconds=61))
    assert new and later.id != first.id


@pytest.mark.parametrize(
    "wanted",
    [
        Order("staff", "xlsx", TODAY),
        Order("staff", "zip", TODAY, people=(1,)),
        Order("all", "csv", TODAY, people=(1,)),
    ],
)
def test_nonsense_is_not_ordered(session: Session, desk: Desk, wanted: Order) -> None:
    with pytest.raises(ValueError):
        order_export(session, wanted, by=loaded(session, desk.cast.bkpsdm), now=NOW)


def test_an_export_is_its_orderers_and_needs_the_same_scope(session: Session, desk: Desk) -> None:
    cast = desk.cast
    actor = loaded(session, cast.hr_unit)
    export = order(session, actor, "staff", "xlsx")
    finish(session, export, made(session, export, desk.folder), now=NOW)
    session.commit()
    assert (export.state, export.params["counts"]) == ("ready", {"rows": 3})
    assert export_for(session, actor, export.id) is export
    assert export_for(session, loaded(session, cast.bkpsdm), export.id) is None
    assert export_for(session, actor, 999) is None
    session.delete(loaded(session, cast.hr_unit).grants[0])
    grant(session, cast.hr_unit, "hr", cast.village)
    session.commit()
    assert export_for(session, loaded(session, cast.hr_unit), export.id) is None
    assert exports_of(session, loaded(session, cast.hr_unit)) == []


def test_a_thousand_certificates_pass_one_by_one(session: Session, desk: Desk) -> None:
    """Memory follows one PDF, not all: records leave the session as soon as they are written."""
    actor = loaded(session, desk.cast.bkpsdm)
    export = order(session, actor, "package", "zip")
    session.expunge_all()
    made(session, session.get_one(Export, export.id), desk.folder)
    assert not [row for row in session.identity_map.values() if isinstance(row, Certificate)]
