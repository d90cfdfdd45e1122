"""Partner institutions: at both desks, on pages of courses, on certificates, in the columns of SIASN."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.catalog.actions import publish
from lms.domain.certificates.models import Certificate
from lms.domain.partners.models import Partner
from lms.domain.reports.siasn import write_siasn
from lms.web.certificate_labels import front_facts
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle
from tests.learning import approve, complete, office_of
from tests.unit.certificates.rows import stored
from tests.unit.partners.test_partners import bundle_of
from tests.web.hr.desk import text_of
from tests.web.test_admin_settings import png

FORM = {
    "name": "Universitas Contoh Bahari", "short_name": "UCB", "kind": "perguruan_tinggi", "key": "",
    "address": "Jalan Contoh 1\nTanjungpinang", "contact": "Pusat Pelatihan <b>",
    "email": "diklat@ucb.example",
    "phone": "(0771) 000-000", "web": "javascript:alert(1)",
}  # fmt: skip


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def published(session: Session, files: dict[str, bytes]) -> None:
    made = publish(session, SLUG, files, home="desk", by=None, now=NOW)
    assert made.version is not None, made.problems
    session.commit()


@pytest.fixture
def desk(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, cast.bkpsdm)


def send_logo(desk: FlaskClient, row: Partner, data: bytes, at: str = "hr") -> TestResponse:
    return desk.post(f"/{at}/partners/{row.id}/logo", data={"logo": (io.BytesIO(data), "logo.png")})


def added(desk: FlaskClient, session: Session) -> Partner:
    assert desk.post("/hr/partners/new", data=FORM).status_code == 303
    return session.scalars(select(Partner)).one()


def test_one_is_entered_once_edited_and_shown_at_both_desks(
    desk: FlaskClient, session: Session, cast: Cast
) -> None:
    assert "Belum ada lembaga mitra" in text_of(desk.get("/hr/partners"))
    for _double_click in range(2):
        row = added(desk, session)
    assert row.key == "ucb"
    shown = desk.get(f"/hr/partners/{row.id}")
    assert "penyelenggara: ucb" in text_of(shown)
    assert "&lt;b&gt;" in shown.text and 'href="javascript' not in shown.text
    sign_in(desk, cast.admin)
    assert "Universitas Contoh Bahari" in desk.get("/admin/partners?q=ucb").text
    assert "Tidak ada lembaga yang cocok" in text_of(desk.get("/admin/partners?q=%00zz"))
    for wrong in ({"name": ""}, {"name": "x" * 161}, {"kind": ""}, {"email": "salah"}):
        answer = desk.post(f"/admin/partners/{row.id}/edit", data={**FORM, **wrong})
        assert answer.status_code == 422, wrong
    assert (
        desk.post(
            f"/admin/partners/{row.id}/edit", data={**FORM, "name": "Universitas Contoh Samudra"}
        ).status_code
        == 303
    )
    session.expire_all()
    assert row.name == "Universitas Contoh Samudra"
    assert desk.post("/admin/partners/999/close").status_code == 404


def test_a_nul_and_a_taken_name_are_answered_with_words(desk: FlaskClient, session: Session) -> None:
    added(desk, session)
    taken = desk.post("/hr/partners/new", data={**FORM, "phone": "1", "key": "lain"})
    assert taken.status_code == 422 and "sudah memakai" in taken.text
    odd = desk.post("/hr/partners/new", data={**FORM, "name": "A\0B", "key": "a\0b"})
    assert odd.status_code in {303, 422}


def test_close_reopen_remove(desk: FlaskClient, session: Session) -> None:
    row = added(desk, session)
    desk.post(f"/hr/partners/{row.id}/close")
    assert "UCB" not in text_of(desk.get("/hr/partners"))
    assert "Ditutup" in text_of(desk.get("/hr/partners?state=all"))
    desk.post(f"/hr/partners/{row.id}/reopen")
    published(session, bundle_of("ucb"))
    assert "Salah mendaftarkan?" not in text_of(desk.get(f"/hr/partners/{row.id}"))
    answer = desk.post(f"/hr/partners/{row.id}/remove", follow_redirects=True)
    assert "tidak dapat dihapus" in text_of(answer)
    desk.post("/hr/partners/new", data={**FORM, "name": "Ikatan Contoh", "key": "ic"})
    other = session.scalars(select(Partner.id).where(Partner.key == "ic")).one()
    assert "Salah mendaftarkan?" in text_of(desk.get(f"/hr/partners/{other}"))
    assert desk.post(f"/hr/partners/{other}/remove").status_code == 303
    assert desk.get(f"/hr/partners/{other}").status_code == 404


def test_the_logo_is_checked_made_small_and_given_to_learners(
    desk: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    row = added(desk, session)
    for data, said in (
        (b"<svg/>", "Ini bukan berkas PNG"),
        (b"", "Ini bukan berkas PNG"),
        (png(32, 64), "piksel"),
    ):
        answer = send_logo(desk, row, data)
        assert answer.status_code == 422 and said in text_of(answer)
    assert desk.post(f"/hr/partners/{row.id}/logo").status_code == 422
    assert send_logo(desk, row, png(400, 200)).status_code == 303
    session.refresh(row)
    learner = sign_in(app.test_client(), cast.learner)
    answer = learner.get(f"/organisers/{row.logo_sha256}/logo")
    assert answer.mimetype == "image/webp" and "immutable" in answer.headers["Cache-Control"]
    assert learner.get(f"/organisers/{'a' * 64}/logo").status_code == 404
    assert learner.get("/organisers/../../etc/logo").status_code == 404
    assert app.test_client().get(f"/organisers/{row.logo_sha256}/logo").status_code == 303
    gone = row.logo_sha256
    desk.post(f"/hr/partners/{row.id}/logo/remove")
    assert learner.get(f"/organisers/{gone}/logo").status_code == 404


def test_the_course_shows_its_organiser(desk: FlaskClient, session: Session, cast: Cast) -> None:
    row = added(desk, session)
    send_logo(desk, row, png(400, 200))
    published(session, bundle_of("ucb"))
    learner = sign_in(desk, cast.learner)
    assert "Diselenggarakan oleh Universitas Contoh Bahari" in text_of(learner.get("/courses"))
    page = learner.get(f"/courses/{SLUG}")
    session.refresh(row)
    assert f"/organisers/{row.logo_sha256}/logo" in page.text
    for words in ("Pusat Pelatihan", "diklat@ucb.example", "(0771) 000-000", "Bekerja sama dengan"):
        assert words in text_of(page)


def test_certificate_check_page_and_siasn_name_the_organiser(
    desk: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    folder = Path(app.instance_path) / "files"
    with clock.frozen(NOW):
        published(session, make_bundle())
        approve(session, cast.bkpsdm, now=NOW)
        complete(session, cast.colleague, office_of(app, session), now=NOW)
        added(desk, session)
        published(session, bundle_of("ucb"))
        complete(session, cast.learner, office_of(app, session), now=NOW)
    session.commit()
    plain, named = session.scalars(select(Certificate).order_by(Certificate.id))
    assert (plain.snapshot["partner"], named.snapshot["partner"]) == ("", "Universitas Contoh Bahari")
    office = str(named.snapshot["organiser"])
    facts = dict(front_facts(named.snapshot))
    assert facts["Penyelenggara"] == "Universitas Contoh Bahari"
    assert facts["Bekerja sama dengan"].startswith(office)
    assert "Bekerja sama dengan" not in dict(front_facts(plain.snapshot))
    paper = words_of(stored(session, named, folder)[-1][1])
    assert f"diselenggarakan oleh Universitas Contoh Bahari bekerja sama dengan {office}" in paper
    assert f"diselenggarakan oleh {office}" in words_of(stored(session, plain, folder)[-1][1])
    session.get_one(Partner, 1).name = "Universitas Contoh Samudra"
    session.commit()
    target = io.BytesIO()
    write_siasn(
        session,
        [plain.id, named.id],
        [],
        files=folder,
        target=target,
        today=NOW.date(),
        advance=lambda _n: None,
    )
    with zipfile.ZipFile(target) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("siasn.csv").decode("utf-8-sig"))))
    assert [row["institusiPenyelenggara"] for row in rows] == [office, "Universitas Contoh Bahari"]
