"""Two records of one person are merged by hand, with a log, and for good."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import MergedRecord, User
from lms.domain.audit.models import AuditEntry
from lms.domain.enrollments.models import Enrollment
from tests.cast import make_user, sign_in
from tests.unit.imports.files import HEAD, csv_of
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, text_of
from tests.web.hr.test_hr_intake import tried


def test_a_merge_moves_courses_and_keeps_the_evidence_of_both(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    double = desk.cast.learner  # has courses and certificates
    kept = make_user(
        session, "Tengku Zahara", "zahara@gurindam.example", desk.cast.district, "199002142026212001"
    )
    courses = session.scalars(select(Enrollment.id).where(Enrollment.user_id == double.id)).all()
    address, nip = f"/hr/staff/{kept.id}/double", double.nip or ""
    assert courses
    at_desk(client, desk, "bkpsdm")
    for wrong in (kept.nip, "199001012015031099", desk.cast.bkpsdm.nip):
        assert client.get(f"{address}?double={wrong}").status_code == 422, wrong
    page = text_of(client.get(f"{address}?double={nip}"))
    assert f"{len(courses)} pelatihan dipindahkan" in page and "tidak dapat dibatalkan" in page
    refused = client.post(address, data={"double": nip}, follow_redirects=True)
    assert "Centang dulu" in text_of(refused)
    assert session.scalars(select(MergedRecord)).all() == []

    assert client.post(address, data={"double": nip, "sure": "1"}).status_code == 303
    moved = session.scalars(select(Enrollment.id).where(Enrollment.user_id == kept.id)).all()
    assert sorted(moved) == sorted(courses)
    assert session.get_one(User, double.id).closed_at is not None
    entries = session.scalars(select(AuditEntry).where(AuditEntry.verb == "user.merged")).all()
    assert {entry.subject_id for entry in entries} == {str(kept.id), str(double.id)}
    assert sorted(entries[0].detail["enrollments"]) == sorted(courses)
    assert "sudah digabung" in text_of(client.get(f"/hr/staff/{double.id}"))
    client.post(f"/hr/staff/{double.id}/reopen")
    assert session.get_one(User, double.id).closed_at is not None, "a merged record stays closed"
    again = client.post(address, data={"double": nip, "sure": "1"}, follow_redirects=True)
    assert "pernah digabung" in text_of(again)

    row = (nip, "Tengku Zahara", "KEL-0101", "PLK-01", "PNS", "", "")
    trial, _seen = tried(client, session, csv_of(HEAD, row))
    assert "nomor lama seseorang" in text_of(client.get(trial))
    sign_in(client, kept)
    assert "1/BKPSDM/DIKLAT/XI/2026" in text_of(client.get("/certificates"))


def test_what_both_have_stays_at_the_old_record(client: FlaskClient, session: Session, desk: Desk) -> None:
    double, kept = desk.cast.learner, desk.cast.colleague
    both = {
        user.id: set(session.scalars(select(Enrollment.course_id).where(Enrollment.user_id == user.id)))
        for user in (double, kept)
    }
    at_desk(client, desk, "bkpsdm")
    data = {"double": double.nip or "", "sure": "1"}
    assert client.post(f"/hr/staff/{kept.id}/double", data=data).status_code == 303
    left = set(session.scalars(select(Enrollment.course_id).where(Enrollment.user_id == double.id)))
    assert left == both[double.id] & both[kept.id]
    at_desk(client, desk, "hr_unit")
    assert client.get(f"/hr/staff/{kept.id}/double").status_code == 403
