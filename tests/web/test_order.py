"""A quiz of the whole course opens after the modules in order; the pages say why and what is missing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import LessonProgress
from lms.domain.quizzes.models import Attempt
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, enroll_in, make_bundle

EXAM = f"/courses/{SLUG}/quizzes/ujian-loket"
FIRST = f'href="/courses/{SLUG}/lessons/menyapa"'


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner whose course has its module in order, the quiz of it left out of the rule."""
    bundle = make_bundle(completion="semua-materi, ujian-loket")
    module = bundle["01-loket/modul.md"].replace(b"buka: bebas", b"buka: urut")
    assert publish(
        session, SLUG, {**bundle, "01-loket/modul.md": module}, home="disk", by=None, now=NOW
    ).version
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def read(session: Session, *keys: str) -> None:
    enrollment = session.scalars(select(Enrollment)).one()
    session.add_all(
        LessonProgress(enrollment_id=enrollment.id, lesson_key=key, opened_at=NOW, finished_at=NOW)
        for key in keys
    )
    session.commit()


def test_the_exam_is_closed_until_the_module_is_done(learner: FlaskClient, session: Session) -> None:
    with clock.frozen(NOW):
        answer = learner.get(EXAM, follow_redirects=True)
        assert answer.request.path == f"/courses/{SLUG}/progress"
        assert (
            "“Ujian akhir” terbuka setelah 2 bagian lagi selesai. Lebih dahulu: “Menyapa warga”."
            in answer.text
        )
        assert learner.post(f"{EXAM}/attempts").status_code == 404
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


@pytest.mark.parametrize("address", [f"/courses/{SLUG}", f"/courses/{SLUG}/progress"])
def test_the_pages_say_why_and_lead_to_what_is_missing(learner: FlaskClient, address: str) -> None:
    text = learner.get(address).text
    reason = f"Terbuka setelah 2 bagian lagi selesai; lebih dahulu: <a {FIRST}>Menyapa warga</a>."
    assert reason in text
    assert f'href="{EXAM}"' not in text


def test_it_opens_when_what_precedes_it_is_done(learner: FlaskClient, session: Session) -> None:
    read(session, "menyapa")
    part = f'Terbuka setelah <a href="/courses/{SLUG}/lessons/berkas">Memeriksa berkas</a> selesai.'
    assert part in learner.get(f"/courses/{SLUG}").text
    read(session, "berkas")
    with clock.frozen(NOW):
        assert learner.get(EXAM).status_code == 200
        assert learner.post(f"{EXAM}/attempts").status_code == 303
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1
