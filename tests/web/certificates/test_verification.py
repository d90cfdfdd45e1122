"""The public check of a certificate, as somebody with a piece of paper meets it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as change
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db
from lms.domain.certificates import rules
from lms.domain.certificates.actions import replace, revoke
from lms.domain.certificates.models import Certificate, CheckCount
from tests.cast import Cast
from tests.unit.certificates.rows import NOW, POLICY, URL, certify, complete, make_course

UNKNOWN = "7K3QX9M2VA4TH"
LATER = NOW + timedelta(days=2)


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def counts(session: Session) -> dict[str, int]:
    session.expire_all()
    return {row.result: row.n for row in session.execute(select(CheckCount.result, CheckCount.n))}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# ---- what the page says ----


def test_a_valid_certificate_shows_what_stands_on_the_paper(
    client: FlaskClient, certificate: Certificate
) -> None:
    answer = client.get(f"/v/{certificate.code}")
    text = words(answer.text)
    assert answer.status_code == 200
    assert "<h2>Berlaku</h2>" in answer.text
    for value in (
        certificate.number,
        "Tengku Zahara, A.Md.",
        "•••••••••••••••003",
        "Pengadministrasi Umum",
        "Kelurahan Penyengat",
        "Kecamatan Tanjungpinang Kota",
        "Manajemen Pelayanan Publik",
        "Telah mengikuti, 6 (enam) jam pelajaran, e-learning",
        "tanggal 2 sampai 20 November 2026",
        "Tanjungpinang, 24 November 2026",
        "Dra. Hj. Encik Maryamah Contoh, M.M.",
        "Di depan loket, 2 JP",
        "M.5 Pelayanan publik, level 2 (dasar)",
        "UU 25/2009",
        "diperiksa 24 November 2026, pukul 10.00 WIB",
    ):
        assert value in text, value
    assert "1990" not in answer.text  # the hidden digits of the NIP


@pytest.mark.parametrize("typed", ["{lower}", "{printed}", " {printed} "])
def test_the_way_a_code_is_typed_does_not_matter(
    client: FlaskClient, certificate: Certificate, typed: str
) -> None:
    code = certificate.code
    text = typed.format(lower=code.lower(), printed=rules.print_code(code))
    assert client.get(f"/v/{text}").status_code == 200
    answer = client.get("/v", query_string={"code": text})
    assert (answer.status_code, answer.location) == (303, f"/v/{code}")


def test_a_pasted_address_is_understood(client: FlaskClient, certificate: Certificate) -> None:
    answer = client.get("/v", query_string={"code": certificate.snapshot["verify_url"]})
    assert answer.location == f"/v/{certificate.code}"


def test_the_form_stands_alone(client: FlaskClient) -> None:
    answer = client.get("/v")
    assert answer.status_code == 200
    assert 'name="code"' in answer.text


def test_a_revoked_one_says_when_and_why_and_offers_no_file(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate
) -> None:
    revoke(session, certificate, by=cast.bkpsdm, reason="Bukan pemilik akun <b>", now=LATER)
    session.commit()
    answer = client.get(f"/v/{certificate.code}")
    assert "<h2>Dicabut</h2>" in answer.text
    assert "Dicabut pada 26 November 2026. Alasan: Bukan pemilik akun &lt;b&gt;." in answer.text
    fits = client.post(f"/v/{certificate.code}/nip", data={"nip": "199002142015032003"})
    assert "Cocok." in fits.text
    assert f"{certificate.code}/pdf" not in answer.text + fits.text
    assert client.get(f"/v/{certificate.code}/pdf").status_code == 404


def test_a_replaced_one_leads_to_its_successor(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    new = replace(
        session,
        certificate,
        by=cast.bkpsdm,
        reason="Gelar",
        now=LATER,
        policy=POLICY,
        public_url=URL,
        files=folder,
    )
    session.commit()
    answer = client.get(f"/v/{certificate.code}")
    assert "<h2>Digantikan</h2>" in answer.text
    assert f'href="/v/{new.code}">{rules.print_code(new.code)}</a>' in answer.text
    assert "<h2>Berlaku</h2>" in client.get(f"/v/{new.code}").text


def test_an_expired_one_says_since_when(
    client: FlaskClient, session: Session, cast: Cast, folder: Path
) -> None:
    made = certify(session, complete(session, cast.learner, make_course(session, valid_months=1)), folder)
    with clock.frozen(NOW + timedelta(days=31)):
        text = client.get(f"/v/{made.code}").text
    assert "<h2>Kedaluwarsa</h2>" in text
    assert "Berlaku sampai 24 Desember 2026" in text


def test_a_missing_signature_is_said(client: FlaskClient, session: Session, cast: Cast, folder: Path) -> None:
    policy = change(POLICY, certificate_needs_signature=True)
    made = certify(session, complete(session, cast.learner, make_course(session)), folder, policy=policy)
    assert "<h2>Menunggu tanda tangan</h2>" in client.get(f"/v/{made.code}").text
    assert counts(session) == {"unsigned": 1}


@pytest.mark.parametrize("code", ["7K3QX9M2VA4TJ", "x", "UUUUUUUUUUUUU", "7K3Q-X9M2", "' OR 1=1 --"])
def test_a_mistyped_code_is_answered_without_the_database(client: FlaskClient, app: Flask, code: str) -> None:
    with statements() as sent:
        answer = client.get(f"/v/{code}")
        machine = client.get(f"/v/{code}.json")
        form = client.get("/v", query_string={"code": code})
    assert sent == []
    assert "<h2>Salah ketik</h2>" in answer.text
    assert [reply.status_code for reply in (answer, machine, form)] == [404, 404, 404]
    assert machine.json == {"state": "mistyped"}
    assert 'aria-invalid="true"' in form.text


def test_an_unknown_code_gets_one_neutral_sentence(
    client: FlaskClient, session: Session, certificate: Certificate
) -> None:
    answer = client.get(f"/v/{UNKNOWN}")
    assert answer.status_code == 404
    assert "<h2>Tidak dikenal</h2>" in answer.text
    assert certificate.number not in answer.text
    assert client.get(f"/v/{UNKNOWN}.json").json == {"state": "unknown"}
    assert counts(session) == {"unknown": 2}


def test_a_deleted_course_and_a_moved_person_change_nothing(
    client: FlaskClient, session: Session, cast: Cast, certificate: Certificate
) -> None:
    before = client.get(f"/v/{certificate.code}").text
    cast.learner.unit_id, cast.learner.name = cast.clinic.id, "Nama Baru"
    session.commit()
    assert client.get(f"/v/{certificate.code}").text == before


# ---- how it is sent ----


def test_it_needs_no_cookie_no_script_and_little_room(client: FlaskClient, certificate: Certificate) -> None:
    pages = [
        client.get("/v"),
        client.get(f"/v/{certificate.code}"),
        client.get(f"/v/{UNKNOWN}"),
        client.get("/v/x"),
    ]
    pages.append(client.post(f"/v/{certificate.code}/nip", data={"nip": "1"}))
    for page in pages:
        assert "Set-Cookie" not in page.headers
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex' in page.text
    page = client.get(f"/v/{certificate.code}", headers={"Accept-Encoding": "gzip"})
    sheet = re.search(r'href="(/static/verify\.[^"]+)"', pages[1].text)
    assert sheet is not None
    style = client.get(sheet[1], headers={"Accept-Encoding": "gzip"})
    assert len(page.data) + len(style.data) < 10_000
    style.close()
    assert "style=" not in pages[1].text


def test_plain_answers_are_kept_for_a_minute_and_no_longer(
    client: FlaskClient, certificate: Certificate
) -> None:
    assert client.get(f"/v/{certificate.code}").headers["Cache-Control"] == "public, max-age=60"
    assert client.post(f"/v/{certificate.code}/nip", data={"nip": "1"}).headers["Cache-Control"] == "no-store"


def test_the_language_is_chosen_in_the_address(client: FlaskClient, certificate: Certificate) -> None:
    text = client.get(f"/v/{certificate.code}?lang=en").text
    assert "<h2>Valid</h2>" in text
    assert '<html lang="en">' in text
    assert '<dd lang="id">Tengku Zahara, A.Md.</dd>' in text
    assert client.get("/v", query_string={"code": certificate.code, "lang": "en"}).location.endswith(
        "?lang=en"
    )


def test_the_machine_form_hides_the_nip(client: FlaskClient, certificate: Certificate) -> None:
    answer = client.get(f"/v/{certificate.code}.json")
    body = json.loads(answer.text)
    assert body["state"] == "valid"
    assert body["certificate"]["name"] == "Tengku Zahara, A.Md."
    assert not [key for key in body["certificate"] if "nip" in key]
    assert "1990" not in answer.text
    assert "196801011992032001" not in answer.text.replace(" ", "")
    assert [file["kind"] for file in body["files"]] == ["original"]
    assert len(body["files"][0]["sha256"]) == 64
    assert "Set-Cookie" not in answer.headers


def test_thirty_tries_a_minute_then_wait(client: FlaskClient, certificate: Certificate) -> None:
    for _ in range(30):
        assert client.get(f"/v/{UNKNOWN}").status_code == 404
    for address in (f"/v/{UNKNOWN}", f"/v/{certificate.code}"):  # no hint which of them exists
        refused = client.get(address)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "60"
        assert refused.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in refused.headers
        assert "Coba lagi 60 detik lagi" in refused.text
    assert client.get("/v/x").status_code == 404
    assert client.get(f"/v/{certificate.code}.json").status_code == 429
    assert client.get(f"/v/{UNKNOWN}", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 404
    with clock.frozen(NOW + timedelta(seconds=61)):
        assert client.get(f"/v/{certificate.code}").status_code == 200


def test_checks_are_counted_by_result(
    client: FlaskClient, session: Session, certificate: Certificate
) -> None:
    client.get(f"/v/{certificate.code}")
    client.get(f"/v/{certificate.code}.json")
    client.get(f"/v/{UNKNOWN}")
    client.post(f"/v/{certificate.code}/nip", data={"nip": "1"})
    assert counts(session) == {"valid": 2, "unknown": 1}
