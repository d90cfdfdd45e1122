"""Who reaches the trainer's desk, and which course of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Draft
from tests.cast import NOW, Cast, grant, sign_in
from tests.course_files import edited
from tests.courses import SLUG, make_bundle

COURSE = f"/trainer/courses/{SLUG}"
READ = [
    "", "/draft", "/preview/live", "/preview/draft", "/preview/live/menyapa", "/results",
    "/preview/live/kuis-loket?key=1",
]  # fmt: skip
WRITE = ["/takeover", "/draft", "/draft/publication", "/draft/discard"]


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """A course of the trainer at the desk, with a draft."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    found = session.scalars(select(Course)).one()
    save_draft(session, found, edited(), by=cast.trainer.id, now=NOW)
    session.commit()
    return found


def facts(session: Session) -> tuple[object, ...]:
    course = session.execute(select(Course.home, Course.live_version_id)).one()
    drafts = session.scalar(select(func.count(Draft.id)))
    return (*course, drafts, session.scalar(select(func.count(CourseVersion.id))))


@pytest.mark.parametrize("part", READ)
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("trainer", 200), ("other_trainer", 404), ("learner", 403), ("hr_unit", 403), ("bkpsdm", 403),
        ("admin", 403), (None, 303),
    ],
)  # fmt: skip
def test_pages_of_a_course_are_for_its_members(
    client: FlaskClient, cast: Cast, course: Course, part: str, person: str | None, status: int
) -> None:
    sign_in(client, getattr(cast, person) if person else None)
    assert client.get(COURSE + part).status_code == status


@pytest.mark.parametrize("part", [*WRITE, "/exports"])
@pytest.mark.parametrize(
    ("person", "status"),
    [("other_trainer", 404), ("learner", 403), ("bkpsdm", 403), ("admin", 403), (None, 401)],
)
def test_nobody_else_changes_a_course(
    client: FlaskClient,
    session: Session,
    cast: Cast,
    course: Course,
    part: str,
    person: str | None,
    status: int,
) -> None:
    before = facts(session)
    sign_in(client, getattr(cast, person) if person else None)
    assert client.post(COURSE + part, data={"sure": "y"}).status_code == status
    assert facts(session) == before


@pytest.mark.parametrize("part", WRITE)
def test_a_reviewer_reads_and_does_not_write(
    client: FlaskClient, session: Session, cast: Cast, course: Course, part: str
) -> None:
    session.add(CourseMember(course_id=course.id, user_id=cast.stranger.id, role="reviewer"))
    grant(session, cast.stranger, "reviewer")
    session.commit()
    before = facts(session)
    sign_in(client, cast.stranger)
    assert client.post(COURSE + part, data={"sure": "y"}).status_code == 403
    assert facts(session) == before
    page = client.get(f"{COURSE}/draft").get_data(as_text=True)
    assert "Anda penelaah pelatihan ini." in page
    assert "Terbitkan pelatihan" not in page
    assert client.post(f"{COURSE}/exports", data={"what": "live"}).status_code == 200


def test_an_author_publishes(client: FlaskClient, session: Session, cast: Cast, course: Course) -> None:
    session.add(CourseMember(course_id=course.id, user_id=cast.other_trainer.id, role="author"))
    session.commit()
    sign_in(client, cast.other_trainer)
    assert "Terbitkan pelatihan" in client.get(f"{COURSE}/draft").get_data(as_text=True)


def test_the_list_holds_own_courses_alone(client: FlaskClient, cast: Cast, course: Course) -> None:
    mine = sign_in(client, cast.trainer).get("/trainer/courses").get_data(as_text=True)
    assert COURSE in mine
    assert "Draf belum terbit" in mine
    others = sign_in(client, cast.other_trainer).get("/trainer/courses").get_data(as_text=True)
    assert COURSE not in others
    assert "Belum ada pelatihan atas nama Anda" in others


def test_learners_never_see_a_draft(client: FlaskClient, cast: Cast, course: Course) -> None:
    sign_in(client, cast.learner)
    client.post(f"/courses/{SLUG}/enrollment")
    text = client.get(f"/courses/{SLUG}/lessons/menyapa").get_data(as_text=True)
    assert "ramah" in text
    assert "hormat" not in text
