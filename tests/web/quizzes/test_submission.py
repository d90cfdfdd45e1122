"""Handing in: with everything, with gaps, twice, too late; time that is told, added and over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Grading
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, enroll_in, publish_course
from tests.taking import EXAM, MINUTE, at, begin, form, row, saved


def test_ten_answers_and_only_hand_in(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    answer = at(learner, "POST", f"{attempt}/submission", MINUTE, data=form(RIGHT))
    assert (answer.status_code, answer.location) == (303, f"{attempt}/result")
    assert saved(session, attempt) == RIGHT
    closed = row(session, attempt)
    assert (closed.points, closed.max_points, closed.passed, closed.closed_by) == (
        11.0,
        11.0,
        True,
        "learner",
    )
    assert "Lulus: 100 dari 100" in at(learner, "GET", answer.location, MINUTE).text


def test_incomplete_paper_is_asked_about_once_and_saved(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    some = {key: RIGHT[key] for key in ("k-01", "k-02", "k-03")}
    answer = at(learner, "POST", f"{attempt}/submission", data=form(some))
    assert answer.location == f"{attempt}/submission"
    assert saved(session, attempt) == some
    assert row(session, attempt).submitted_at is None
    text = at(learner, "GET", answer.location).text
    assert "7 soal belum dijawab" in text and len(set(re.findall(r"#s-\d+", text))) == 7
    final = at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    assert final.location == f"{attempt}/result"
    assert row(session, attempt).points == 4.0


def test_unreadable_answer_counts_as_open(learner: FlaskClient) -> None:
    attempt = begin(learner)
    answer = at(learner, "POST", f"{attempt}/submission", data=form({**RIGHT, "k-04": "tujuh"}))
    assert answer.location == f"{attempt}/submission"


def test_handing_in_again_changes_nothing(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    for minute, answers in enumerate((RIGHT, {**RIGHT, "k-01": "o1"}, RIGHT)):
        answer = at(learner, "POST", f"{attempt}/submission", minute * MINUTE, data=form(answers))
        assert answer.location == f"{attempt}/result"
    assert saved(session, attempt)["k-01"] == "o2"
    assert session.scalar(select(func.count(Grading.id))) == 10
    assert row(session, attempt).submitted_at == NOW


def test_closed_attempt_takes_nothing_and_says_so(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/submission", data={**form(RIGHT), "confirmed": "1"})
    alone = at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"})
    assert alone.status_code == 409
    assert alone.json is not None and "sudah dikumpulkan" in alone.json["message"]
    whole = at(learner, "POST", f"{attempt}/responses", data=form({"k-01": "o1"}))
    assert whole.location == f"{attempt}/result"
    assert at(learner, "GET", attempt).location == f"{attempt}/result"
    assert saved(session, attempt) == RIGHT


def test_handing_in_completes_the_course(learner: FlaskClient, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW, completion="kuis-loket", slug="layanan-loket")
    enroll_in(session, cast.colleague, now=NOW)
    session.commit()
    sign_in(learner, cast.colleague)
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/submission", MINUTE, data=form(RIGHT))
    session.rollback()
    enrollment = session.scalars(select(Enrollment).where(Enrollment.user_id == cast.colleague.id)).one()
    assert enrollment.completed_at == NOW + MINUTE


def test_time_is_told_and_answers_are_taken_until_it_ends(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner, EXAM)
    text = at(learner, "GET", attempt, 12 * MINUTE).text
    assert "Sampai pukul 10.30 WIB" in text and "sisa 18 menit" in text
    last = 30 * MINUTE - timedelta(seconds=1)
    assert at(learner, "POST", f"{attempt}/responses/u-04", last, data={"q-u-04": "15"}).status_code == 200
    late = at(learner, "POST", f"{attempt}/responses/u-04", 30 * MINUTE, data={"q-u-04": "1"})
    assert late.status_code == 410
    assert late.json is not None and "Waktu sudah habis" in late.json["message"]
    assert saved(session, attempt) == {"u-04": "15"}


def test_getting_a_page_closes_nothing(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner, EXAM)
    at(learner, "POST", f"{attempt}/responses/u-04", data={"q-u-04": "15"})
    assert at(learner, "GET", attempt, 40 * MINUTE).location == f"{attempt}/result"
    text = at(learner, "GET", f"{attempt}/result", 40 * MINUTE).text
    assert "Lulus: 60 dari 100" in text and "Waktu habis pukul 10.30 WIB" in text
    assert row(session, attempt).submitted_at is None


@pytest.mark.parametrize("button", ["responses", "submission", "extension"])
def test_late_form_is_closed_as_of_the_deadline_and_told(
    learner: FlaskClient, session: Session, button: str
) -> None:
    attempt = begin(learner, EXAM)
    at(learner, "POST", f"{attempt}/responses/u-04", data={"q-u-04": "15"})
    answer = at(learner, "POST", f"{attempt}/{button}", 2 * 60 * MINUTE, data=form({"u-04": "1"}))
    assert answer.location == f"{attempt}/result"
    closed = row(session, attempt)
    assert (closed.submitted_at, closed.closed_by, closed.points) == (NOW + 30 * MINUTE, "deadline", 3.0)
    assert saved(session, attempt) == {"u-04": "15"}
    assert "tidak dihitung" in at(learner, "GET", answer.location, 2 * 60 * MINUTE).text


def test_next_start_closes_what_is_overdue(learner: FlaskClient, session: Session) -> None:
    first = begin(learner, EXAM)
    second = begin(learner, EXAM, after=91 * MINUTE)
    assert second != first
    assert row(session, first).submitted_at == NOW + 30 * MINUTE


def test_time_is_added_once_and_the_form_is_kept(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner, EXAM)
    assert "Tambah 15 menit" in at(learner, "GET", attempt).text
    at(learner, "POST", f"{attempt}/extension", 29 * MINUTE, data=form({"u-04": "14"}))
    text = at(learner, "GET", attempt, 29 * MINUTE).text
    assert "Waktu habis pukul 10.45 WIB" in text and "Tambah 15 menit" not in text
    at(learner, "POST", f"{attempt}/extension", 30 * MINUTE)
    assert row(session, attempt).deadline_at == NOW + 45 * MINUTE
    assert saved(session, attempt) == {"u-04": "14"}


def test_untimed_attempt_is_taken_up_two_hours_later(
    learner: FlaskClient, session: Session, cast: Cast
) -> None:
    attempt = begin(learner)
    sign_in(learner, None)
    refused = at(learner, "POST", f"{attempt}/submission", 2 * 60 * MINUTE, data=form(RIGHT))
    assert refused.status_code == 401
    assert "standar operasional prosedur" in refused.text  # what was typed is kept on the page
    sign_in(learner, cast.learner)
    answer = at(learner, "POST", f"{attempt}/submission", 2 * 60 * MINUTE, data=form(RIGHT))
    assert answer.location == f"{attempt}/result"
    assert row(session, attempt).points == 11.0
