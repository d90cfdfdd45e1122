"""Questions inside a lesson: answered at once, kept for the person, the key never before the answer."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms.domain.catalog.actions import publish
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import CheckAnswer, LessonProgress
from tests.cast import NOW, Cast, sign_in
from tests.course_files import LESSON, with_checks
from tests.courses import SLUG, enroll_in
from tests.taking import MINUTE, at

PAGE = f"/courses/{SLUG}/lessons/menyapa"
CHECK = f"{PAGE}/checks/c-01"
NUMBER = f"{PAGE}/checks/c-02"
FRAGMENT = {"X-Fragment": "1"}


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner who follows the course with questions in its first lesson."""
    made = publish(session, SLUG, with_checks(), home="desk", by=cast.trainer.id, now=NOW)
    assert made.version is not None, made.problems
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def page(client: FlaskClient, address: str = PAGE) -> str:
    answer = at(client, "GET", address)
    assert answer.status_code == 200
    return answer.text


def answered(client: FlaskClient, address: str = CHECK, **fields: str) -> TestResponse:
    return at(client, "POST", address, data={name.replace("_", "-"): value for name, value in fields.items()})


def kept(session: Session, key: str = "c-01") -> CheckAnswer | None:
    session.rollback()
    return session.scalars(select(CheckAnswer).where(CheckAnswer.question_key == key)).one_or_none()


def test_before_an_answer_the_page_asks_and_gives_nothing_away(learner: FlaskClient) -> None:
    text = page(learner)
    assert text.index("ramah") < text.index("Menyapa dan menanyakan") < text.index("terima kasih")
    assert text.count("data-check ") + text.count("data-check\n") == 2
    assert "RAHASIA" not in text and "Masih ada 2 soal" in text
    assert text.index("Bayangkan Anda") < text.index("Mulailah dengan salam")
    assert 'name="q-c-02"' in text


@pytest.mark.parametrize(
    ("choice", "word", "said", "hidden"),
    [
        ("o1", "Benar.", ["RAHASIA-cek-tepat", "RAHASIA-cek-bahas"], ["RAHASIA-cek-salah"]),
        ("o2", "Belum tepat.", ["RAHASIA-cek-salah", "Lihat jawaban dan pembahasan"], ["RAHASIA-cek-tepat"]),
    ],
)
def test_the_answer_is_judged_at_once_with_the_feedback_of_the_choice(
    learner: FlaskClient, choice: str, word: str, said: list[str], hidden: list[str]
) -> None:
    answer = answered(learner, q_c_01=choice)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}#soal-c-01")
    text = page(learner)
    assert word in text and all(part in text for part in said)
    assert not [part for part in [*hidden, "RAHASIA-cek-hitung", "RAHASIA-cek-delapan"] if part in text]


def test_the_script_gets_the_question_alone(learner: FlaskClient, session: Session) -> None:
    reply = at(learner, "POST", CHECK, data={"q-c-01": "o2"}, headers=FRAGMENT)
    assert reply.status_code == 200 and "<html" not in reply.text
    assert "RAHASIA-cek-salah" in reply.text and "Masih ada 1 soal" in reply.text
    fresh = at(learner, "GET", CHECK, headers=FRAGMENT)
    assert "RAHASIA" not in fresh.text and 'name="q-c-01"' in fresh.text and "<html" not in fresh.text
    assert at(learner, "GET", CHECK).location == f"{PAGE}?again=c-01#soal-c-01"


def test_once_more_shows_the_form_and_keeps_what_was_answered(learner: FlaskClient, session: Session) -> None:
    answered(learner, q_c_01="o2")
    text = page(learner, f"{PAGE}?again=c-01")
    assert "RAHASIA" not in text and 'name="q-c-01"' in text
    at(learner, "POST", CHECK, MINUTE, data={"q-c-01": "o1"})
    row = kept(session)
    assert row is not None
    assert (row.answer, row.fraction, row.count) == ("o1", 1.0, 2)
    assert (row.first_at, row.last_at) == (NOW, NOW + MINUTE)


def test_a_blank_answer_is_asked_for_and_not_kept(learner: FlaskClient, session: Session) -> None:
    answer = answered(learner)
    assert answer.location == f"{PAGE}?again=c-01&blank=1#soal-c-01"
    assert "Jawab dahulu" in page(learner, f"{PAGE}?again=c-01&blank=1")
    assert "Jawab dahulu" in at(learner, "POST", CHECK, headers=FRAGMENT).text
    assert answered(learner, q_c_01="o9").status_code == 303
    assert kept(session) is None


def test_a_number_that_cannot_be_read_comes_back_as_typed_and_does_not_count(
    learner: FlaskClient, session: Session
) -> None:
    answered(learner, NUMBER, q_c_02="tujuh")
    text = page(learner)
    assert 'value="tujuh"' in text and "tidak terbaca" in text and "RAHASIA" not in text
    row = kept(session, "c-02")
    assert row is not None and (row.fraction, row.count) == (None, 0)
    assert "Masih ada 2 soal" in text
    answered(learner, NUMBER, q_c_02="8")
    assert "RAHASIA-cek-delapan" in page(learner)


