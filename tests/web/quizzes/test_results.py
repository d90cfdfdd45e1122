"""What a result shows, and what it never shows before the rule of the quiz allows it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import publish
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, enroll_in, make_bundle, publish_course
from tests.taking import QUIZ, at, begin, form, row


def take(client: FlaskClient, answers: dict[str, object], quiz: str = QUIZ) -> str:
    attempt = begin(client, quiz)
    at(client, "POST", f"{attempt}/submission", data={**form(answers), "confirmed": "1"})
    return at(client, "GET", f"{attempt}/result").text


def test_before_passing_remarks_are_shown_and_the_key_is_not(learner: FlaskClient) -> None:
    text = take(learner, {"k-01": "o1", "k-02": ["o1"], "k-04": "12"})
    assert "Belum lulus: 9 dari 100" in text and "Sisa 2 percobaan" in text
    assert "RAHASIA-balik" in text and "RAHASIA-dua-belas" in text and "RAHASIA-sebagian" in text
    for key in (
        "RAHASIA-bahas",
        "RAHASIA-dasar",
        "RAHASIA-tepat",
        "Menjelaskan berkas",
        "jawaban yang benar",
        "SP4N",
        "operasional",
    ):
        assert key not in text
    assert "Baca lagi: Memeriksa berkas" in text and text.count("btn-gold") == 1


def test_after_passing_everything_is_shown(learner: FlaskClient) -> None:
    text = take(learner, {**RIGHT, "k-01": "o1", "k-05": "salah"})
    assert "Lulus: 81,8 dari 100" in text
    assert "RAHASIA-bahas-1" in text and "Menjelaskan berkas yang kurang" in text
    assert '<b>Dasar hukum:</b> <span lang="id">RAHASIA-dasar UU 25/2009</span>' in text
    assert "LAPOR!" in text and "(jawaban yang benar)" in text
    assert text.count("btn-gold") == 1


def test_passing_later_opens_the_key_of_earlier_attempts(learner: FlaskClient, session: Session) -> None:
    take(learner, {"k-01": "o1"})
    take(learner, RIGHT)
    text = at(learner, "GET", "/attempts/1/result").text
    assert "Belum lulus" in text and "RAHASIA-bahas-1" in text and "lulus di percobaan lain" in text


@pytest.mark.parametrize(
    ("rule", "shown", "hidden"),
    [
        ("setelah-kumpul", ["RAHASIA-bahas-1", "RAHASIA-balik", "Menjelaskan berkas"], []),
        ("langsung", ["RAHASIA-bahas-1", "RAHASIA-balik"], []),
        ("tidak", ["Belum lulus"], ["RAHASIA", "Keliru", "Warga datang dengan berkas"]),
    ],
)
def test_rule_of_the_quiz_decides(
    session: Session, cast: Cast, client: FlaskClient, rule: str, shown: list[str], hidden: list[str]
) -> None:
    publish_course(session, now=NOW, quiz={"tampil_jawaban": rule})
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    text = take(sign_in(client, cast.learner), {"k-01": "o1"})
    assert all(part in text for part in shown) and not any(part in text for part in hidden)


def test_typed_text_is_never_markup(learner: FlaskClient) -> None:
    nasty = '<img src=x onerror="alert(1)">'
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/responses", data=form({"k-05": nasty, "k-04": nasty}))
    assert nasty not in at(learner, "GET", attempt).text
    at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert nasty not in text and "&lt;img src=x" in text


def test_result_of_an_open_attempt_is_the_paper(learner: FlaskClient) -> None:
    attempt = begin(learner)
    assert at(learner, "GET", f"{attempt}/result").location == attempt


def test_new_version_leaves_the_attempt_as_it_is(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    bundle = make_bundle()
    path = "01-loket/03-kuis.md"
    bundle[path] = bundle[path].replace(b"## Menyapa {#k-06}", b"## Menyapa {#k-66}")
    assert publish(session, "layanan-loket", bundle, home="desk", by=None, now=NOW).created
    session.commit()
    assert 'name="q" value="k-06"' in at(learner, "GET", attempt).text
    at(learner, "POST", f"{attempt}/submission", data=form(RIGHT))
    assert row(session, attempt).points == 11.0


def test_a_failed_result_speaks_of_one_scale(learner: FlaskClient) -> None:
    """Seven of eleven points: 63,6 of 100 against a pass mark of 70; points stand only beside that score."""
    answers = {key: value for key, value in RIGHT.items() if key not in {"k-01", "k-02", "k-03"}}
    text = " ".join(take(learner, answers).split())
    assert "Belum lulus: 63,6 dari 100" in text and "Nilai kelulusan 70; kurang 6,4." in text
    assert "63,6 dari 100, yaitu 7 dari 11 poin soal" in text
    assert text.count("dari 11 poin") == 1
