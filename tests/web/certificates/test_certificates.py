"""The learner's own certificates: the list and the files."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.domain.certificates.actions import add_signed_file, replace, revoke
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import certificates_of, newest_file
from lms.files import path_of
from tests.cast import Cast, sign_in
from tests.unit.certificates.rows import NOW, POLICY, URL, certify, complete, make_course


def test_without_certificates_the_page_says_how_to_get_one(client: FlaskClient, cast: Cast) -> None:
    text = sign_in(client, cast.learner).get("/certificates").text
    assert "Belum ada sertifikat" in text
    assert 'href="/courses"' in text


def test_the_list_shows_state_number_code_and_file(
    client: FlaskClient, cast: Cast, certificate: Certificate
) -> None:
    text = sign_in(client, cast.learner).get("/certificates").text
    for value in (
        "1 sertifikat berlaku",
        "Berlaku",
        "Terbit 24 November 2026",
        "6 JP",
        certificate.number,
        certificate.snapshot["code"],
        f"/certificates/{certificate.id}/file",
        f"/v/{certificate.code}",
    ):
        assert value in text, value


def test_dead_ones_stay_in_the_list_without_a_file(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    arguments = {"policy": POLICY, "public_url": URL, "files": folder}
    new = replace(session, certificate, by=cast.bkpsdm, reason="Gelar", now=NOW, **arguments)  # type: ignore[arg-type]
    other = certify(session, complete(session, cast.learner, make_course(session, "arsip")), folder)
    revoke(session, other, by=cast.bkpsdm, reason="Salah orang", now=NOW + timedelta(hours=1))
    session.commit()
    text = sign_in(client, cast.learner).get("/certificates").text
    assert "Diganti 24 November 2026 dengan yang lebih baru." in text
    assert "Dicabut 24 November 2026: Salah orang" in text
    assert f"/certificates/{new.id}/file" in text
    assert f"/certificates/{certificate.id}/file" not in text
    assert f"/certificates/{other.id}/file" not in text


def test_the_download_is_the_stored_file(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    [mine] = certificates_of(session, cast.learner.id)
    digest = newest_file(mine).sha256
    sign_in(client, cast.learner)
    answer = client.get(f"/certificates/{certificate.id}/file")
    assert answer.data == path_of(folder, digest).read_bytes()
    assert answer.mimetype == "application/pdf"
    assert answer.headers["ETag"] == f'"{digest}"'
    assert answer.headers["Cache-Control"] == "no-store"
    name = "199002142015032003_Tengku-Zahara-A-Md_Manajemen-Pelayanan-Publik_1-BKPSDM-DIKLAT-XI-2026.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    again = client.get(f"/certificates/{certificate.id}/file", headers={"If-None-Match": f'"{digest}"'})
    assert again.status_code == 304


def test_a_signed_file_is_given_from_then_on(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    sign_in(client, cast.learner)
    plain = client.get(f"/certificates/{certificate.id}/file")
    add_signed_file(session, certificate, plain.data + b"signed", folder, by=cast.bkpsdm, now=NOW)
    session.commit()
    assert client.get(f"/certificates/{certificate.id}/file").data.endswith(b"signed")


def test_the_stranger_gets_404_and_nobody_the_sign_in(
    client: FlaskClient, cast: Cast, certificate: Certificate
) -> None:
    address = f"/certificates/{certificate.id}/file"
    assert client.get(address).status_code == 303
    assert client.get("/certificates").status_code == 303
    for person in (cast.stranger, cast.hr_unit, cast.admin):
        assert sign_in(client, person).get(address).status_code == 404
    assert sign_in(client, cast.learner).get("/certificates/999/file").status_code == 404


def test_a_file_that_the_disk_lost_is_said_and_logged(
    client: FlaskClient,
    cast: Cast,
    certificate: Certificate,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for path in folder.iterdir():
        path.unlink()
    answer = sign_in(client, cast.learner).get(f"/certificates/{certificate.id}/file")
    assert answer.status_code == 503
    assert "the file store lacks" in caplog.text
