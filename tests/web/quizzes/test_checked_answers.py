"""`tampil_jawaban: langsung`: one answer is checked while working, and fixed by that."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, enroll_in, publish_course
from tests.taking import MINUTE, at, begin, form, row, saved


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A learner of a course whose quiz lets answers be checked at once."""
    publish_course(session, now=NOW, quiz={"tampil_jawaban": "langsung", "acak_soal": "tidak"})
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def check(client: FlaskClient, attempt: str, key: str, answers: dict[str, object]) -> str:
    reply = at(client, "POST", f"{attempt}/responses/{key}/check", data=form(answers))
    assert reply.status_code == 303
    return str(reply.location)


def test_the_page_says_before_that_checking_fixes_the_answer(learner: FlaskClient) -> None:
    start = at(learner, "GET", "/courses/layanan-loket/quizzes/kuis-loket").text
    assert "Setiap jawaban boleh diperiksa sambil mengerjakan" in start
    paper = at(learner, "GET", begin(learner)).text
    assert paper.count("Setelah itu jawaban ini tidak dapat diubah lagi.") == 10 and "RAHASIA" not in paper


def test_checking_shows_this_key_only_and_saves_the_whole_form(
    learner: FlaskClient, session: Session
) -> None:
    attempt = begin(learner)
    place = check(learner, attempt, "k-01", {"k-01": "o1", "k-06": "o1"})
    assert place == f"{attempt}?soal=1#s-1"
    text = at(learner, "GET", place).text
    assert "RAHASIA-balik" in text and "RAHASIA-bahas-1" in text and "jawaban yang benar" in text
    assert "RAHASIA-dua-belas" not in text and "RAHASIA-sebagian" not in text and "SP4N" not in text
    assert "Sudah diperiksa" in text and 'name="q-k-01"' not in text and 'name="q-k-02"' in text
    assert saved(session, attempt) == {"k-01": "o1", "k-06": "o1"}


def test_a_checked_answer_never_changes(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    check(learner, attempt, "k-01", {"k-01": "o1"})
    alone = at(learner, "POST", f"{attempt}/responses/k-01", MINUTE, data={"q-k-01": "o2"})
    assert alone.status_code == 409 and alone.json is not None and alone.json["fixed"] is True
    assert "sudah diperiksa" in alone.json["message"]
    assert at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"}).status_code == 200
    at(learner, "POST", f"{attempt}/responses", 2 * MINUTE, data=form({"k-01": "o2", "k-03": "o2"}))
    check(learner, attempt, "k-01", {"k-01": "o2"})
    assert saved(session, attempt) == {"k-01": "o1", "k-03": "o2"}
    with pytest.raises(DBAPIError, match="response_checked"):
        session.execute(sql("UPDATE response SET answer = 'null' WHERE question_key = 'k-01'"))
    session.rollback()


def test_checked_answers_are_graded_as_they_were(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    check(learner, attempt, "k-01", {"k-01": "o1"})
    at(learner, "POST", f"{attempt}/submission", data={**form(RIGHT), "confirmed": "1"})
    assert row(session, attempt).points == 10  # of eleven: the first stayed wrong


@pytest.mark.parametrize("answers", [{}, {"k-04": "tujuh"}])
def test_what_is_not_answered_is_not_checked(
    learner: FlaskClient, session: Session, answers: dict[str, object]
) -> None:
    attempt = begin(learner)
    check(learner, attempt, "k-04", answers)
    text = at(learner, "GET", attempt).text
    assert "Jawab soalnya dahulu" in text and "Sudah diperiksa" not in text


def test_only_where_the_author_says_so_and_only_ones_own(
    app: Flask, learner: FlaskClient, cast: Cast, session: Session
) -> None:
    exam = begin(learner, "/courses/layanan-loket/quizzes/ujian-loket")
    assert "Periksa jawaban ini" not in at(learner, "GET", exam).text
    assert at(learner, "POST", f"{exam}/responses/u-01/check", data=form({"u-01": "o1"})).status_code == 404
    attempt = begin(learner)
    assert at(learner, "POST", f"{attempt}/responses/u-01/check").status_code == 404
    colleague = sign_in(app.test_client(), cast.colleague)
    assert (
        at(colleague, "POST", f"{attempt}/responses/k-01/check", data=form({"k-01": "o1"})).status_code == 404
    )
    assert saved(session, attempt) == {}
