"""Previews and results on the trainer's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.db import Base, db
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course
from lms.domain.enrollments.actions import act, withdraw
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt
from tests.cast import NOW, Cast, make_user, sign_in
from tests.course_files import PICTURE, with_picture
from tests.courses import SECRETS, SLUG, enroll_in

PAPER = {"pass_mark": 70, "counts": "highest", "questions": []}
COURSE = f"/trainer/courses/{SLUG}"


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, session: Session, cast: Cast) -> FlaskClient:
    """The browser of the trainer, who has a course with a picture at the desk and the same text as draft."""
    publish(session, SLUG, with_picture(), home="desk", by=cast.trainer.id, now=NOW)
    save_draft(session, session.scalars(select(Course)).one(), with_picture(), by=cast.trainer.id, now=NOW)
    session.commit()
    return sign_in(client, cast.trainer)


def try_quiz(session: Session, enrollment: Enrollment, points: list[float], quiz: str = "kuis-loket") -> None:
    act(enrollment, quiz, now=NOW)
    for number, got in enumerate(points, 1):
        session.add(
            Attempt(
                enrollment_id=enrollment.id, version_id=enrollment.version_id, quiz_key=quiz, number=number,
                started_at=NOW, submitted_at=NOW + timedelta(minutes=5), closed_by="learner", points=got,
                max_points=10.0, passed=got >= 7, paper=PAPER,
            )
        )  # fmt: skip
        session.flush()


@pytest.mark.parametrize("place", ["live", "draft"])
def test_a_lesson_looks_as_for_a_learner(trainer: FlaskClient, place: str) -> None:
    text = trainer.get(f"{COURSE}/preview/{place}/menyapa").get_data(as_text=True)
    digest = sha256(PICTURE).hexdigest()
    assert f'src="/courses/{SLUG}/files/{digest}/aset/denah.svg"' in text
    assert "Sapalah warga dengan ramah." in text
    assert f'href="{COURSE}/preview/{place}/berkas"' in text
    assert trainer.get(f"/courses/{SLUG}/files/{digest}/aset/denah.svg").status_code == 200


@pytest.mark.parametrize("place", ["live", "draft"])
def test_keys_are_shown_only_when_asked_for_and_marked(trainer: FlaskClient, place: str) -> None:
    plain = trainer.get(f"{COURSE}/preview/{place}/kuis-loket").get_data(as_text=True)
    assert "Menjelaskan berkas yang kurang" in plain
    assert not any(secret in plain for secret in SECRETS)
    assert " checked" not in plain
    with_key = trainer.get(f"{COURSE}/preview/{place}/kuis-loket?key=1").get_data(as_text=True)
    assert "Kunci dan umpan balik tampil: hanya pengajar." in with_key
    assert all(secret in with_key for secret in SECRETS)
    assert with_key.count(" checked") == 7  # five single, one of two options twice


def test_a_preview_records_nothing(trainer: FlaskClient, session: Session) -> None:
    def count() -> dict[str, int]:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }

    before = count()
    for part in ("", "/menyapa", "/kuis-loket", "/ujian-loket?key=1"):
        assert trainer.get(f"{COURSE}/preview/live{part}").status_code == 200
    assert count() == before


@pytest.mark.parametrize("part", ["/preview/live/tiada", "/preview/lain", "/preview/live/loket"])
def test_what_is_not_in_the_text_is_not_there(trainer: FlaskClient, part: str) -> None:
    assert trainer.get(COURSE + part).status_code == 404


def test_results_say_who_has_reached_what(trainer: FlaskClient, session: Session, cast: Cast) -> None:
    try_quiz(session, enroll_in(session, cast.learner, now=NOW), [5, 8, 7])
    try_quiz(session, enroll_in(session, cast.colleague, now=NOW), [4])
    enroll_in(session, cast.stranger, now=NOW)
    gone = enroll_in(session, cast.admin, now=NOW)
    try_quiz(session, gone, [10])
    withdraw(session, gone, now=NOW)
    session.commit()
    text = trainer.get(f"{COURSE}/results?sort=-best").get_data(as_text=True)
    assert "3 peserta; 0 selesai." in text
    assert cast.admin.name not in text
    order = [text.index(person.name) for person in (cast.learner, cast.colleague, cast.stranger)]
    assert order == sorted(order)
    table = text[text.index("Percobaan dan nilai terbaik: Kuis loket") :]
    assert "<span>80</span>" in table
    assert "<span>40</span>" in table
    assert 'data-l="Rata-rata nilai terbaik" class="r"><span>60</span>' in text
    assert (cast.learner.nip or "") not in text


def test_results_are_searched_and_filtered(trainer: FlaskClient, session: Session, cast: Cast) -> None:
    act(enroll_in(session, cast.learner, now=NOW), "menyapa", now=NOW)
    enroll_in(session, cast.stranger, now=NOW)
    session.commit()
    begun = trainer.get(f"{COURSE}/results?state=in_progress").get_data(as_text=True)
    assert cast.learner.name in begun
    assert cast.stranger.name not in begun
    unit = trainer.get(f"{COURSE}/results?q=sei+jang").get_data(as_text=True)
    assert cast.stranger.name in unit
    assert cast.learner.name not in unit
    assert "Tidak ada yang cocok" in trainer.get(f"{COURSE}/results?q=%25").get_data(as_text=True)


@pytest.mark.parametrize("query", ["page=x", "sort=-password", "state=zz", "quiz=tiada", "size=1", "q=%00"])
def test_nonsense_in_the_address_gives_the_results(trainer: FlaskClient, query: str) -> None:
    assert trainer.get(f"{COURSE}/results?{query}").status_code == 200


def test_figures_of_the_list_come_in_few_statements(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    try_quiz(session, enroll_in(session, cast.learner, now=NOW), [5, 8])
    session.commit()
    seen.clear()
    text = trainer.get("/trainer/courses").get_data(as_text=True)
    few = len(seen)
    assert "Kuis loket: 1 orang" in text
    assert "100\u00a0%" in text
    for number in range(30):
        user = make_user(session, f"Orang {number}", f"o{number}@gurindam.example", cast.village)
        try_quiz(session, enroll_in(session, user, now=NOW), [3])
    session.commit()
    trainer.get("/trainer/courses")  # reckons the weakest questions, which are kept
    seen.clear()
    text = trainer.get("/trainer/courses").get_data(as_text=True)
    assert len(seen) <= few
    assert "Kuis loket: 31 orang" in text
    assert "3\u00a0%" in text


def test_the_page_of_a_course_names_members_versions_and_health(trainer: FlaskClient, cast: Cast) -> None:
    text = trainer.get(COURSE).get_data(as_text=True)
    for words in ("Versi 1 tampil sejak 24 November 2026.", f"{cast.trainer.name} (pemilik)", "Meja pengajar",
                  "Ada draf yang menunggu.", "belum disetujui", "12 saran"):  # fmt: skip
        assert words in text
