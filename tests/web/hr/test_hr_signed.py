"""Signed certificates come back together: found by content, looked at, stored, handed out, checked."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import uploads
from lms.db import db, writing
from lms.domain.accounts.models import User
from lms.domain.audit.models import AuditEntry
from lms.domain.certificates.models import Certificate, CertificateFile
from tests.cast import NOW
from tests.unit.certificates.signing import altered, noted, sign
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, issued, text_of

PAGE = "/hr/signed-files"


def send(office: FlaskClient, files: Sequence[tuple[str, bytes]]) -> TestResponse:
    return office.post(PAGE, data={"files": [(io.BytesIO(data), name) for name, data in files]})


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def test_from_the_files_to_the_check_page(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office, mine = at_desk(client, desk, "bkpsdm"), issued(session, desk, "learner")
    other = issued(session, desk, "stranger")
    good, whole = sign(mine), sign(other, anew=True)
    pack = zipped(
        [("a/1.pdf", good), ("a/2.pdf", sign(altered(mine))), ("daftar.xlsx", b"PK"), ("3.pdf", mine)]
    )
    files = [
        ("salah-nama.zip", pack), ("lain.pdf", whole), ("lagi.pdf", sign(mine) + b"\n"),
        ("x.pdf", b"GIF89a"), ("asing.pdf", b"%PDF-1.7 bukan"), ("sesudah.pdf", noted(good)),
    ]  # fmt: skip
    answer = send(office, files)
    assert answer.status_code == 303
    page = text_of(office.get(answer.location))
    for words in (
        "Simpan 2 berkas bertanda tangan", "Akan disimpan (2)", "Bukan dokumen yang diterbitkan (1)",
        "Tidak ada tanda tangan (1)", "Bukan PDF (1)", "PDF rusak (1)",
        "Berkas kedua untuk satu sertifikat (1)", "Diubah setelah ditandatangani (1)",
        "1 berkas di dalam ZIP bukan PDF",
    ):  # fmt: skip
        assert words in page, words
    assert "1.pdf" in page and sha256(good).hexdigest()[:16] in page and sha256(mine).hexdigest()[:16] in page
    assert session.query(CertificateFile).filter_by(kind="signed").count() == 0
    only = text_of(office.get(f"{answer.location}?state=unsigned"))
    assert "3.pdf" in only and "1.pdf" not in only
    assert "2 berkas bertanda tangan disimpan" in office.get(office.post(answer.location).location).text
    assert office.post(answer.location).status_code == 404
    session.expire_all()
    certificate = session.get_one(Certificate, desk.certificates["learner"].id)
    assert certificate.signed_at is not None
    kept = session.query(CertificateFile).filter_by(certificate_id=certificate.id).all()
    assert [(row.kind, row.sha256) for row in kept] == [
        ("original", sha256(mine).hexdigest()), ("signed", sha256(good).hexdigest()),
    ]  # fmt: skip
    entry = session.query(AuditEntry).filter_by(verb="certificate.signed").first()
    assert entry is not None and entry.detail["before"] == sha256(mine).hexdigest()
    learner = at_desk(app.test_client(), desk, "learner")
    assert learner.get(f"/certificates/{certificate.id}/file").data == good
    for data in (mine, good):
        checked = client.post(f"/v/{certificate.code}/file", data={"pdf": (io.BytesIO(data), "a.pdf")})
        assert "Sama persis" in checked.text
    again = send(office, [("1.pdf", good)])
    assert "Sudah tersimpan (1)" in text_of(office.get(again.location))


def test_a_revoked_one_is_told_also_between_look_and_storing(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    office, mine = at_desk(client, desk, "bkpsdm"), issued(session, desk, "learner")
    answer = send(office, [("1.pdf", sign(mine))])
    row = session.get_one(Certificate, desk.certificates["learner"].id)
    row.revoked_at, row.revoked_by, row.revoked_reason = NOW, desk.cast.admin.id, "Keliru"
    session.commit()
    page = office.get(office.post(answer.location).location).text
    assert "Tidak ada yang disimpan" in page
    assert session.query(CertificateFile).filter_by(kind="signed").count() == 0
    again = send(office, [("1.pdf", sign(mine))])
    assert "Sertifikat dicabut atau digantikan (1)" in text_of(office.get(again.location))


def test_uploads_that_cannot_be_opened(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    office = at_desk(client, desk, "bkpsdm")
    assert office.post(PAGE, data={}).status_code == 422
    many = zipped([(f"{number}.pdf", b"%PDF-1.7") for number in range(301)])
    bomb = zipped([(f"{number}.pdf", b"%PDF-1.7" + b"0" * 6_000_000) for number in range(45)])
    for data, words in (
        (b"PK\x03\x04 rusak", "rusak"), (zipped([("a.txt", b"x")]), "Tidak ada PDF"),
        (many, "Paling banyak 300"), (bomb, "melebihi 200 MB"), (b"", "Tidak ada PDF"),
    ):  # fmt: skip
        answer = send(office, [("a.zip", data)])
        assert answer.status_code == 422 and words in text_of(answer), words
    for place in ("0" * 64, "..%2F..%2Fx", "x"):
        assert office.get(f"{PAGE}/{place}").status_code == 404
    assert at_desk(app.test_client(), desk, "hr_unit").get(PAGE).status_code == 403


def test_only_bytes_that_match_are_stored_whatever_the_waiting_file_says(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    """A list of people that reads as a trial, too: what it says of other files is not believed."""
    office = at_desk(client, desk, "bkpsdm")
    wanted = desk.certificates["learner"].id
    folder = uploads.folder_of(Path(app.instance_path), desk.cast.bkpsdm.id)
    other = uploads.keep(folder, b"%PDF-1.7 sesuatu")
    row = {"name": "x", "digest": other, "verdict": "matched", "certificate_id": wanted}
    forged = uploads.keep(folder, json.dumps({"rows": [row], "passed": 0, "x": ["NIP"]}).encode())
    assert "Tidak ada yang disimpan" in office.get(office.post(f"{PAGE}/{forged}").location).text
    assert session.query(CertificateFile).filter_by(kind="signed").count() == 0


def test_others_save_while_files_are_judged(
    client: FlaskClient, session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of PDFs take seconds; an answer of a learner is not kept waiting for them."""
    office, mine = at_desk(client, desk, "bkpsdm"), issued(session, desk, "learner")
    learner, moments = desk.cast.learner.id, list[bytes]()
    session.commit()

    def keep(folder: Path, data: bytes) -> str:
        with writing(), Session(db.engine) as other:
            other.execute(update(User).where(User.id == learner).values(rank=f"III/{len(moments)}"))
            other.commit()
        moments.append(data[:5])
        return kept(folder, data)

    kept = uploads.keep
    monkeypatch.setattr(uploads, "keep", keep)
    answer = send(office, [("1.pdf", sign(mine))])
    assert answer.status_code == 303 and moments == [b"%PDF-", b'{"row']
    assert "1 berkas" in text_of(office.get(office.post(answer.location).location))
    assert moments == [b"%PDF-", b'{"row', b"%PDF-"]
    assert session.query(CertificateFile).filter_by(kind="signed").count() == 1


def test_an_archive_with_broken_bytes_is_told(client: FlaskClient, desk: Desk) -> None:
    office = at_desk(client, desk, "bkpsdm")
    data = bytearray(zipped([("a.pdf", b"%PDF-1.7 " + bytes(range(256)) * 40)]))
    for place in range(40, 60):
        data[place] ^= 0xFF
    answer = send(office, [("a.zip", bytes(data))])
    assert answer.status_code == 422 and "rusak" in text_of(answer)
