import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace as change
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lms import files
from lms.db import db
from lms.domain.audit.models import AuditEntry
from lms.domain.certificates import pdf, queries, rules
from lms.domain.certificates.actions import issue
from lms.domain.certificates.models import Certificate, Counter
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment
from tests.cast import Cast

from .rows import LATER, NOW, POLICY, URL, certify, complete, in_app, make_course, stored

# ---- issue ----


def test_an_issued_certificate_holds_what_was_true(certificate: Certificate, cast: Cast) -> None:
    assert certificate.number == "1/BKPSDM/DIKLAT/XI/2026"
    assert (certificate.year, certificate.serial, certificate.revision) == (2026, 1, 1)
    assert rules.parse_code(certificate.code) == certificate.code
    assert certificate.unit_id == cast.village.id
    shown = certificate.snapshot
    assert shown["name"] == "Tengku Zahara, A.Md."
    assert shown["nip"] == "19900214 201503 2 003"
    assert shown["position"] == "Pengadministrasi Umum"
    assert (shown["unit"], shown["agency"]) == ("Kelurahan Penyengat", "Kecamatan Tanjungpinang Kota")
    assert shown["period"] == "tanggal 2 sampai 20 November 2026"
    assert shown["place_date"] == "Tanjungpinang, 24 November 2026"
    assert shown["verify_url"] == f"{URL}/v/{certificate.code}"
    assert shown["modules"] == [
        {"title": "Asas pelayanan", "jp": 3},
        {"title": "Di depan loket", "jp": 2},
        {"title": "Ujian akhir", "jp": 1},
    ]
    assert shown["competencies"] == [
        {"code": "M.5", "title": "Pelayanan publik", "level": 2, "level_name": "dasar"}
    ]
    assert shown["legal_basis"] == ["UU 25/2009"]


