"""`tampilan: satu`: each question has a page; every button saves the answer first."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, SECRETS, enroll_in, publish_course
from tests.taking import MINUTE, at, begin, form, row, saved


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A learner of a course whose quiz shows one question at a time, in the order of its source."""
    publish_course(session, now=NOW, quiz={"tampilan": "satu", "acak_soal": "tidak"})
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def press(client: FlaskClient, attempt: str, key: str, answer: object, here: int, go: str) -> str:
    data = {**form({key: answer}), "at": str(here), "go": go}
    reply = at(client, "POST", f"{attempt}/responses", data=data)
    assert reply.status_code == 303
    return str(reply.location)


def test_a_page_shows_one_question_and_links_to_all(learner: FlaskClient) -> None:
    attempt = begin(learner)
    text = at(learner, "GET", f"{attempt}?soal=4").text
    assert re.findall(r'name="q" value="([^"]+)"', text) == ["k-04"]
    assert "Soal 4 dari 10." in text and text.count('form="paper"') == 10
    assert re.search(r'value="4"[^>]+aria-current="step"', text)
    assert not [secret for secret in SECRETS if secret in text]
    assert f'action="{attempt}/responses"' in text


@pytest.mark.parametrize(("here", "go", "place"), [(1, "2", 2), (4, "3", 3), (4, "9", 9)])
def test_previous_next_and_the_list_save_the_answer_and_lead_there(
    learner: FlaskClient, session: Session, here: int, go: str, place: int
) -> None:
    attempt = begin(learner)
    key = f"k-0{here}"
    assert press(learner, attempt, key, "7", here, go) == f"{attempt}?soal={place}#s-{place}"
    assert list(saved(session, attempt)) == ([key] if here == 4 else [])  # "7" is no option of the first


def test_going_on_keeps_answers_of_other_pages(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    press(learner, attempt, "k-01", "o2", 1, "2")
    press(learner, attempt, "k-03", "o2", 3, "4")
    assert saved(session, attempt) == {"k-01": "o2", "k-03": "o2"}


def test_coming_back_opens_the_first_question_without_an_answer(learner: FlaskClient) -> None:
    attempt = begin(learner)
    press(learner, attempt, "k-01", "o2", 1, "5")
    assert "Soal 2 dari 10." in at(learner, "GET", attempt).text


@pytest.mark.parametrize("wanted", ["0", "11", "-1", "x", "99999999999", "²"])
def test_a_question_that_is_not_there_opens_the_first_open_one(learner: FlaskClient, wanted: str) -> None:
    attempt = begin(learner)
    assert "Soal 1 dari 10." in at(learner, "GET", f"{attempt}?soal={wanted}").text


def test_marks_and_open_questions_are_seen_on_every_page_and_before_handing_in(learner: FlaskClient) -> None:
    attempt = begin(learner)
    data = {**form({"k-02": ["o1"]}), "flag-k-02": "1", "at": "2", "go": "overview"}
    reply = at(learner, "POST", f"{attempt}/responses", data=data)
    assert reply.location == f"{attempt}/submission"
    text = at(learner, "GET", f"{attempt}/submission").text
    assert "9 soal belum dijawab" in text and f'href="{attempt}?soal=10#s-10"' in text
    assert re.search(r'class="done flagged"', text) and "tersimpan" in text
    assert re.search(r'data-nav="k-02" class="done flagged"', at(learner, "GET", f"{attempt}?soal=7").text)


def test_the_whole_way_ends_on_the_overview(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    for number, (key, answer) in enumerate(RIGHT.items(), 1):
        last = press(learner, attempt, key, answer, number, str(number + 1) if number < 10 else "overview")
    assert "10 dari 10 jawaban tersimpan" in at(learner, "GET", last).text
    reply = at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    assert reply.location == f"{attempt}/result"
    assert row(session, attempt).passed


def test_an_answer_from_elsewhere_is_said_on_the_question_itself(
    learner: FlaskClient, session: Session
) -> None:
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/responses/k-01", MINUTE, data={"q-k-01": "o3"})
    data = {**form({"k-01": "o1"}), "seen-k-01": "", "at": "1", "go": "2"}
    reply = at(learner, "POST", f"{attempt}/responses", 2 * MINUTE, data=data)
    assert reply.location == f"{attempt}?soal=1#s-1"
    assert "perangkat atau tab lain" in at(learner, "GET", reply.location).text
    assert saved(session, attempt) == {"k-01": "o3"}


def test_the_start_page_says_so(learner: FlaskClient) -> None:
    assert "Satu soal tiap halaman" in at(learner, "GET", "/courses/layanan-loket/quizzes/kuis-loket").text