def test_a_question_with_several_fields_waits_for_all_of_them(
    app: Flask, session: Session, cast: Cast, client: FlaskClient
) -> None:
    files = with_checks()
    pairs = b"## Pasangan {#c-03}\n\nJodohkan.\n\n- Pagi -> Selamat pagi\n- Malam -> Selamat malam\n\n:::\n"
    files[LESSON] = files[LESSON].replace(b"\n:::\n", b"\n" + pairs, 1)
    assert publish(session, SLUG, files, home="desk", by=None, now=NOW).version is not None
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    learner = sign_in(client, cast.learner)
    text = page(learner)
    names = dict.fromkeys(re.findall(r'name="(q-c-03:\w+)"', text))
    values = dict.fromkeys(re.findall(r'<option value="(\w+)"', text))
    one, two = names
    address = f"{PAGE}/checks/c-03"
    at(learner, "POST", address, data={one: [*values][0]})
    row = kept(session, "c-03")
    assert row is not None and (row.fraction, row.count) == (None, 0)
    assert "Isi setiap bagian" in page(learner) and " selected" in page(learner)
    at(learner, "POST", address, data={one: [*values][0], two: [*values][1]})
    text = page(learner)
    assert ("Benar." in text) != ("Belum tepat." in text)


def test_answers_are_there_on_another_device_and_for_nobody_else(
    app: Flask, learner: FlaskClient, session: Session, cast: Cast
) -> None:
    enroll_in(session, cast.colleague, now=NOW)
    session.commit()
    answered(learner, q_c_01="o2")
    device = sign_in(app.test_client(), cast.learner)
    assert "RAHASIA-cek-salah" in page(device)
    colleague = sign_in(app.test_client(), cast.colleague)
    assert "RAHASIA" not in page(colleague)
    answered(colleague, q_c_01="o1")
    assert "RAHASIA-cek-tepat" not in page(device)


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}/checks/k-01",
        f"/courses/{SLUG}/lessons/berkas/checks/c-01",
        f"/courses/{SLUG}/lessons/tiada/checks/c-01",
    ],
)
def test_a_question_of_another_place_is_not_found(learner: FlaskClient, address: str) -> None:
    assert answered(learner, address, q_c_01="o1").status_code == 404
    assert at(learner, "GET", address).status_code == 404


def test_strangers_and_those_who_left_find_nothing(
    app: Flask, learner: FlaskClient, session: Session, cast: Cast
) -> None:
    stranger = sign_in(app.test_client(), cast.stranger)
    assert answered(stranger, q_c_01="o1").status_code == 404
    session.scalars(select(Enrollment)).one().withdrawn_at = NOW
    session.commit()
    assert answered(learner, q_c_01="o1").status_code == 404
    assert kept(session) is None


def test_the_lesson_is_done_after_every_question_was_answered_right_or_wrong(
    learner: FlaskClient, session: Session
) -> None:
    answered(learner, q_c_01="o2")
    refused = at(learner, "POST", f"{PAGE}/completion")
    assert refused.location == f"{PAGE}#soal-c-02"
    assert "Masih ada 1 soal" in page(learner)
    answered(learner, NUMBER, q_c_02="8")
    done = at(learner, "POST", f"{PAGE}/completion")
    assert done.location == f"/courses/{SLUG}/lessons/berkas"
    session.rollback()
    row = session.scalars(select(LessonProgress).where(LessonProgress.lesson_key == "menyapa")).one()
    assert row.finished_at == NOW


def test_the_list_of_parts_says_what_the_lesson_asks_for(learner: FlaskClient) -> None:
    assert "bila soal di dalamnya sudah dijawab" in page(learner, f"/courses/{SLUG}/progress")


def test_a_lesson_without_questions_shows_nothing_of_them(learner: FlaskClient) -> None:
    with_questions, without = page(learner), page(learner, f"/courses/{SLUG}/lessons/berkas")
    assert "data-check" in with_questions and "data-check" not in without
    assert with_questions.count("/static/lesson.") == without.count("/static/lesson.") == 2  # style, script


def test_the_trainer_sees_questions_in_the_preview_and_the_key_on_request(
    app: Flask, learner: FlaskClient, cast: Cast
) -> None:
    trainer = sign_in(app.test_client(), cast.trainer)
    preview = f"/trainer/courses/{SLUG}/preview/live/menyapa"
    assert "Menyapa dan menanyakan" in page(trainer, preview) and "RAHASIA" not in page(trainer, preview)
    assert "RAHASIA-cek-bahas" in page(trainer, f"{preview}?key=1")


def test_the_law_stands_under_the_lesson_and_with_the_answer_of_a_question(learner: FlaskClient) -> None:
    assert page(learner).count("Dasar hukum:") == page(learner).count("UU 25/2009 ps 34") == 1
    answered(learner, q_c_01="o1")
    assert "RAHASIA-cek-dasar" in page(learner)
