"""The deadline of a course on the pages of its learner."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.enrollments.actions import publish_course
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, enroll_in, make_bundle


def test_it_is_said_and_being_late_locks_nothing(client: FlaskClient, session: Session, cast: Cast) -> None:
    files = make_bundle()
    files["kursus.md"] = files["kursus.md"].replace(b"prasyarat: []", b"prasyarat: []\ntenggat_hari: 10")
    assert publish_course(session, SLUG, files, home="disk", by=None, now=NOW).version is not None
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    sign_in(client, cast.learner)
    pages = ("/", f"/courses/{SLUG}", f"/courses/{SLUG}/progress")
    with clock.frozen(NOW):
        assert all("Selesaikan paling lambat 4 Desember 2026" in client.get(page).text for page in pages)
        assert "10 hari setelah mendaftar" in client.get(f"/courses/{SLUG}").text
    with clock.frozen(NOW + timedelta(days=11)):
        assert all("sudah lewat" in client.get(page).text for page in pages)
        assert client.get(f"/courses/{SLUG}/lessons/menyapa").status_code == 200
