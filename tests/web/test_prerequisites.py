"""Courses to be done before another one: asked for when somebody joins, never after."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import save_draft, set_member
from lms.domain.enrollments.actions import publish_course
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import asking_back
from tests.cast import NOW, Cast, sign_in
from tests.course_files import named
from tests.courses import SLUG, enroll_in, make_bundle
from tests.learning import complete, course_of, office_of

NEXT = "layanan-lanjut"
PAGE = f"/courses/{NEXT}"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of the learner; the second course asks for the first, for one not here, and for itself."""
    files = named(NEXT)
    asked = f"prasyarat: [{SLUG}, tiada, {NEXT}]".encode()
    files["kursus.md"] = files["kursus.md"].replace(b"prasyarat: []", asked)
    for slug, bundle in ((SLUG, make_bundle()), (NEXT, files)):
        assert publish_course(session, slug, bundle, home="disk", by=None, now=NOW).version is not None
    session.commit()
    return sign_in(client, cast.learner)


def enrolments(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Enrollment)) or 0


def test_joining_is_refused_with_the_way_to_what_is_missing(learner: FlaskClient, session: Session) -> None:
    answer = learner.post(f"{PAGE}/enrollment", follow_redirects=True)
    assert answer.request.path == PAGE
    assert (
        "Selesaikan dahulu: Layanan di loket. Setelah itu Anda dapat mengikuti pelatihan ini." in answer.text
    )
    assert enrolments(session) == 0


def test_the_page_shows_the_state_of_each_in_place_of_the_button(
    learner: FlaskClient, session: Session, cast: Cast
) -> None:
    text = learner.get(PAGE).text
    assert "Selesaikan dahulu 1 pelatihan" in text and "Belum dimulai" in text
    assert f'href="/courses/{SLUG}"' in text and "Tidak tersedia di sini, tidak diminta" in text
    assert f'action="{PAGE}/enrollment"' not in text
    enroll_in(session, cast.learner, now=NOW)
    text = learner.get(PAGE).text
    assert "Sedang berjalan" in text and "Lanjutkan: Layanan di loket" in text


def test_who_completed_them_joins(learner: FlaskClient, session: Session, cast: Cast, app: Flask) -> None:
    complete(session, cast.learner, office_of(app, session), now=NOW)
    assert f'action="{PAGE}/enrollment"' in learner.get(PAGE).text
    assert learner.post(f"{PAGE}/enrollment").status_code == 303
    assert enrolments(session) == 2


def test_nobody_in_the_course_is_asked_again(learner: FlaskClient, session: Session, cast: Cast) -> None:
    """Whom the office enrolled learns on, also after leaving the course for a while."""
    enroll_in(session, cast.learner, now=NOW, slug=NEXT)
    session.commit()
    assert learner.get(f"{PAGE}/lessons/menyapa").status_code == 200
    learner.post(f"{PAGE}/enrollment/withdrawal")
    assert f'action="{PAGE}/enrollment"' in learner.get(PAGE).text
    assert learner.post(f"{PAGE}/enrollment").headers["Location"] == f"{PAGE}/lessons/menyapa"
    assert enrolments(session) == 1


def test_courses_that_ask_for_each_other_are_told_and_lock_nobody(
    learner: FlaskClient, session: Session, cast: Cast
) -> None:
    files = make_bundle()
    asked = f"prasyarat: [{NEXT}]".encode()
    files["kursus.md"] = files["kursus.md"].replace(b"prasyarat: []", asked)
    course = course_of(session)
    course.home = "desk"
    set_member(session, course, cast.trainer, "owner", by=None, now=NOW)
    save_draft(session, course, files, by=cast.trainer.id, now=NOW)
    session.commit()
    sign_in(learner, cast.trainer)
    desk = f"/trainer/courses/{SLUG}/draft"
    page = learner.get(desk).text
    assert "Pelatihan yang saling meminta" in page
    [seen] = set(re.findall(r'name="seen"[^>]*value="([0-9a-f]{64})"', page))
    told = learner.post(f"{desk}/publication", data={"seen": seen}, follow_redirects=True).text
    assert "balik meminta pelatihan ini" in told
    sign_in(learner, cast.learner)
    text = learner.get(f"/courses/{SLUG}").text
    assert "Saling meminta, jadi tidak diminta" in text
    for slug in (SLUG, NEXT):
        assert f'action="/courses/{slug}/enrollment"' in learner.get(f"/courses/{slug}").text
        assert learner.post(f"/courses/{slug}/enrollment").headers["Location"].endswith("/lessons/menyapa")


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from("abcde"), max_size=3), max_size=5),
    st.sampled_from("abcde"),
)
@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
def test_whatever_is_still_asked_for_can_be_done_first(asked: dict[str, list[str]], slug: str) -> None:
    """Without the circular ones no way leads back to the course."""
    left = [one for one in asked.get(slug, []) if one not in asking_back(slug, asked) and one != slug]
    seen: set[str] = set()
    while left:
        one = left.pop()
        assert one != slug
        if one not in seen:
            seen.add(one)
            left += asked.get(one, [])
