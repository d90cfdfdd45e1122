"""The blueprint of a course, and wrong answers that become accepted ones of the draft."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.queries import draft_bundle, version_bundle
from lms.domain.quizzes.actions import close
from tests.cast import NOW, Cast, sign_in
from tests.course_files import broken
from tests.courses import RIGHT, SLUG, enroll_in, make_bundle
from tests.learning import answered_attempt, course_of
from tests.web.hr.desk import text_of

PAGE = f"/trainer/courses/{SLUG}/questions"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, session: Session, cast: Cast) -> FlaskClient:
    """The trainer; three learners have handed in, two with the same slip of the pen."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    slips = ["Standar oprasional prosedur", "standar  oprasional prosedur", "prosedur kerja"]
    for user, slip in zip((cast.learner, cast.colleague, cast.stranger), slips, strict=True):
        answers = {**RIGHT, "k-10": slip, "k-05": "lapor"}
        attempt = answered_attempt(session, enroll_in(session, user, now=NOW), now=NOW, answers=answers)
        close(session, attempt, now=NOW, by="learner")
    session.commit()
    return sign_in(client, cast.trainer)


def test_the_blueprint_says_what_papers_are_made_of(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    page = trainer.get(f"{PAGE}/blueprint").text
    for words in ("Kuis loket", "Ujian akhir", "Setiap kompetensi dan modul diuji", "Benar atau salah",
                  "M.5:2", "dari jawaban atas 10 dari 10 soal", "belum diketahui"):  # fmt: skip
        assert words in page, words
    files = make_bundle()
    files["01-loket/03-kuis.md"] = files["01-loket/03-kuis.md"].replace(b" kompetensi=M.5:2", b"")
    save_draft(session, course_of(session), files, by=cast.trainer.id, now=NOW)
    session.commit()
    assert "Belum diuji di kuis mana pun: M.5:2" in trainer.get(f"{PAGE}/blueprint").text
    asked = "".join(
        f"## Undian {at} {{#u-{at}}}\n\nBenar?\n\n- [x] Benar\n- [ ] Salah\n\n" for at in range(1, 5)
    )
    files["bank/undian.md"] = f"---\njenis: bank\nid: undian\njudul: Undian\n---\n\n{asked}".encode()
    files["01-loket/03-kuis.md"] += b"\n" + b"# Undian {ambil=2 dari=bank/undian wajib=u-1 kecuali=u-3}\n"
    save_draft(session, course_of(session), files, by=cast.trainer.id, now=NOW)
    session.commit()
    table = text_of(trainer.get(f"{PAGE}/blueprint")).partition("Tidak ditanyakan")[2]
    assert "Undian 2 3 u-1 u-3 yang belum pernah dilihat lebih dahulu" in table
    save_draft(session, course_of(session), broken(), by=cast.trainer.id, now=NOW)
    session.commit()
    page = trainer.get(f"{PAGE}/blueprint").text
    assert "Belum ada teks yang dapat dibaca" in page and "kursus.md:15" in page


def test_a_near_miss_is_accepted_in_the_draft_alone(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    page = trainer.get(f"{PAGE}/near-misses").text
    assert (
        "Standar oprasional prosedur" in page and "2 kali" in page and "satu atau dua huruf berbeda" in page
    )
    assert "prosedur kerja" not in page
    assert "hanya tanda baca" in page and "3 kali" in page
    form = {"key": "k-10", "text": "Standar oprasional prosedur"}
    assert trainer.post(f"{PAGE}/near-misses", data=form).status_code == 303
    session.expire_all()
    course = course_of(session)
    text = (draft_bundle(session, course.id) or {})["01-loket/03-kuis.md"].decode()
    assert "- = standar operasional prosedur\n- = Standar oprasional prosedur\n" in text
    assert course.live_version_id is not None
    live = version_bundle(session, course.live_version_id)["01-loket/03-kuis.md"]
    assert live == make_bundle()["01-loket/03-kuis.md"]
    assert "diterima di draf" in trainer.get(f"{PAGE}/near-misses").text
    assert "oprasional" not in trainer.get(f"{PAGE}/near-misses").text
    assert trainer.post(f"{PAGE}/near-misses", data=form).status_code == 422
    other = sign_in(trainer.application.test_client(), cast.other_trainer)
    assert other.post(f"{PAGE}/near-misses", data=form).status_code == 404