def test_its_file_is_stored_under_its_digest(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    ((kind, data),) = stored(session, certificate, folder)
    assert kind == "original"
    assert data == pdf.render(certificate.snapshot)
    assert len(PdfReader(io.BytesIO(data)).pages) == 2
    assert [path.name for path in folder.iterdir() if path.suffix] == []


def test_a_second_request_gives_the_first_row(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    enrollment = session.get_one(Enrollment, certificate.enrollment_id)
    assert certify(session, enrollment, folder, now=LATER).id == certificate.id
    assert session.get_one(Counter, ("certificate", 2026)).n == 1
    assert session.query(AuditEntry).filter_by(verb="certificate.issued").count() == 1


def test_ten_requests_at_once_give_one_row(app: Flask, session: Session, cast: Cast, folder: Path) -> None:
    enrollment_id = complete(session, cast.learner, make_course(session)).id
    session.close()

    def one(_: int) -> int:
        with Session(db.engine) as own:
            return certify(own, own.get_one(Enrollment, enrollment_id), folder).id

    with ThreadPoolExecutor(10) as threads:
        ids = set(threads.map(in_app(app, one), range(10)))
    assert len(ids) == 1
    with Session(db.engine) as fresh:
        assert fresh.query(Certificate).count() == 1
        assert fresh.get_one(Counter, ("certificate", 2026)).n == 1


def test_people_who_finish_at_once_get_numbers_without_a_gap(
    app: Flask, session: Session, cast: Cast, folder: Path
) -> None:
    version = make_course(session)
    people = [cast.learner, cast.colleague, cast.stranger, cast.trainer, cast.hr_unit, cast.admin]
    ids = [complete(session, person, version).id for person in people]
    session.close()

    def one(enrollment_id: int) -> int:
        with Session(db.engine) as own:
            return certify(own, own.get_one(Enrollment, enrollment_id), folder).serial

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(in_app(app, one), ids)) == [1, 2, 3, 4, 5, 6]


def test_a_transaction_that_fails_leaves_no_gap(session: Session, cast: Cast, folder: Path) -> None:
    version = make_course(session)
    first, second = complete(session, cast.learner, version), complete(session, cast.stranger, version)
    issue(session, first, now=NOW, policy=POLICY, public_url=URL, files=folder)
    session.rollback()
    assert certify(session, second, folder).serial == 1


def test_numbers_begin_again_each_year_in_wib(session: Session, cast: Cast, folder: Path) -> None:
    version = make_course(session)
    old_year = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    first = certify(session, complete(session, cast.learner, version), folder, now=old_year)
    second = certify(session, complete(session, cast.stranger, version), folder, now=new_year)
    assert first.number.endswith("/XII/2026")
    assert second.number == "1/BKPSDM/DIKLAT/I/2027"


def test_a_new_cycle_gets_its_own_certificate(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    first = session.get_one(Enrollment, certificate.enrollment_id)
    again = Enrollment(
        user_id=first.user_id,
        course_id=first.course_id,
        version_id=first.version_id,
        cycle=2,
        enrolled_at=NOW,
        completed_at=LATER,
        completed_on=date(2026, 11, 27),
        jp_year=2026,
        credited_jp=6,
    )
    session.add(again)
    session.flush()
    second = certify(session, again, folder, now=LATER)
    assert second.id != certificate.id
    assert queries.state_of(certificate, date(2026, 11, 27)) is State.VALID


def test_an_unfinished_course_is_not_certified(session: Session, cast: Cast, folder: Path) -> None:
    version = make_course(session)
    open_one = Enrollment(
        user_id=cast.learner.id, course_id=version.course_id, version_id=version.id, enrolled_at=NOW
    )
    session.add(open_one)
    session.flush()
    with pytest.raises(ValueError):
        certify(session, open_one, folder)


def test_validity_and_score_follow_course_and_policy(session: Session, cast: Cast, folder: Path) -> None:
    version = make_course(session, valid_months=24)
    enrollment = complete(session, cast.learner, version)
    made = issue(
        session, enrollment, now=NOW, policy=change(POLICY, certificate_prints_score=True), public_url=URL,
        files=folder, score=87.5,
    )  # fmt: skip
    assert made.valid_until == date(2028, 11, 24)
    assert made.snapshot["score"] == "87,5"
    theirs = complete(session, cast.stranger, version)
    other = issue(session, theirs, now=NOW, policy=POLICY, public_url=URL, files=folder, score=87.5)
    assert other.snapshot["score"] == ""


@pytest.mark.parametrize("template", ["{seq}", "{year}/{nothing}/{seq}", ""])
def test_a_faulty_template_keeps_nobody_from_finishing(
    session: Session, cast: Cast, folder: Path, template: str
) -> None:
    enrollment = complete(session, cast.learner, make_course(session))
    made = certify(session, enrollment, folder, policy=change(POLICY, certificate_number=template))
    assert made.number == "001/BKPSDM/DIKLAT/XI/2026"


def test_a_missing_or_broken_emblem_gives_the_drawn_mark(session: Session, cast: Cast, folder: Path) -> None:
    version = make_course(session)
    missing = change(POLICY, emblem_sha256="0" * 64)
    broken = change(POLICY, emblem_sha256=files.keep(folder, b"no picture"))
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    good = change(POLICY, emblem_sha256=files.keep(folder, drawing))
    people = [cast.learner, cast.stranger, cast.colleague]
    made = [
        certify(session, complete(session, person, version), folder, policy=policy).snapshot["emblem"]
        for person, policy in zip(people, [missing, broken, good], strict=True)
    ]
    assert made == [None, None, good.emblem_sha256]


# ---- what happens later does not touch it ----


def test_a_new_name_a_new_unit_and_a_new_design_change_no_byte(
    session: Session, cast: Cast, certificate: Certificate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(session, certificate, folder)
    cast.learner.name, cast.learner.unit_id, cast.learner.rank = "Nama Baru", cast.clinic.id, "Penata, III/c"
    session.commit()
    monkeypatch.setattr(pdf, "DESIGN", Path("/nowhere"))
    enrollment = session.get_one(Enrollment, certificate.enrollment_id)
    again = certify(session, enrollment, folder, now=LATER, policy=change(POLICY, organiser="Lembaga Lain"))
    assert stored(session, again, folder) == before
    assert again.snapshot["unit"] == "Kelurahan Penyengat"
    assert again.unit_id == cast.village.id


def test_the_database_refuses_to_change_or_delete_one(session: Session, certificate: Certificate) -> None:
    certificate.snapshot = {**certificate.snapshot, "name": "Orang Lain"}
    with pytest.raises(DBAPIError):
        session.flush()
    session.rollback()
    certificate.number = "9/2026"
    with pytest.raises(DBAPIError):
        session.flush()
    session.rollback()
    with pytest.raises(DBAPIError):
        session.delete(certificate)
        session.flush()
    session.rollback()


def test_two_people_of_one_name_have_two_files(session: Session, cast: Cast, folder: Path) -> None:
    cast.colleague.name = cast.learner.name
    version = make_course(session)
    one = certify(session, complete(session, cast.learner, version), folder)
    other = certify(session, complete(session, cast.colleague, version), folder)
    assert queries.file_name(one) != queries.file_name(other)
    assert stored(session, one, folder) != stored(session, other, folder)
