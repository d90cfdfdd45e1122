"""The page of a certificate and what BKPSDM does to it."""

import io
from hashlib import sha256

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms.domain.audit.models import AuditEntry
from lms.domain.certificates.models import Certificate, CertificateFile
from tests.cast import grant
from tests.unit.certificates.signing import altered, noted, sign
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, issued, text_of


def page(desk: Desk, name: str = "learner") -> str:
    return f"/hr/certificates/{desk.certificates[name].id}"


def test_every_printed_field_and_the_files(client: FlaskClient, desk: Desk) -> None:
    answer = at_desk(client, desk, "hr_unit").get(page(desk))
    text = text_of(answer)
    shown = desk.certificates["learner"].snapshot
    for key in ("name", "nip", "rank", "position", "unit", "agency", "course", "number", "code", "period",
                "basis", "signer_name", "place_date"):  # fmt: skip
        assert str(shown[key]) in text, key
    assert f'href="{shown["verify_url"]}"' in answer.text
    assert "SHA-256" in text and "Asas pelayanan" in text
    assert "Berlaku" in text


def test_download_gives_the_stored_bytes(client: FlaskClient, session: Session, desk: Desk) -> None:
    stored = session.scalars(
        select(CertificateFile).where(CertificateFile.certificate_id == desk.certificates["learner"].id)
    ).one()
    answer = at_desk(client, desk, "hr_unit").get(f"{page(desk)}/files/{stored.id}")
    assert answer.data == (desk.folder / stored.sha256).read_bytes()
    assert "199002142015032003_Tengku-Zahara" in answer.headers["Content-Disposition"]
    assert client.get(f"{page(desk)}/files/{stored.id + 1}").status_code == 404
    assert session.scalar(select(func.count()).where(AuditEntry.verb == "certificate.downloaded")) == 1


def test_revoke_once_with_a_reason(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    for reason in ("", "   ", "x" * 501):
        answer = client.post(f"{page(desk)}/revocation", data={"revoke-reason": reason})
        assert answer.status_code == 422
        assert answer.text.count('<details class="confirm" open>') == 1  # the error is not hidden
        assert 'href="#revoke-reason"' in answer.text
    for reason in ("Salah orang", "Alasan lain"):
        assert client.post(f"{page(desk)}/revocation", data={"revoke-reason": reason}).status_code == 303
    row = session.get_one(Certificate, desk.certificates["learner"].id, populate_existing=True)
    assert (row.revoked_reason, row.revoked_by) == ("Salah orang", desk.cast.bkpsdm.id)
    text = text_of(client.get(page(desk)))
    assert "Dicabut" in text and "Salah orang" in text
    assert session.scalar(select(func.count()).where(AuditEntry.verb == "certificate.revoked")) == 1


def test_replace_prints_the_data_of_today(client: FlaskClient, session: Session, desk: Desk) -> None:
    desk.cast.learner.name = "Tengku Zahara, S.Tr.I.P."
    session.commit()
    at_desk(client, desk, "bkpsdm")
    assert "Namanya sudah berubah." in client.get(page(desk)).text
    first = client.post(f"{page(desk)}/replacement", data={"replace-reason": "Gelar baru"})
    again = client.post(f"{page(desk)}/replacement", data={"replace-reason": "Gelar baru"})
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    rows = session.scalars(select(Certificate).where(Certificate.user_id == desk.cast.learner.id)).all()
    assert sorted(str(row.snapshot["name"]) for row in rows) == [
        "Tengku Zahara, A.Md.", "Tengku Zahara, S.Tr.I.P.",
    ]  # fmt: skip
    assert "Digantikan" in text_of(client.get(page(desk)))


def test_why_it_was_replaced_stands_on_both(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    assert "Alasan penggantian" not in client.get(page(desk)).text
    newer = client.post(f"{page(desk)}/replacement", data={"replace-reason": "Gelar baru"}).headers[
        "Location"
    ]
    for address in (page(desk), newer):
        assert "Alasan penggantian: Gelar baru" in client.get(address).text


def test_nobody_replaces_the_own_certificate(client: FlaskClient, session: Session, desk: Desk) -> None:
    grant(session, desk.cast.learner, "bkpsdm")
    session.commit()
    at_desk(client, desk, "learner")
    answer = client.post(f"{page(desk)}/replacement", data={"replace-reason": "Gelar"})
    assert answer.status_code == 422
    assert "Mintalah rekan di BKPSDM" in text_of(answer)
    assert session.scalar(select(func.count()).select_from(Certificate)) == 2


def upload(client: FlaskClient, desk: Desk, data: bytes) -> TestResponse:
    head = b'--line\r\nContent-Disposition: form-data; name="signed-file"; filename="tertanda.pdf"\r\n\r\n'
    body = head + data + b"\r\n--line--\r\n"
    return client.post(
        f"{page(desk)}/signed-file", input_stream=io.BytesIO(body), content_length=len(body),
        content_type="multipart/form-data; boundary=line",
    )  # fmt: skip


def test_signed_file(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    mine, other = issued(session, desk, "learner"), issued(session, desk, "stranger")
    good = sign(mine)
    for data, words in (
        (b"GIF89a", "bukan PDF"), (b"%PDF-1.7 asing", "PDF ini rusak"), (mine, "Tidak ada tanda tangan"),
        (b"%PDF-1.7" + b"0" * (5 * 1024 * 1024), "lebih dari 5 MB"), (sign(other), "milik sertifikat lain"),
        (other, "milik sertifikat lain"), (sign(altered(mine)), "bukan dokumen yang diterbitkan"),
        (noted(good), "diubah setelah ditandatangani"),
    ):  # fmt: skip
        answer = upload(client, desk, data)
        assert answer.status_code == 422 and words in text_of(answer), words
    assert upload(client, desk, b"%PDF-1.7" + b"0" * (6 * 1024 * 1024)).status_code == 413
    assert kinds(session, desk) == ["original"]
    assert upload(client, desk, good).status_code == 303
    assert "Berkas bertanda tangan tersimpan" in text_of(client.get(page(desk)))
    assert upload(client, desk, good).status_code == 303
    assert "tidak ada yang ditambahkan" in text_of(client.get(page(desk)))
    assert kinds(session, desk) == ["original", "signed"]
    [entry] = session.scalars(select(AuditEntry).filter_by(verb="certificate.signed"))
    assert entry.detail["before"] == sha256(mine).hexdigest()
    assert client.post(f"{page(desk)}/reprint").status_code == 303
    assert "cetak ulang tidak bertanda tangan" in text_of(client.get(page(desk)))


def kinds(session: Session, desk: Desk) -> list[str]:
    """The files of the learner's certificate, oldest first."""
    mine = CertificateFile.certificate_id == desk.certificates["learner"].id
    return list(session.scalars(select(CertificateFile.kind).where(mine).order_by(CertificateFile.id)))


def test_a_revoked_certificate_takes_no_signed_file(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    at_desk(client, desk, "bkpsdm")
    good = sign(issued(session, desk, "learner"))
    assert client.post(f"{page(desk)}/revocation", data={"revoke-reason": "Keliru"}).status_code == 303
    answer = upload(client, desk, good)
    assert answer.status_code == 422 and "tidak menerima berkas bertanda tangan" in text_of(answer)
    assert kinds(session, desk) == ["original"]


def test_reprint_of_the_same_design_adds_nothing(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    assert client.post(f"{page(desk)}/reprint").status_code == 303
    assert "Hasil cetak ulang sama persis" in text_of(client.get(page(desk)))
    assert session.scalar(select(func.count()).select_from(CertificateFile)) == 2
