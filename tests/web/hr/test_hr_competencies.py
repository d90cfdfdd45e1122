"""Dictionary, standard and assessments at the HR desk: changed by form and by file, with their history."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms.domain.competencies.actions import save_entries, set_levels
from lms.domain.competencies.models import Competency, CompetencyEdition, Rating, Requirement
from lms.domain.competencies.queries import dictionary, standard
from lms.domain.competencies.rules import Entry
from lms.domain.competencies.rules.plans import Wanted
from tests.cast import NOW, Cast, sign_in
from tests.web.hr.desk import text_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def known(session: Session, cast: Cast) -> dict[str, int]:
    """Two competencies, and the standard of the clerk: M.5 level 2."""
    entries = [Entry("M.5", "managerial", "Pelayanan publik"), Entry("T.02", "technical", "Arsip")]
    save_entries(session, entries, now=NOW, actor=None)
    found = {kept.entry.code: kept.id for kept in dictionary(session)}
    set_levels(
        session, [Wanted(cast.clerk.id, found["M.5"], 2)], valid_from=date(2026, 1, 1), now=NOW, actor=None
    )
    session.commit()
    return found


def upload(client: FlaskClient, kind: str, data: bytes | str, **fields: str) -> TestResponse:
    """Send a file and follow to what it would change."""
    body = data.encode() if isinstance(data, str) else data
    return client.post(
        f"/hr/imports/{kind}",
        data={"file": (io.BytesIO(body), "tabel.csv"), **fields},
        content_type="multipart/form-data",
        follow_redirects=True,
    )


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_each_change_of_the_dictionary_is_an_edition(
    client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    sign_in(client, cast.bkpsdm)
    form = {
        "code": "M.5",
        "kind": "managerial",
        "name": "Pelayanan publik",
        "level_2": "Melayani sesuai standar.",
    }
    saved = client.post(f"/hr/competencies/{known['M.5']}/edit", data=form, follow_redirects=True)
    assert "Tersimpan. Ini edisi 2 kamus." in text_of(saved)
    assert "Edisi 2, 24 November 2026" in text_of(saved) and "Muhammad Syahrul: Level" in text_of(saved)
    assert "Edisi 1" in text_of(saved)
    again = client.post(f"/hr/competencies/{known['M.5']}/edit", data=form, follow_redirects=True)
    assert "Tidak ada yang berubah." in text_of(again)
    taken = client.post("/hr/competencies/new", data={**form, "name": "Lain"})
    assert taken.status_code == 422 and "Kode ini sudah dipakai kompetensi lain." in text_of(taken)
    bad = client.post("/hr/competencies/new", data={**form, "code": "M 6", "name": ""})
    assert bad.status_code == 422 and "Kode terdiri atas huruf" in text_of(bad)
    assert count(session, CompetencyEdition) == 3 and count(session, Competency) == 2
    client.post(f"/hr/competencies/{known['T.02']}/retire")
    listed = text_of(client.get("/hr/competencies"))
    assert "Edisi 3" in listed and "Arsip" not in listed
    assert "Arsip" in text_of(client.get("/hr/competencies?state=all"))
    package = client.get("/hr/competencies/file/case")
    assert package.json is not None and package.json["CFDocument"]["version"] == "3"
    same = upload(client, "dictionary", package.data)
    assert "Tidak ada yang berubah" in text_of(same)  # what was written reads back as it was


def test_the_dictionary_from_a_file(
    app: Flask, client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    sign_in(client, cast.bkpsdm)
    table = (
        "Kode;Jenis;Nama;Kode unit\nM.5;manajerial;Pelayanan prima;\nT.07;teknis;Sanitasi;PKM-01\n"
        "T.07;teknis;Dua kali;\nT.08;teknis;Tanpa unit;ENTAH\nSK.1;lain;Perekat bangsa;\n"
    )
    seen = upload(client, "dictionary", table)
    text = text_of(seen)
    assert "6 SK.1" not in text and "6 lain: Pilih jenisnya" in text
    assert "4 T.07: Ini tertulis dua kali" in text and "5 T.08: Tidak ada unit dengan kode ini." in text
    assert "M.5 Pelayanan publik Nama Pelayanan publik Pelayanan prima" not in text  # named by the new words
    assert "M.5 Pelayanan prima Nama Pelayanan publik Pelayanan prima" in text
    assert count(session, Competency) == 2
    stored = client.post(seen.request.path, follow_redirects=True)
    assert "2 perubahan tersimpan." in text_of(stored)
    assert [kept.entry.name for kept in dictionary(session)] == ["Pelayanan prima", "Arsip", "Sanitasi"]
    assert client.get(seen.request.path).status_code == 404  # the file is gone once it is stored
    left = upload(client, "dictionary", "Kode;Jenis;Nama\nM.1;manajerial;Integritas\n")
    kept = "Kode;Jenis;Nama\nM.2;manajerial;Kerja sama\n"
    upload(client, "dictionary", kept)
    for path in (Path(app.instance_path) / "uploads").rglob("*"):
        os.utime(path, (0, 0))
    young = upload(client, "dictionary", kept)
    app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert client.get(left.request.path).status_code == 404  # nobody agreed within a day
    assert client.get(young.request.path).status_code == 200  # its day began anew
    refused = upload(client, "dictionary", "Kode;Jenis\nM.1;manajerial\n")
    assert refused.status_code == 422 and "Nama: Kolom ini tidak ada." in text_of(refused)


def test_levels_are_listed_before_they_are_stored_and_the_newest_valid_one_counts(
    client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    sign_in(client, cast.bkpsdm)
    form = {f"l-{cast.clerk.id}-{known['M.5']}": "3", f"l-{cast.clerk.id}-{known['T.02']}": "",
            "valid_from": "2027-01-01"}  # fmt: skip
    seen = text_of(client.post("/hr/standards/preview", data=form))
    assert "1 level akan berubah." in seen and "dipegang 2 orang" in seen
    assert "Pengadministrasi Umum M.5 Pelayanan publik 2 3" in seen
    assert count(session, Requirement) == 1
    assert client.post("/hr/standards", data={**form, "valid_from": "kelak"}).status_code == 422
    assert client.post("/hr/standards", data={**form, "l-1-1": "7"}).status_code == 400
    assert client.post("/hr/standards/preview", data={"l-999-1": "1"}).status_code == 404
    wrong = client.post("/hr/standards/preview", data={**form, f"l-{cast.clerk.id}-{known['T.02']}": "7"})
    assert wrong.status_code == 422 and "0 sampai 5. Pengadministrasi Umum: T.02" in text_of(wrong)
    assert count(session, Requirement) == 1
    stored = client.post("/hr/standards", data=form, follow_redirects=True)
    assert "1 level ditetapkan." in text_of(stored)
    key = cast.clerk.id, known["M.5"]
    days = (date(2025, 12, 31), TODAY, date(2026, 12, 31), date(2027, 1, 1))
    assert [standard(session, day).get(key[0], {}).get(key[1]) for day in days] == [None, 2, 2, 3]
    again = client.post("/hr/standards", data=form, follow_redirects=True)
    assert "Tidak ada yang berubah." in text_of(again)
    history = text_of(client.get(f"/hr/standards/{cast.clerk.id}"))
    assert "Pelayanan publik M.5 3 1 Januari 2027" in history and "2 1 Januari 2026" in history


def test_the_standard_from_a_file_and_by_class(
    client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    sign_in(client, cast.bkpsdm)
    table = "Kode jabatan;M.5;T.02;X.1\nPLK-01;2;4;1\nENTAH;1;1;1\nPLK-01;1;1;1\n"
    seen = upload(client, "standards", table, valid_from="2026-06-01")
    text = text_of(seen)
    assert "x.1: Tidak ada kompetensi dengan kode ini" in text and "3 ENTAH: Tidak ada jabatan" in text
    assert "4 PLK-01: Ini tertulis dua kali" in text and "Level berlaku mulai 1 Juni 2026." in text
    client.post(seen.request.path, data={"on": "2026-06-01"})
    levels = {known["M.5"]: 2, known["T.02"]: 4}
    assert standard(session, date(2026, 6, 1))[cast.clerk.id] == levels
    back = client.get("/hr/standards/file/csv").data
    assert "Tidak ada yang berubah" in text_of(upload(client, "standards", back))
    assert "0 level" not in text_of(client.get("/hr/standards/seed"))
    assert "Tidak ada yang berubah" in text_of(client.get("/hr/standards/seed"))  # it has entries already


def test_assessed_levels_are_appended_by_form(
    client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    place, level = f"/hr/staff/{cast.learner.id}/ratings", f"level-{known['M.5']}"
    sign_in(client, cast.hr_unit)
    form = {
        "assessed_on": "2026-03-02",
        "method": "AC",
        "assessor": "BKN",
        "valid_until": "2029-03-02",
        level: "1",
    }
    assert "1 level hasil penilaian tersimpan." in text_of(
        client.post(place, data=form, follow_redirects=True)
    )
    assert "Tidak ada yang berubah." in text_of(client.post(place, data=form, follow_redirects=True))
    corrected = text_of(client.post(place, data={**form, level: "2"}, follow_redirects=True))
    assert corrected.count("2 Maret 2026 AC, BKN") == 2  # the wrong one stays readable
    bad = {"assessed_on": "2027-01-01", "valid_until": "2020-01-01", level: ""}
    for name, words in {
        "assessed_on": "Tanggal penilaian tidak boleh di masa depan.",
        "valid_until": "Masa berlaku tidak boleh berakhir sebelum tanggal penilaian.",
        level: "Pilih paling sedikit satu level.",
    }.items():
        answer = client.post(place, data={**form, name: bad[name]})
        assert answer.status_code == 422 and words in text_of(answer)
    assert count(session, Rating) == 2
    profile = text_of(client.get(f"/hr/staff/{cast.learner.id}"))
    assert "Pelayanan publik M.5 2 2 –" in profile
    own = f"/hr/staff/{cast.hr_unit.id}/ratings"
    assert client.get(own).status_code == 200 and client.post(own, data=form).status_code == 403


def test_assessed_levels_from_a_file(
    client: FlaskClient, session: Session, cast: Cast, known: dict[str, int]
) -> None:
    sign_in(client, cast.hr_unit)
    table = (
        "NIP;Nama;Tanggal penilaian;Metode;Penilai;Berlaku sampai;M.5;T.02;Z.9\n"
        "19900214 201503 2 003;;02/03/2026;AC;BKN;;1;3;\n"  # the learner
        "199403052024212017;;02/03/2026;AC;;;9;2;\n"  # the colleague: one bad level
        "199206302023212041;;02/03/2026;AC;;;1;1;\n"  # of another unit
        "198809092010011002;;02/03/2026;AC;;;5;5;\n"  # the own one
        "199002142015032003;;kemarin;AC;;;1;1;\n"
        "199002142015032003;;02/03/2027;AC;;;1;1;\n"
    )
    seen = upload(client, "ratings", table)
    text = text_of(seen)
    for words in (
        "z.9: Tidak ada kompetensi", "3 M.5: 9: Level berupa", "4 199206302023212041: Tidak ada pegawai",
        "5 198809092010011002: Hasil penilaian sendiri", "6 kemarin: Tanggal tidak terbaca",
        "7 2027-03-02: Tanggal penilaian tidak boleh",
    ):  # fmt: skip
        assert words in text, words
    stored = text_of(client.post(seen.request.path, follow_redirects=True))
    assert "3 perubahan tersimpan." in stored
    found = session.execute(
        select(Rating.user_id, Rating.level, Rating.recorded_by).order_by(Rating.id)
    ).all()
    assert sorted(found) == sorted(
        [(cast.learner.id, 1, cast.hr_unit.id), (cast.learner.id, 3, cast.hr_unit.id),
         (cast.colleague.id, 2, cast.hr_unit.id)]
    )  # fmt: skip
    again = text_of(upload(client, "ratings", table))
    assert "Tidak ada yang berubah" in again and "Sudah sama 3" in again
    assert count(session, Rating) == 3
    assert client.get("/hr/ratings/template").data.startswith(b"PK")


def test_the_same_file_of_two_people_is_two_files(
    app: Flask, client: FlaskClient, cast: Cast, known: dict[str, int]
) -> None:
    table = f"NIP;Tanggal penilaian;Metode;M.5\n{cast.learner.nip};01/11/2026;AC;2\n"
    one, other = sign_in(client, cast.hr_unit), sign_in(app.test_client(), cast.bkpsdm)
    address = upload(one, "ratings", table).request.path
    assert (one.get(address).status_code, other.get(address).status_code) == (200, 404)
    assert other.post(address).status_code == 404
    assert upload(other, "ratings", table).request.path == address
    assert other.post(address).status_code == 303
    assert (one.get(address).status_code, other.get(address).status_code) == (200, 404)
