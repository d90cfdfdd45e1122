"""What a quiz is for decides how often it is taken, what counts, and when its key is shown."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.content.bundle import Bundle
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import Course, CourseMember
from tests.cast import NOW, Cast, sign_in
from tests.courses import EXAM_KEYS, RIGHT, SLUG, enroll_in, make_bundle, publish_course, quiz_text
from tests.taking import EXAM, MINUTE, QUIZ, at, begin, form

PRETEST = f"/courses/{SLUG}/quizzes/prates-loket"
QUESTION = "\n## Awal {#p-01}\n\nSapaan dahulu?\n\n- [x] Benar\n- [ ] Salah\n  > RAHASIA-prates.\n"
SECOND = QUESTION.replace("p-01", "p-02")


def bundle(**exam: str) -> Bundle:
    files = make_bundle(exam=exam)
    files["00-prates.md"] = quiz_text(
        "prates-loket", "Prates", "prates", QUESTION + SECOND, tampil_jawaban="setelah-kumpul"
    ).encode()
    return files


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A learner of a course with a pre-test, a quiz and an exam."""
    made = publish(session, SLUG, bundle(), home="desk", by=None, now=NOW)
    assert made.version is not None, made.problems
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def take(client: FlaskClient, quiz: str, answers: dict[str, object]) -> str:
    attempt = begin(client, quiz)
    data = {**form(answers), "confirmed": "1"}
    return str(at(client, "POST", f"{attempt}/submission", MINUTE, data=data).location)


RIGHT_IN_EXAM: dict[str, object] = {"u-01": "o1", "u-02": "o1", "u-03": "o1", "u-04": "15"}


def test_a_pretest_is_taken_once_says_so_and_blocks_nothing(learner: FlaskClient) -> None:
    start = at(learner, "GET", PRETEST).text
    assert "Prates: satu kali" in start and "boleh dilewati" in start and "Sisa 1 percobaan" in start
    assert at(learner, "GET", f"/courses/{SLUG}/lessons/menyapa").status_code == 200
    take(learner, PRETEST, {"p-01": "o2", "p-02": "o1"})
    again = at(learner, "POST", f"{PRETEST}/attempts", 2 * MINUTE)
    assert again.location == PRETEST


def test_the_key_of_a_pretest_waits_for_the_exam(learner: FlaskClient) -> None:
    result = take(learner, PRETEST, {"p-01": "o2", "p-02": "o1"})
    text = at(learner, "GET", result).text
    assert "50 dari 100" in text and "RAHASIA-prates" not in text and "Keliru" not in text
    assert "setelah ujian pelatihan ini dikumpulkan" in text
    take(learner, EXAM, RIGHT_IN_EXAM)
    assert "RAHASIA-prates" in at(learner, "GET", result).text


def test_before_and_after_stand_side_by_side_with_the_gain(learner: FlaskClient) -> None:
    take(learner, PRETEST, {"p-01": "o2", "p-02": "o1"})
    result = take(learner, EXAM, {**RIGHT_IN_EXAM, "u-01": "o2", "u-02": "o2", "u-03": "o2"})
    text = at(learner, "GET", result).text
    assert "Prates 50 → Ujian 60" in text and "Anda menambah 20 %" in text  # (60 - 50) / (100 - 50)


def test_without_a_pretest_nothing_is_said_of_a_gain(learner: FlaskClient) -> None:
    assert "Prates" not in at(learner, "GET", take(learner, EXAM, RIGHT_IN_EXAM)).text.split("<main")[1]


def test_the_answers_show_when_no_attempt_is_left(session: Session, cast: Cast, client: FlaskClient) -> None:
    publish_course(session, now=NOW, quiz={"percobaan": "2"})
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    learner = sign_in(client, cast.learner)
    assert "bila percobaan sudah habis" in at(learner, "GET", QUIZ).text
    first = at(learner, "GET", take(learner, QUIZ, {"k-01": "o1"})).text
    assert "RAHASIA-bahas-1" not in first
    last = at(learner, "GET", take(learner, QUIZ, {"k-01": "o1"})).text
    assert "Belum lulus" in last and "RAHASIA-bahas-1" in last


def test_practice_is_never_limited_and_never_counts(
    session: Session, cast: Cast, client: FlaskClient
) -> None:
    files = make_bundle(completion="semua-materi, kuis-loket")
    path = "01-loket/03-kuis.md"
    files[path] = (
        files[path].replace(b"guna: kuis", b"guna: latihan").replace(b"percobaan: 3", b"percobaan: 1")
    )
    made = publish(session, SLUG, files, home="desk", by=None, now=NOW)
    assert made.version is not None
    assert {"practice_limit", "completion_practice"} <= {item.code for item in made.problems}
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    learner = sign_in(client, cast.learner)
    text = at(learner, "GET", QUIZ).text
    assert "Latihan: boleh diulang sesuka Anda" in text
    take(learner, QUIZ, RIGHT)
    take(learner, QUIZ, {"k-01": "o1"})
    assert "0 dari 2 bagian selesai" in at(learner, "GET", f"/courses/{SLUG}/progress").text


def test_the_next_attempt_has_an_exact_time(learner: FlaskClient) -> None:
    assert EXAM_KEYS["jeda_jam"] == "1"
    take(learner, EXAM, {"u-01": "o2"})
    text = at(learner, "GET", EXAM, 2 * MINUTE).text
    assert "24 November 2026" in text and "11.01" in text and "1 jam" in text
    assert "Ujian: menguji seluruh pelatihan." in text


def test_the_list_of_parts_names_the_uses(learner: FlaskClient) -> None:
    for address in (f"/courses/{SLUG}", f"/courses/{SLUG}/progress"):
        text = at(learner, "GET", address).text
        assert "Prates, satu kali, boleh dilewati." in text and "Ujian." in text


def test_the_trainer_sees_the_gain_of_those_with_both(
    app: Flask, learner: FlaskClient, session: Session, cast: Cast
) -> None:
    session.add(CourseMember(course_id=session.query(Course).one().id, user_id=cast.trainer.id, role="owner"))
    session.commit()
    trainer, page = sign_in(app.test_client(), cast.trainer), f"/trainer/courses/{SLUG}/results"
    take(learner, PRETEST, {"p-01": "o2", "p-02": "o1"})
    assert "Prates 50" not in at(trainer, "GET", page).text
    take(learner, EXAM, {"u-04": "15"})
    text = at(trainer, "GET", page).text
    assert "Prates 50 → Ujian 60" in text and "rata-rata 1 peserta" in text
    assert "Kenaikan ternormalisasi: 20 %" in text
