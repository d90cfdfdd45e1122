"""What a certificate must stand: later changes, haste, withdrawal, mistakes. All through the site itself."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.certificates import pdf, rules
from lms.domain.certificates.models import Certificate, CertificateFile, Counter
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import settle
from lms.domain.reports.models import Export
from lms.domain.settings.actions import change
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import enroll_in, publish_course
from tests.learning import answered_attempt, approve, complete, course_of, office_of, read_lessons

LATER = NOW + timedelta(minutes=1)
TEN = 10


@dataclass
class Issued:
    """A certificate of the learner, and the browser of its owner."""

    row: Certificate
    owner: FlaskClient

    def download(self) -> bytes:
        """The file as its owner gets it."""
        answer = self.owner.get(f"/certificates/{self.row.id}/file")
        assert answer.status_code == 200
        return answer.data


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def issued(app: Flask, session: Session, cast: Cast) -> Issued:
    publish_course(session, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    row = complete(session, cast.learner, office_of(app, session), now=NOW)
    assert row is not None
    session.commit()
    return Issued(row, sign_in(app.test_client(), cast.learner))


def page(app: Flask, code: str, status: int = 200) -> str:
    """The public page of a code; nobody is signed in."""
    answer = app.test_client().get(f"/v/{code}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(part.extract_text() for part in PdfReader(io.BytesIO(data)).pages).split())


def act(app: Flask, cast: Cast, row: Certificate, what: str, prefix: str) -> None:
    """BKPSDM revokes or replaces with a reason."""
    office = sign_in(app.test_client(), cast.bkpsdm)
    answer = office.post(f"/hr/certificates/{row.id}/{what}", data={f"{prefix}-reason": "Gelar keliru"})
    assert answer.status_code == 303


def test_another_name_and_unit_leave_the_bytes(
    app: Flask, session: Session, cast: Cast, issued: Issued
) -> None:
    before = issued.download()
    office = sign_in(app.test_client(), cast.hr_unit)
    form = {"name": "Tengku Zahara Baru, M.M.", "nip": cast.learner.nip, "employment": "pns",
            "rank": "Penata Muda, III/a", "unit_id": str(cast.district.id),
            "position_id": str(cast.clerk.id)}  # fmt: skip
    assert office.post(f"/hr/staff/{cast.learner.id}/edit", data=form).status_code == 303
    session.refresh(cast.learner)
    assert (cast.learner.name, cast.learner.unit_id) == (form["name"], cast.district.id)
    assert issued.download() == before
    shown = page(app, issued.row.code)
    assert "Tengku Zahara, A.Md." in shown and "Kelurahan Penyengat" in shown
    assert form["name"] not in shown
    assert "Kelurahan Penyengat" in text_of(before)


def test_another_policy_leaves_the_bytes(app: Flask, session: Session, cast: Cast, issued: Issued) -> None:
    before = issued.download()
    change(
        session,
        {"certificate_kind": "sttp", "certificate_number": "{seq:04}/LAIN/{year}",
         "signer_name": "Orang Baru", "organiser": "Badan Lain", "certificate_place": "Kota Lain"},
        by=cast.admin.id, now=NOW,
    )  # fmt: skip
    session.commit()
    assert issued.download() == before
    second = complete(session, cast.colleague, office_of(app, session), now=NOW)
    session.commit()
    assert second is not None and second.number == "0002/LAIN/2026"
    assert "Orang Baru" not in text_of(issued.download())


def test_another_text_of_the_course_leaves_the_bytes(app: Flask, session: Session, issued: Issued) -> None:
    before = issued.download()
    newer = publish_course(session, now=LATER, completion="semua-materi")
    session.commit()
    assert newer.number == 2
    assert issued.download() == before


def test_ten_completions_at_once_give_one_row(app: Flask, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    office = office_of(app, session)
    read_lessons(session, enrollment, office, now=NOW)
    attempt_id = answered_attempt(session, enrollment, now=NOW).id
    approve(session, cast.bkpsdm, now=NOW)
    session.commit()
    enrollment_id = enrollment.id
    cookie = sign_in(app.test_client(), cast.learner).get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    session.close()

    def hand_in(number: int) -> int:
        if number % 2:
            with app.app_context():
                other = db.session()
                settle(other, other.get_one(Enrollment, enrollment_id), now=NOW, office=office)
                other.commit()
                return 303
        client = FlaskClient(app, app.response_class, use_cookies=True)
        client.set_cookie(cookie.key, cookie.value)
        return client.post(f"/attempts/{attempt_id}/submission", data={"confirmed": "1"}).status_code

    with ThreadPoolExecutor(TEN) as pool:
        assert set(pool.map(hand_in, range(TEN))) == {303}
    assert session.scalar(select(func.count()).select_from(Certificate)) == 1
    assert session.scalar(select(func.count()).select_from(CertificateFile)) == 1
    assert session.scalars(select(Counter.n)).all() == [1]


def test_revoked_is_said_at_once_and_no_pdf_is_offered(app: Flask, cast: Cast, issued: Issued) -> None:
    code, nip = issued.row.code, {"nip": cast.learner.nip}
    anybody = app.test_client()
    offered = anybody.post(f"/v/{code}/nip", data=nip).get_data(as_text=True)
    link = re.search(rf'href="(/v/{code}/pdf[^"]*)"', offered)
    assert link is not None and anybody.get(link[1]).data == issued.download()
    act(app, cast, issued.row, "revocation", "revoke")
    shown = page(app, code)
    assert "Dicabut" in shown and "Gelar keliru" in shown
    assert f"/v/{code}/pdf" not in anybody.post(f"/v/{code}/nip", data=nip).get_data(as_text=True)
    assert anybody.get(link[1]).status_code == 404
    assert anybody.get(f"/v/{code}.json").json["state"] == "revoked"  # type: ignore[index]
    assert anybody.get(f"/v/{code}").headers["Cache-Control"] == "public, max-age=60"


def test_replaced_points_to_its_successor(app: Flask, session: Session, cast: Cast, issued: Issued) -> None:
    old = issued.download()
    cast.learner.name = "Tengku Zahara, S.Sos."
    act(app, cast, issued.row, "replacement", "replace")
    newer = session.scalars(select(Certificate).where(Certificate.replaces_id == issued.row.id)).one()
    assert (newer.revision, newer.cycle, newer.serial) == (2, issued.row.cycle, 2)
    shown = page(app, issued.row.code)
    assert "Digantikan" in shown and rules.print_code(newer.code) in shown
    assert "Tengku Zahara, S.Sos." in page(app, newer.code)
    stored = session.scalars(select(CertificateFile).order_by(CertificateFile.id)).all()
    assert [file.certificate_id for file in stored] == [issued.row.id, newer.id]
    assert hashlib.sha256(old).hexdigest() == stored[0].sha256


def test_two_people_of_one_name_get_two_files(
    app: Flask, session: Session, cast: Cast, issued: Issued
) -> None:
    """The package marks the revoked one and holds a file for each of the others."""
    office, made = office_of(app, session), []
    for number in ("199403052024212018", "199403052024212019"):
        twin = make_user(session, "Siti Aminah", f"{number}@gurindam.example", cast.village, number)
        made.append(complete(session, twin, office, now=NOW))
    session.commit()
    act(app, cast, issued.row, "revocation", "revoke")
    hr = sign_in(app.test_client(), cast.hr_unit)
    place = hr.post("/hr/exports", data={"kind": "package.zip"}).headers["Location"]
    assert jobs_thread.run_due(app) == 1
    assert session.scalars(select(Export)).one().state == "ready"
    with hr.get(f"{place}/file") as answer:
        package = zipfile.ZipFile(io.BytesIO(answer.data))
    pdfs = [name for name in package.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == len(set(pdfs)) == 2
    assert len({package.read(name) for name in pdfs}) == 2
    assert all("Siti" in name for name in pdfs)
    register = package.read("daftar.csv").decode("utf-8-sig")
    assert "Dicabut" in register and register.count("Siti Aminah") == 2
    sums = package.read("SHA256SUMS").decode()
    assert all(hashlib.sha256(package.read(name)).hexdigest() in sums for name in pdfs)


def test_a_unit_that_moves_later_is_grouped_by_either(
    app: Flask, session: Session, cast: Cast, issued: Issued
) -> None:
    """The person goes to the clinic: the paper shows the old unit; lists can group by old and new."""
    cast.learner.unit_id = cast.clinic.id
    session.commit()
    office = sign_in(app.test_client(), cast.bkpsdm)

    def listed(unit: int, counts: str) -> bool:
        answer = office.get(f"/hr/completions?unit={unit}&at={counts}").get_data(as_text=True)
        return issued.row.number in answer

    assert [listed(cast.village.id, "issue"), listed(cast.village.id, "")] == [True, False]
    assert [listed(cast.clinic.id, "issue"), listed(cast.clinic.id, "")] == [False, True]
    assert "Kelurahan Penyengat" in text_of(issued.download())
    assert "Puskesmas" not in page(app, issued.row.code)


def test_an_archived_course_still_verifies(app: Flask, session: Session, cast: Cast, issued: Issued) -> None:
    course = course_of(session)
    course.archived_at = LATER
    session.commit()
    assert "Layanan di loket" not in sign_in(app.test_client(), cast.stranger).get("/courses").text
    assert "Berlaku" in page(app, issued.row.code)
    assert issued.download()


def test_a_typing_error_asks_no_database(app: Flask, issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong check symbol is called a typing error; a right code that nobody has is called unknown."""
    code = issued.row.code
    other = "0" if code[0] != "0" else "1"
    wrong = other + code[1:]
    assert rules.parse_code(wrong) is None
    body = "ZZZZZZZZZZZZ"
    nobodys = body + rules.check_symbol(body)
    unknown = page(app, nobodys, 404)
    written = page(app, f"{code[:4].lower()}-{code[4:8]} {code[8:]}")
    assert "Berlaku" in written
    sent: list[object] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    mistyped = page(app, wrong, 404)
    assert sent == []
    assert "salah ketik" in mistyped.lower()
    assert "salah ketik" not in unknown.lower()
    assert "noindex" in app.test_client().get(f"/v/{nobodys}").headers["X-Robots-Tag"]


def test_the_record_alone_makes_the_same_file(issued: Issued) -> None:
    """Nothing on the paper comes from anywhere but the frozen record."""
    assert pdf.render(issued.row.snapshot) == issued.download()
