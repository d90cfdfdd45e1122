"""The catalogue and the page of a course."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import approve_hours
from lms.domain.catalog.models import Course
from lms.domain.competencies.models import Competency, Requirement
from lms.domain.enrollments.actions import act, publish_course
from lms.domain.enrollments.models import Enrollment
from tests.cast import NOW, Cast, sign_in
from tests.course_files import edited, named
from tests.courses import SLUG, enroll_in, make_bundle


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """The small course, published."""
    put(session, make_bundle())
    return session.scalars(select(Course)).one()


def put(session: Session, files: dict[str, bytes], slug: str = SLUG) -> None:
    assert publish_course(session, slug, files, home="disk", by=None, now=NOW).version is not None
    session.commit()


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_the_list_shows_what_a_course_takes_and_gives(
    client: FlaskClient, cast: Cast, course: Course
) -> None:
    text = page(sign_in(client, cast.learner), "/courses")
    for words in (
        "Layanan di loket",
        "1 JP",
        "M.5 level 2",
        "JP belum disetujui",
        "1 pelatihan, yang terpendek",
    ):
        assert words in text


def test_without_courses_the_list_says_why(client: FlaskClient, cast: Cast) -> None:
    text = page(sign_in(client, cast.learner), "/courses")
    assert "Katalog masih kosong" in text


def test_nobody_reads_the_catalogue_without_signing_in(client: FlaskClient, course: Course) -> None:
    for address in ("/courses", f"/courses/{SLUG}"):
        response = client.get(address)
        assert response.status_code == 303
        assert response.location.startswith("/login")


def test_a_search_without_result_offers_a_near_word_and_a_way_out(
    client: FlaskClient, cast: Cast, course: Course
) -> None:
    text = page(sign_in(client, cast.learner), "/courses?q=layaman")
    assert 'href="/courses?q=layanan"' in text
    assert "Lihat semua pelatihan" in text


def test_typed_words_are_shown_as_text(client: FlaskClient, cast: Cast, course: Course) -> None:
    text = page(sign_in(client, cast.learner), "/courses?q=<script>alert(1)</script>")
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "query",
    [
        "page=999",
        "page=-1",
        "sort=rahasia",
        "minutes=abc",
        "jp=999999999999",
        "state=lain",
        "size=7",
        "q=%00",
    ],
)
def test_nonsense_in_the_address_gives_the_list(
    client: FlaskClient, cast: Cast, course: Course, query: str
) -> None:
    page(sign_in(client, cast.learner), f"/courses?{query}")


def test_filters_and_states(client: FlaskClient, session: Session, cast: Cast, course: Course) -> None:
    put(session, named("lain"), "lain")
    enrollment = enroll_in(session, cast.learner, now=NOW)
    act(enrollment, "menyapa", now=NOW)
    session.commit()
    sign_in(client, cast.learner)
    mine = page(client, "/courses?state=open")
    assert f"/courses/{SLUG}" in mine
    assert "/courses/lain" not in mine
    assert "Sedang berjalan, 0 dari 3" in mine
    assert "/courses/lain" in page(client, "/courses?state=new")
    assert "Tidak ada pelatihan yang sesuai saringan ini" in page(client, "/courses?state=done")


def test_a_gap_of_the_position_is_named_and_can_be_filtered(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    skill = Competency(code="M.5", kind="managerial", name="Pelayanan publik")
    session.add(skill)
    session.flush()
    session.add(
        Requirement(
            position_id=cast.clerk.id, competency_id=skill.id, level=2, valid_from=clock.local_date(NOW)
        )
    )
    session.commit()
    text = page(sign_in(client, cast.learner), "/courses?competency=gap")
    assert "Melatih Pelayanan publik, yang disyaratkan jabatan Anda pada level 2" in text
    assert "Melatih" not in page(sign_in(client, cast.stranger), "/courses")


def test_the_list_asks_the_database_equally_often_for_any_number_of_courses(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    put(session, named("satu"), "satu")
    enroll_in(session, cast.learner, now=NOW, slug="satu")
    session.commit()
    sign_in(client, cast.learner)
    seen.clear()
    page(client, "/courses")
    few = len(seen)
    for number in range(20):
        put(session, named(f"nomor-{number}"), f"nomor-{number}")
        enroll_in(session, cast.learner, now=NOW, slug=f"nomor-{number}")
    session.commit()
    seen.clear()
    page(client, "/courses")
    assert len(seen) <= few  # index rows of versions are kept


def test_the_page_of_a_course_says_what_it_asks(client: FlaskClient, cast: Cast, course: Course) -> None:
    text = page(sign_in(client, cast.learner), f"/courses/{SLUG}")
    for words in (
        "Ikuti pelatihan", "Baca semua materi (2)", "Lulus: Kuis loket", "nilai minimal 70, 3 percobaan",
        "Raja Fauziah Hanim", "UU 25/2009", "CC BY-SA 4.0", "JP pelatihan ini belum disetujui.",
        "Menyapa warga",
    ):  # fmt: skip
        assert words in text
    assert "RAHASIA" not in text


def test_approved_hours_need_no_note(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    approve_hours(session, course, 1, by=cast.bkpsdm.id, now=NOW)
    session.commit()
    text = page(sign_in(client, cast.learner), f"/courses/{SLUG}")
    assert "belum disetujui" not in text
    approve_hours(session, course, 2, by=cast.bkpsdm.id, now=NOW)
    session.commit()
    assert "Yang disetujui 2 JP." in page(client, f"/courses/{SLUG}")


def test_joining_leads_to_the_first_lesson(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.learner)
    response = client.post(f"/courses/{SLUG}/enrollment")
    assert response.status_code == 303
    assert response.location == f"/courses/{SLUG}/lessons/menyapa"
    assert session.scalars(select(Enrollment.user_id)).all() == [cast.learner.id]
    assert "Mulai" in page(client, f"/courses/{SLUG}")


def test_who_has_begun_sees_the_own_version_and_that_there_is_a_newer_one(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    act(enroll_in(session, cast.learner, now=NOW), "menyapa", now=NOW)
    session.commit()
    put(session, edited())
    assert "Anda memakai versi 1. Versi 2 terbit" in page(sign_in(client, cast.learner), f"/courses/{SLUG}")
    assert "Anda membaca versi" not in page(sign_in(client, cast.colleague), f"/courses/{SLUG}")


def test_an_unpublished_or_archived_course_is_not_there(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    enroll_in(session, cast.learner, now=NOW)
    course.archived_at = NOW
    session.commit()
    page(sign_in(client, cast.stranger), f"/courses/{SLUG}", 404)
    page(client, "/courses/tiada", 404)
    page(sign_in(client, cast.learner), f"/courses/{SLUG}")


def test_an_address_with_a_nul_is_refused_politely(client: FlaskClient, cast: Cast, course: Course) -> None:
    assert sign_in(client, cast.learner).get("/courses/a%00b").status_code in {400, 404}
