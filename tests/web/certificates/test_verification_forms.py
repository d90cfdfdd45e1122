"""The public check of a certificate: what the NIP and the file on hand have to say."""

import re
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.certificates.actions import add_signed_file
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import by_code
from lms.files import path_of
from tests.cast import Cast
from tests.unit.certificates.rows import NOW, certify, complete, make_course

UNKNOWN = "7K3QX9M2VA4TH"
LATER = NOW + timedelta(days=2)


# ---- NIP ----


def test_the_nip_on_the_paper_can_be_confirmed(client: FlaskClient, certificate: Certificate) -> None:
    right = client.post(f"/v/{certificate.code}/nip", data={"nip": "19900214 201503 2 003"})
    assert "Cocok." in right.text
    wrong = client.post(f"/v/{certificate.code}/nip", data={"nip": "199002142015032004"})
    assert "Tidak cocok." in wrong.text
    for page in (right, wrong):
        assert "199002142015032" not in page.text.replace(" ", "")


def test_five_tries_per_code_and_hour(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    other = certify(session, complete(session, cast.stranger, make_course(session, "arsip")), folder)
    for _ in range(5):
        assert client.post(f"/v/{certificate.code}/nip", data={"nip": "1"}).status_code == 200
    refused = client.post(
        f"/v/{certificate.code}/nip",
        data={"nip": "199002142015032003"},
        environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )
    assert refused.status_code == 429
    assert "Cocok." not in refused.text
    assert client.post(f"/v/{other.code}/nip", data={"nip": "1"}).status_code == 200
    with clock.frozen(NOW + timedelta(hours=1)):
        assert (
            client.post(f"/v/{certificate.code}/nip", data={"nip": "199002142015032003"}).status_code == 200
        )


def test_the_file_is_given_to_who_knows_the_nip(
    client: FlaskClient, certificate: Certificate, folder: Path
) -> None:
    assert client.get(f"/v/{certificate.code}/pdf").status_code == 404
    assert client.get(f"/v/{certificate.code}/pdf?key=made-up").status_code == 404
    page = client.post(f"/v/{certificate.code}/nip", data={"nip": "199002142015032003"})
    link = re.search(r'href="(/v/[^"]+/pdf\?key=[^"]+)"', page.text)
    assert link is not None
    answer = client.get(link[1])
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_person_without_nip_hides_nothing(
    client: FlaskClient, session: Session, cast: Cast, folder: Path
) -> None:
    made = certify(session, complete(session, cast.other_trainer, make_course(session)), folder)
    page = client.get(f"/v/{made.code}")
    assert f'href="/v/{made.code}/pdf"' in page.text
    assert "/nip" not in page.text
    assert client.get(f"/v/{made.code}/pdf").data.startswith(b"%PDF-")
    assert (
        "Tidak cocok." in client.post(f"/v/{made.code}/nip", data={"nip": ""}).text or "/nip" not in page.text
    )


# ---- file ----


def issued_bytes(session: Session, certificate: Certificate, folder: Path) -> bytes:
    found = by_code(session, certificate.code)
    assert found is not None
    return path_of(folder, found.certificate.files[0].sha256).read_bytes()


def send(client: FlaskClient, code: str, data: bytes) -> tuple[int, str]:
    """Status and shown answer after an upload (the body is written out: the client would leave it open)."""
    head = b'--end\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n'
    body = head + data + b"\r\n--end--\r\n"
    answer = client.post(f"/v/{code}/file", data=body, content_type="multipart/form-data; boundary=end")
    shown = re.findall(r'<p class="note [^>]*data-answer="(\w+)"(?! hidden)>', answer.text)
    return answer.status_code, " ".join(shown)


def test_a_file_is_compared_with_all_that_were_issued(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    data = issued_bytes(session, certificate, folder)
    add_signed_file(session, certificate, data + b"\nsigned", folder, by=cast.bkpsdm, now=NOW)
    session.commit()
    assert send(client, certificate.code, data) == (200, "same")
    assert send(client, certificate.code, data + b"\nsigned") == (200, "same")
    assert send(client, certificate.code, data + b"x") == (200, "differs")
    assert send(client, certificate.code, b"") == (422, "missing")
    said = client.post(f"/v/{certificate.code}/file").text
    assert said.index('<li><a href="#pdf">') < said.index("<h2")
    assert send(client, certificate.code, bytes(5 * 1024 * 1024 + 20_000)) == (413, "large")
    assert send(client, UNKNOWN, data)[0] == 404


def test_an_uploaded_file_is_not_kept(
    client: FlaskClient, session: Session, certificate: Certificate, folder: Path
) -> None:
    before = sorted(folder.iterdir())
    send(client, certificate.code, b"%PDF- something else")
    assert sorted(folder.iterdir()) == before


def test_the_page_carries_the_digests_for_the_script(client: FlaskClient, certificate: Certificate) -> None:
    page = client.get(f"/v/{certificate.code}").text
    body = client.get(f"/v/{certificate.code}.json").json
    assert body is not None
    assert f'data-digests="{body["files"][0]["sha256"]} "' in page
