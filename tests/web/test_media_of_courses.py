"""Pictures in several widths, sound and film of courses: who gets them, in parts, and without hidden data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.catalog.actions import publish
from tests.cast import NOW, Cast, sign_in
from tests.course_files import LESSON
from tests.courses import SLUG, enroll_in, make_bundle
from tests.media import SECRET, film, photo, tone

PHOTO, SOUND, FILM = photo(), tone(), film(size=700_000)
FILES = {
    "foto.jpg": PHOTO, "salam.wav": SOUND, "loket.mp4": FILM,
    "loket.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nA\n",
    "salam.txt": b"Selamat pagi.\n", "loket.png": photo(800, 450, kind="PNG"),
}  # fmt: skip
TEXT = "\n![Loket](aset/foto.jpg)\n\n![Salam](aset/salam.wav)\n\n![Antrean](aset/loket.mp4)\n"


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> None:
    """A course of the trainer whose first lesson has a picture, a sound and a film; the learner is in it."""
    files = make_bundle() | {f"aset/{name}": data for name, data in FILES.items()}
    files[LESSON] += TEXT.encode()
    made = publish(session, SLUG, files, home="disk", by=cast.trainer.id, now=NOW)
    assert made.version is not None, made.problems
    enroll_in(session, cast.learner, now=NOW)
    session.commit()


def fetch(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """The answer, read and closed: what is sent from the disk is open until then."""
    with client.get(address, headers=headers) as answer:
        answer.get_data()
    return answer


def file_url(name: str) -> str:
    return f"/courses/{SLUG}/files/{sha256(FILES[name]).hexdigest()}/aset/{name}"


def picture_url(width: int, name: str = "foto.jpg") -> str:
    return f"/courses/{SLUG}/pictures/{sha256(FILES[name]).hexdigest()}/{width}/aset/{name}"


def test_the_lesson_offers_pictures_and_players(client: FlaskClient, cast: Cast, course: None) -> None:
    text = sign_in(client, cast.learner).get(f"/courses/{SLUG}/lessons/menyapa").text
    several = f'srcset="{picture_url(480)} 480w, {picture_url(960)} 960w" width="960"'
    assert several in text and 'height="640"' in text
    assert f'<audio controls preload="none" src="{file_url("salam.wav")}"' in text
    assert f'src="{file_url("loket.vtt")}"' in text and f'poster="{picture_url(480, "loket.png")}"' in text
    assert "Suara, 12 KB, 2 detik." in text and "Video, 700 KB, 1 menit 5 detik." in text
    assert f'href="{file_url("salam.txt")}"' in text
    assert file_url("foto.jpg") not in text


@pytest.mark.parametrize(
    ("address", "width"), [(picture_url(480), 480), (picture_url(960), 960), (file_url("foto.jpg"), 1200)]
)
def test_a_photograph_never_leaves_as_it_came(
    client: FlaskClient, cast: Cast, course: None, address: str, width: int
) -> None:
    browser = sign_in(client, cast.learner)
    for _ in range(2):
        answer = fetch(browser, address)
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert SECRET.encode() not in answer.data
        assert Image.open(io.BytesIO(answer.data)).width == width
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = browser.get(address, headers={"If-None-Match": str(answer.headers["ETag"])})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("salam.wav", "audio/wav"), ("loket.mp4", "video/mp4"), ("loket.vtt", "text/vtt"),
        ("salam.txt", "application/octet-stream"),
    ],
)  # fmt: skip
def test_each_file_has_its_type(client: FlaskClient, cast: Cast, course: None, name: str, kind: str) -> None:
    answer = fetch(sign_in(client, cast.learner), file_url(name))
    assert (answer.status_code, answer.mimetype, answer.data) == (200, kind, FILES[name])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-1", slice(0, 2), "bytes 0-1/700000"),
        ("bytes=300000-", slice(300_000, None), "bytes 300000-699999/700000"),
        ("bytes=-10", slice(-10, None), "bytes 699990-699999/700000"),
    ],
)
def test_a_film_is_sent_in_parts(
    client: FlaskClient, cast: Cast, course: None, asked: str, part: slice, said: str
) -> None:
    answer = fetch(sign_in(client, cast.learner), file_url("loket.mp4"), Range=asked)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == said
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.data == FILM[part]


def test_a_part_beyond_the_end_is_refused(client: FlaskClient, cast: Cast, course: None) -> None:
    asked = {"Range": "bytes=900000-"}
    assert sign_in(client, cast.learner).get(file_url("loket.mp4"), headers=asked).status_code == 416


@pytest.mark.parametrize("address", [picture_url(480), file_url("foto.jpg"), file_url("loket.mp4")])
@pytest.mark.parametrize(
    ("person", "status"), [("learner", 200), ("trainer", 200), ("stranger", 404), ("admin", 404)]
)
def test_only_people_of_the_course_get_them(
    client: FlaskClient, cast: Cast, course: None, address: str, person: str, status: int
) -> None:
    fetch(sign_in(client, cast.learner), address)
    other = sign_in(client.application.test_client(), getattr(cast, person))
    assert fetch(other, address).status_code == status
    assert client.application.test_client().get(address).status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        picture_url(481), picture_url(99999), picture_url(480).replace("foto.jpg", "lain.jpg"),
        picture_url(480, "salam.wav"), picture_url(480).replace("/aset/foto.jpg", "/kursus.md"),
    ],
)  # fmt: skip
def test_any_other_picture_is_not_there(client: FlaskClient, cast: Cast, course: None, address: str) -> None:
    assert sign_in(client, cast.learner).get(address).status_code == 404


def test_what_was_made_may_be_thrown_away(app: Flask, client: FlaskClient, cast: Cast, course: None) -> None:
    browser = sign_in(client, cast.learner)
    first = browser.get(picture_url(480)).data
    made = Path(app.instance_path) / "made"
    assert len(list(made.iterdir())) == 1
    for path in made.iterdir():
        path.unlink()
    assert browser.get(picture_url(480)).data == first
