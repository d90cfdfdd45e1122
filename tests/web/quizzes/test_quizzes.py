"""The page of a quiz before it is taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import publish
from lms.domain.quizzes import actions
from lms.domain.quizzes.actions import Given
from lms.domain.quizzes.models import Attempt
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, SECRETS, enroll_in, make_bundle

QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
EXAM = "/courses/layanan-loket/quizzes/ujian-loket"


def page(client: FlaskClient, address: str) -> str:
    with clock.frozen(NOW):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def begin(client: FlaskClient, quiz: str = QUIZ) -> int:
    with clock.frozen(NOW):
        answer = client.post(f"{quiz}/attempts")
    assert answer.status_code == 303
    return int(answer.location.rsplit("/", 1)[1])


def test_it_says_what_the_quiz_is(learner: FlaskClient) -> None:
    text = page(learner, QUIZ)
    assert "<h1>Kuis loket</h1>" in text
    assert "10 soal." in text and "Anda lulus dengan nilai 70 atau lebih." in text
    assert "Sisa 3 percobaan" in text and "kunci dan pembahasan tampil setelah Anda lulus" in text
    assert "30 menit" in page(learner, EXAM)


def test_one_gold_button_starts_then_goes_on(learner: FlaskClient) -> None:
    assert page(learner, QUIZ).count("btn-gold") == 1
    attempt = begin(learner)
    text = page(learner, QUIZ)
    assert text.count("btn-gold") == 1
    assert f'href="/attempts/{attempt}"' in text and "Lanjutkan" in text


def test_earlier_results_are_listed_and_used_up_attempts_explained(
    learner: FlaskClient, session: Session
) -> None:
    for _ in range(3):
        attempt = session.get_one(Attempt, begin(learner))
        actions.save_response(session, attempt, Given("k-01", "o2"), now=NOW)
        actions.close(session, attempt, now=NOW)
        session.commit()
    text = page(learner, QUIZ)
    assert text.count("Lihat hasil") == 3 and "9 dari 100" in text  # 1 of 11 points, rounded down to 9,0
    assert "Semua percobaan sudah terpakai" in text
    assert begin_refused(learner) == QUIZ


def begin_refused(client: FlaskClient, quiz: str = QUIZ) -> str:
    with clock.frozen(NOW):
        return str(client.post(f"{quiz}/attempts").location)


def test_passed_quiz_offers_the_next_step(learner: FlaskClient, session: Session) -> None:
    attempt = session.get_one(Attempt, begin(learner))
    actions.save_many(session, attempt, [Given(key, value) for key, value in RIGHT.items()], now=NOW)
    actions.close(session, attempt, now=NOW)
    session.commit()
    text = page(learner, QUIZ)
    assert "Anda lulus dengan nilai 100 dari 100" in text
    assert f'action="{QUIZ}/attempts"' not in text
    assert begin_refused(learner) == QUIZ


def test_waiting_time_is_said_with_its_end(learner: FlaskClient, session: Session) -> None:
    attempt = session.get_one(Attempt, begin(learner, EXAM))
    actions.close(session, attempt, now=NOW)
    session.commit()
    assert "24 November 2026, pukul 11.00 WIB" in page(learner, EXAM)


def test_overdue_attempt_is_shown_closed_and_not_written(learner: FlaskClient, session: Session) -> None:
    number = begin(learner, EXAM)
    with clock.frozen(NOW + timedelta(minutes=31)):
        text = learner.get(EXAM).text
    assert "ditutup saat waktu habis" in text and "Sedang berjalan" not in text
    assert session.get_one(Attempt, number, populate_existing=True).submitted_at is None


def test_locked_quiz_leads_to_what_is_missing(session: Session, cast: Cast, client: FlaskClient) -> None:
    bundle = make_bundle()
    bundle["01-loket/modul.md"] = bundle["01-loket/modul.md"].replace(b"buka: bebas", b"buka: urut")
    assert publish(session, "layanan-loket", bundle, home="desk", by=None, now=NOW).version
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    sign_in(client, cast.learner)
    assert client.get(QUIZ).status_code == 303
    assert client.post(f"{QUIZ}/attempts").status_code == 404


def test_no_key_on_the_page(learner: FlaskClient) -> None:
    text = page(learner, QUIZ)
    assert not [
        secret
        for secret in (*SECRETS, "Menjelaskan berkas yang kurang")
        if secret in text.replace("pembahasan", "")
    ]


@pytest.mark.parametrize("who", ["stranger", "trainer", "admin", None])
def test_others_find_nothing(learner: FlaskClient, cast: Cast, who: str | None) -> None:
    sign_in(learner, getattr(cast, who) if who else None)
    expected = 404 if who else 303
    assert learner.get(QUIZ).status_code == expected
    assert learner.post(f"{QUIZ}/attempts").status_code == (404 if who else 401)


@pytest.mark.parametrize(
    "address", ["/courses/layanan-loket/quizzes/menyapa", "/courses/layanan-loket/quizzes/x"]
)
def test_lesson_or_unknown_key_is_no_quiz(learner: FlaskClient, address: str) -> None:
    assert learner.get(address).status_code == 404


def test_wrong_method(learner: FlaskClient) -> None:
    assert learner.post(QUIZ).status_code == 405
    assert learner.get(f"{QUIZ}/attempts").status_code == 405
