"""Pictures and documents of courses: who gets them, and how they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish, save_draft, take_over
from lms.domain.catalog.queries import course_by_slug
from lms.domain.enrollments.actions import withdraw
from tests.cast import NOW, Cast, sign_in
from tests.course_files import PICTURE, with_picture
from tests.courses import SLUG, enroll_in

DIGEST = sha256(PICTURE).hexdigest()
ADDRESS = f"/courses/{SLUG}/files/{DIGEST}/aset/denah.svg"
PAPER = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> None:
    """A course with a picture and a paper, of the trainer; the learner is in it."""
    files = with_picture()
    files["01-loket/01-menyapa.md"] += b"\n[Lembar kerja](aset/lembar.pdf)\n"
    files["aset/lembar.pdf"] = PAPER
    assert publish(session, SLUG, files, home="disk", by=cast.trainer.id, now=NOW).version is not None
    enroll_in(session, cast.learner, now=NOW)
    session.commit()


def test_the_lesson_names_the_content_of_its_picture(client: FlaskClient, cast: Cast, course: None) -> None:
    text = sign_in(client, cast.learner).get(f"/courses/{SLUG}/lessons/menyapa").get_data(as_text=True)
    assert f'src="{ADDRESS}"' in text
    assert 'width="40"' in text
    assert 'height="20"' in text


def test_a_picture_is_sent_for_ever_and_runs_nothing(client: FlaskClient, cast: Cast, course: None) -> None:
    response = sign_in(client, cast.learner).get(ADDRESS)
    assert response.status_code == 200
    assert response.data == PICTURE
    assert response.mimetype == "image/svg+xml"
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_the_pages_keep_their_own_policy(client: FlaskClient, cast: Cast, course: None) -> None:
    page = sign_in(client, cast.learner).get(f"/courses/{SLUG}")
    assert "sandbox" not in page.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]


def test_a_drawing_travels_compressed(
    client: FlaskClient, session: Session, cast: Cast, course: None
) -> None:
    large = PICTURE.replace(b"</svg>", b"<rect width='1' height='1'/>" * 200 + b"</svg>")
    publish(session, SLUG, with_picture(data=large), home="disk", by=None, now=NOW)
    session.commit()
    address = ADDRESS.replace(DIGEST, sha256(large).hexdigest())
    response = sign_in(client, cast.trainer).get(address, headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) < len(large) / 10


def test_what_a_browser_would_open_is_saved(client: FlaskClient, cast: Cast, course: None) -> None:
    address = f"/courses/{SLUG}/files/{sha256(PAPER).hexdigest()}/aset/lembar.pdf"
    response = sign_in(client, cast.learner).get(address)
    assert response.data == PAPER
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"] == "attachment; filename=lembar.pdf"


def test_a_part_can_be_asked_for(client: FlaskClient, cast: Cast, course: None) -> None:
    response = sign_in(client, cast.learner).get(ADDRESS, headers={"Range": "bytes=0-3"})
    assert response.status_code == 206
    assert response.data == PICTURE[:4]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("learner", 200), ("trainer", 200), ("stranger", 404), ("colleague", 404), ("other_trainer", 404),
        ("bkpsdm", 404), ("admin", 404), ("hr_unit", 404),
    ],
)  # fmt: skip
def test_only_people_of_the_course_get_it(
    client: FlaskClient, cast: Cast, course: None, person: str, status: int
) -> None:
    assert sign_in(client, getattr(cast, person)).get(ADDRESS).status_code == status


def test_nobody_gets_it_without_signing_in(client: FlaskClient, course: None) -> None:
    assert client.get(ADDRESS).status_code == 303


def test_who_left_gets_it_no_more(client: FlaskClient, session: Session, cast: Cast, course: None) -> None:
    withdraw(session, enroll_in(session, cast.learner, now=NOW), now=NOW)
    session.commit()
    assert sign_in(client, cast.learner).get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS.replace(DIGEST, "0" * 64),
        ADDRESS.replace("denah.svg", "lain.svg"),
        ADDRESS.replace(SLUG, "tiada"),
        f"/courses/{SLUG}/files/{DIGEST}/kursus.md",
        f"/courses/{SLUG}/files/{DIGEST}/aset/../kursus.md",
        f"/courses/{SLUG}/files/{DIGEST}/01-loket/03-kuis.md",
    ],
)
def test_any_other_address_is_not_there(client: FlaskClient, cast: Cast, course: None, address: str) -> None:
    assert sign_in(client, cast.learner).get(address).status_code == 404


def test_sources_with_keys_are_never_sent(client: FlaskClient, cast: Cast, course: None) -> None:
    source = with_picture()["01-loket/03-kuis.md"]
    address = f"/courses/{SLUG}/files/{sha256(source).hexdigest()}/01-loket/03-kuis.md"
    for person in (cast.learner, cast.trainer):
        assert sign_in(client, person).get(address).status_code == 404


def test_a_picture_of_the_draft_is_for_its_trainers_alone(
    client: FlaskClient, session: Session, cast: Cast, course: None
) -> None:
    found = course_by_slug(session, SLUG)
    assert found is not None
    take_over(session, found, by=cast.trainer.id, now=NOW)
    new = PICTURE.replace(b"40", b"44")
    save_draft(session, found, with_picture(data=new), by=cast.trainer.id, now=NOW)
    session.commit()
    address = ADDRESS.replace(DIGEST, sha256(new).hexdigest())
    assert sign_in(client, cast.trainer).get(address).status_code == 200
    assert sign_in(client, cast.learner).get(address).status_code == 404
