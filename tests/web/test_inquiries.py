"""Questions at places of a lesson: who may ask, answer and read; what a new version does to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import Course, CourseMember
from lms.domain.inquiries.models import Inquiry
from lms.domain.notices.models import Notice
from tests.cast import NOW, Cast, sign_in, trains_no_more
from tests.course_files import edited
from tests.courses import SLUG, enroll_in, make_bundle

PAGE = f"/courses/{SLUG}/lessons/menyapa"
ASK = f"{PAGE}/ask"
DESK = "/trainer/inquiries"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """The small course with two learners; the other trainer reviews it."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    found = session.scalars(select(Course)).one()
    session.add(CourseMember(course_id=found.id, user_id=cast.other_trainer.id, role="reviewer"))
    for user in (cast.learner, cast.colleague):
        enroll_in(session, user, now=NOW)
    session.commit()
    return found


def place(client: FlaskClient) -> str:
    """The place of the paragraph that the edited course changes."""
    found = re.search(r'<p data-at="([0-9a-f-]+)">[^<]*ramah', client.get(PAGE).text)
    assert found is not None
    return found[1]


def ask(
    client: FlaskClient, at: str, text: str = "Mengapa harus tersenyum <b>?", kind: str = "question"
) -> int:
    return client.post(ASK, data={"place": at, "kind": kind, "text": text}).status_code


def newest(session: Session) -> Inquiry:
    session.rollback()
    return session.scalars(select(Inquiry).order_by(Inquiry.id.desc())).first()  # type: ignore[return-value]


def kinds_told(session: Session, user_id: int) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Notice.kind).where(Notice.user_id == user_id).order_by(Notice.id)))


def test_a_question_is_answered_once_read_by_all_learners_and_becomes_text(
    client: FlaskClient, session: Session, cast: Cast, course: Course, app: Flask
) -> None:
    learner, other = sign_in(client, cast.learner), sign_in(app.test_client(), cast.colleague)
    trainer = sign_in(app.test_client(), cast.trainer)
    at = place(learner)
    assert f'<option selected value="{at}">' in learner.get(f"{ASK}?place={at}").text
    for wrong in ("", "0000000000"):
        assert ask(learner, wrong) == 422
    assert ask(learner, at, "  ") == ask(learner, at, "x" * 1001) == ask(learner, at, kind="spam") == 422
    for _double_click in range(2):
        assert ask(learner, at) == 303
    asked = newest(session)
    assert (asked.id, asked.asker_id) == (session.scalars(select(Inquiry.id)).one(), cast.learner.id)
    page = learner.get(PAGE).text
    assert "Mengapa harus tersenyum &lt;b&gt;?" in page and "Menunggu jawaban" in page
    assert "Mengapa harus" not in other.get(PAGE).text, "nobody else sees what waits"

    assert "Pertanyaan peserta (1)" in trainer.get(DESK).text
    shown = f"{DESK}/{asked.id}"
    assert cast.learner.name in trainer.get(shown).text
    assert kinds_told(session, cast.trainer.id) == ["inquiry.asked"]
    assert trainer.post(f"{shown}/answer", data={"answer": " "}).status_code == 422
    for words in ("Agar warga tenang.", "Agar warga tenang.", "Sekali lagi."):
        assert trainer.post(f"{shown}/answer", data={"answer": words}).status_code == 303
        told = trainer.get(shown).text
        assert ("Tidak ada yang berubah" in told) == (words == "Sekali lagi."), "a double click is one answer"
    page = other.get(PAGE).text
    assert "Agar warga tenang." in page and "Sekali lagi." not in page
    assert "Seorang peserta bertanya" in page and cast.learner.name not in page
    assert "Pertanyaan Anda sudah dijawab" in learner.get("/").text
    assert "Agar warga tenang." in learner.get("/questions").text
    assert "Pertanyaan peserta (" not in trainer.get(DESK).text
    assert learner.post(f"/questions/{asked.id}/withdrawal").status_code == 303
    assert newest(session).state == "answered", "an answered one is not taken back"

    assert trainer.post(f"{shown}/entered").status_code == 303
    assert newest(session).entered_version_id is None, "only a newer version can take it up"
    target = trainer.post(f"{shown}/text").headers["Location"]
    text = trainer.get(target).text
    assert "Mengapa harus tersenyum &lt;b&gt;?" in text and "Baris " in text
    publish(session, SLUG, edited("hormat"), home="desk", by=cast.trainer.id, now=NOW + timedelta(hours=1))
    session.commit()
    assert "tidak ada lagi di teks yang terbit" in trainer.get(shown).text
    for _double_click in range(2):
        assert trainer.post(f"{shown}/entered").status_code == 303
    assert "Sudah masuk ke materi, versi 2" in other.get(PAGE).text
    third = sign_in(app.test_client(), cast.stranger)
    enroll_in(session, cast.stranger, now=NOW)
    session.commit()
    page = third.get(PAGE).text
    assert "Tentang teks sebelumnya (1)" in page and "ramah" in page
    assert kinds_told(session, cast.learner.id) == ["inquiry.answered", "inquiry.entered"]


def test_strangers_other_trainers_and_readers_of_the_team(
    client: FlaskClient, session: Session, cast: Cast, course: Course, app: Flask
) -> None:
    learner, stranger = sign_in(client, cast.learner), sign_in(app.test_client(), cast.stranger)
    at = place(learner)
    assert ask(learner, at) == 303
    shown = f"{DESK}/{newest(session).id}"
    assert stranger.get(ASK).status_code == ask(stranger, at) == 404
    assert stranger.post(f"/questions/{newest(session).id}/withdrawal").status_code == 404
    assert stranger.get(shown).status_code == learner.get(shown).status_code == 403
    reader = sign_in(app.test_client(), cast.other_trainer)
    assert reader.get(shown).status_code == 404, "a reviewer answers only what was handed on"
    trainer = sign_in(app.test_client(), cast.trainer)
    session.add(CourseMember(course_id=course.id, user_id=cast.colleague.id, role="author"))
    session.commit()  # without a role that opens the desk
    for to in (cast.learner.id, cast.trainer.id, cast.colleague.id, "x", ""):
        trainer.post(f"{shown}/hand", data={"to": to})
    assert newest(session).handed_to is None
    assert trainer.post(f"{shown}/hand", data={"to": cast.other_trainer.id}).status_code == 303
    assert kinds_told(session, cast.other_trainer.id) == ["inquiry.handed"]
    assert reader.post(f"{shown}/text").status_code == 403
    assert reader.post(f"{shown}/answer", data={"answer": "Ya."}).status_code == 303
    assert newest(session).closed_by == cast.other_trainer.id


def test_who_trains_no_more_is_not_told_and_answers_only_what_is_handed_on(
    client: FlaskClient, session: Session, cast: Cast, course: Course, app: Flask
) -> None:
    trains_no_more(session, cast.trainer)
    learner, former = sign_in(client, cast.learner), sign_in(app.test_client(), cast.trainer)
    assert ask(learner, place(learner)) == 303
    asked = newest(session)
    assert kinds_told(session, cast.trainer.id) == []
    page = former.get(DESK).text
    assert cast.learner.name not in page and "Pertanyaan peserta (" not in page
    assert former.get(f"{DESK}/{asked.id}").status_code == 404
    assert former.post(f"{DESK}/{asked.id}/answer", data={"answer": "Ya"}).status_code == 404
    asked.handed_to = cast.trainer.id
    session.commit()
    assert former.get(f"{DESK}/{asked.id}").status_code == 200


def test_what_is_taken_back_or_declined_is_kept_and_shown_to_nobody_else(
    client: FlaskClient, session: Session, cast: Cast, course: Course, app: Flask
) -> None:
    learner, other = sign_in(client, cast.learner), sign_in(app.test_client(), cast.colleague)
    trainer, at = sign_in(app.test_client(), cast.trainer), place(client)
    ask(learner, at, "Salah ketik.", "error")
    shown = f"{DESK}/{newest(session).id}"
    assert learner.post(f"/questions/{newest(session).id}/withdrawal").status_code == 303
    assert trainer.get(shown).status_code == trainer.post(f"{shown}/answer").status_code == 404
    ask(learner, at, "Beli pulsa di sini")
    shown = f"{DESK}/{newest(session).id}"
    assert trainer.post(f"{shown}/refusal", data={"reason": ""}).status_code == 422
    assert trainer.post(f"{shown}/refusal", data={"reason": "Iklan."}).status_code == 303
    own = learner.get("/questions").text
    assert "Iklan." in own and PAGE in own
    assert learner.post(f"/courses/{SLUG}/enrollment/withdrawal").status_code == 303
    own = learner.get("/questions").text
    assert "Iklan." in own and PAGE not in own, "no link to a lesson that does not open any more"
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    for client in (learner, other):
        assert "Beli pulsa" not in client.get(PAGE).text and "Salah ketik." not in client.get(PAGE).text
    assert "Beli pulsa" in trainer.get(f"{DESK}?state=closed").text
    with pytest.raises(DatabaseError):
        newest(session).text = "Lain"
        session.flush()
    session.rollback()


def test_many_at_one_place_flag_the_lesson_and_one_person_does_not_flood(
    client: FlaskClient, session: Session, cast: Cast, course: Course, app: Flask
) -> None:
    learner, trainer = sign_in(client, cast.learner), sign_in(app.test_client(), cast.trainer)
    at = place(learner)
    for number in range(2):
        ask(learner, at, f"Pertanyaan {number}")
    assert "Banyak yang bertanya" not in trainer.get("/trainer/courses").text
    ask(sign_in(app.test_client(), cast.colleague), at, "Pertanyaan 2")
    assert "Banyak yang bertanya di satu bagian" in trainer.get("/trainer/courses").text
    assert "3 pertanyaan tentang bagian yang sama" in trainer.get(f"/trainer/courses/{SLUG}").text
    assert [ask(learner, at, f"Pertanyaan {number}") for number in range(10, 19)] == [303] * 8 + [409]
    for number in range(9):
        ask(learner, at, f"Lagi {number}")
    answer = learner.post(ASK, data={"place": at, "kind": "question", "text": "Yang terakhir"})
    assert answer.status_code == 429 and "Yang terakhir" in answer.text
