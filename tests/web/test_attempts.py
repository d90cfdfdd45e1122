"""Taking a quiz over HTTP: saving, handing in, deadlines, what is shown and what never is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.models import Response as Stored
from lms.domain.quizzes.queries import answers_of
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, SECRETS, enroll_in, publish_course

MINUTE = timedelta(minutes=1)
QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
EXAM = "/courses/layanan-loket/quizzes/ujian-loket"
RIGHT_EXAM = {"u-01": "o1", "u-02": "o1", "u-03": "o1", "u-04": "15"}


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner who follows the course."""
    publish_course(session, now=NOW)
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def at(
    client: FlaskClient, method: str, address: str, after: timedelta = timedelta(), **options: object
) -> TestResponse:
    with clock.frozen(NOW + after):
        return client.open(address, method=method, **options)  # type: ignore[arg-type]


def begin(client: FlaskClient, quiz: str = QUIZ, after: timedelta = timedelta()) -> str:
    answer = at(client, "POST", f"{quiz}/attempts", after)
    assert answer.status_code == 303
    return str(answer.location)


def form(answers: dict[str, object], mark: bool = True) -> dict[str, object]:
    fields: dict[str, object] = {f"q-{key}": value for key, value in answers.items()}
    return {**fields, "q": list(answers)} if mark else fields


def saved(session: Session, attempt: str) -> dict[str, object]:
    session.rollback()
    return answers_of(session, int(attempt.rsplit("/", 1)[1]))


def row(session: Session, attempt: str) -> Attempt:
    session.rollback()
    return session.get_one(Attempt, int(attempt.rsplit("/", 1)[1]), populate_existing=True)


# Starting


def test_second_start_finds_the_first(learner: FlaskClient, session: Session) -> None:
    assert begin(learner) == begin(learner)
    assert session.scalar(select(func.count(Attempt.id))) == 1


def test_paper_asks_everything_and_holds_no_key(learner: FlaskClient) -> None:
    attempt = begin(learner)
    text = at(learner, "GET", attempt).text
    assert text.count('<fieldset class="q"') == 10
    assert "Berapa menit sisa waktu" in text and "menit</span>" in text
    assert not [secret for secret in SECRETS if secret in text]
    assert not re.search(r"standar operasional prosedur|LAPOR|data-(right|key|weight)|\bweight\b", text)


def test_page_has_one_form_that_works_alone(learner: FlaskClient) -> None:
    attempt = begin(learner)
    text = at(learner, "GET", attempt).text
    assert text.count("<form") == 1
    assert f'action="{attempt}/submission"' in text and f'formaction="{attempt}/responses"' in text
    assert text.count('name="q" value="k-') == 10
    submit = re.findall(r'<button type="submit"[^>]*>', text)
    assert "responses" in submit[0], "Enter in a field must save, not hand in"


# Saving


def test_one_answer_alone_says_when_it_was_saved(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    answer = at(learner, "POST", f"{attempt}/responses/k-01", 32 * MINUTE, data={"q-k-01": "o1"})
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["saved_at"], answer.json["message"]) == ("10.32", "Tersimpan 10.32")
    assert saved(session, attempt) == {"k-01": "o1"}
    assert "Tersimpan 10.32" in at(learner, "GET", attempt).text


def test_answer_alone_says_nothing_about_right_or_wrong(learner: FlaskClient) -> None:
    attempt = begin(learner)
    right = at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o2"})
    wrong = at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"})
    assert right.json == wrong.json


@pytest.mark.parametrize(
    ("key", "data", "stored"),
    [
        ("k-02", {"q-k-02": ["o3", "o1"]}, ["o1", "o3"]),
        ("k-02", {}, None),
        ("k-04", {"q-k-04": "3,5 menit"}, "3.5"),
        ("k-04", {"q-k-04": "1.000"}, "1000"),
        ("k-04", {"q-k-04": "tujuh"}, {"unreadable": "tujuh"}),
        ("k-05", {"q-k-05": "  SP4N <b> "}, "SP4N <b>"),
        ("k-10", {"q-k-10": ""}, None),
    ],
)
def test_each_kind_is_read(
    learner: FlaskClient, session: Session, key: str, data: dict[str, object], stored: object
) -> None:
    attempt = begin(learner)
    assert at(learner, "POST", f"{attempt}/responses/{key}", data=data).status_code == 200
    assert saved(session, attempt) == {key: stored}


def test_number_is_read_back_and_the_unreadable_told(learner: FlaskClient) -> None:
    attempt = begin(learner)
    good = at(learner, "POST", f"{attempt}/responses/k-04", data={"q-k-04": "3,5"}).json
    assert good is not None and good["echo"] == "Terbaca: 3,5 menit" and good["problem"] == ""
    bad = at(learner, "POST", f"{attempt}/responses/k-04", data={"q-k-04": "3,5 atau 4"}).json
    assert bad is not None and bad["echo"] == "" and bad["problem"]
    text = at(learner, "GET", attempt).text
    assert 'value="3,5 atau 4"' in text and 'aria-invalid="true"' in text and bad["problem"] in text


@pytest.mark.parametrize(
    ("key", "data", "status"),
    [
        ("u-01", {"q-u-01": "o1"}, 404),
        ("k-01", {"q-k-01": "o9"}, 400),
        ("k-01", {"q-k-01": ["o1", "o2"]}, 400),
    ],
)
def test_nonsense_is_refused_in_words(
    learner: FlaskClient, session: Session, key: str, data: dict[str, object], status: int
) -> None:
    attempt = begin(learner)
    answer = at(learner, "POST", f"{attempt}/responses/{key}", data=data)
    assert answer.status_code == status
    assert answer.json is not None and answer.json["message"]
    assert saved(session, attempt) == {}


def test_whole_form_is_saved_and_comes_back(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    data = {**form({"k-01": "o1", "k-04": "sembilan", "k-05": "lapor"}), "flag-k-05": "1"}
    answer = at(learner, "POST", f"{attempt}/responses", 32 * MINUTE, data=data)
    assert (answer.status_code, answer.location) == (303, attempt)
    text = at(learner, "GET", attempt, 33 * MINUTE).text
    assert text.count("Tersimpan 10.32") >= 3
    assert 'value="sembilan"' in text and 'name="flag-k-05" value="1" checked' in text
    assert saved(session, attempt) == {"k-01": "o1", "k-04": {"unreadable": "sembilan"}, "k-05": "lapor"}


def test_missing_field_erases_nothing_and_an_emptied_one_does(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/responses", data=form({"k-01": "o1", "k-02": ["o1"], "k-05": "lapor"}))
    at(learner, "POST", f"{attempt}/responses", data={"q-k-03": "o1"})  # no marker: not taken
    at(learner, "POST", f"{attempt}/responses", data={"q": ["k-02"]})  # all boxes cleared
    assert saved(session, attempt) == {"k-01": "o1", "k-02": None, "k-05": "lapor"}


def test_old_tab_does_not_overwrite_a_later_answer(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    seen = re.findall(r'name="seen-k-01" value="(\d*)"', at(learner, "GET", attempt).text)
    assert seen == [""]
    at(learner, "POST", f"{attempt}/responses/k-01", MINUTE, data={"q-k-01": "o2"})  # the other device
    late = at(
        learner, "POST", f"{attempt}/responses/k-01", 2 * MINUTE, data={"q-k-01": "o3", "seen-k-01": ""}
    )
    assert late.status_code == 409
    assert late.json is not None and late.json["reason"] == "newer" and "10.01" in late.json["message"]
    own = at(
        learner,
        "POST",
        f"{attempt}/responses/k-01",
        2 * MINUTE,
        data={"q-k-01": "o3", "seen-k-01": "", "was-k-01": "q-k-01=o2"},
    )
    assert own.status_code == 200
    whole = {**form({"k-01": "o1"}), "seen-k-01": ""}
    answer = at(learner, "POST", f"{attempt}/submission", 3 * MINUTE, data=whole)
    assert answer.location == f"{attempt}/submission"  # asked, not closed
    assert (
        "jawaban sudah diubah di perangkat atau tab lain"
        in at(learner, "GET", answer.location, 3 * MINUTE).text
    )
    assert saved(session, attempt) == {"k-01": "o3"}


def test_saving_one_answer_takes_few_statements(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"})
    session.rollback()
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o2"})
    work = [text for text in statements if not text.startswith(("BEGIN", "COMMIT"))]
    assert len(work) <= 4, work  # person, attempt, index row of the quiz, the answer


# Handing in


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
    assert "7 soal belum dijawab" in text and text.count("<li><a href=") == 7
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


# Time


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


# The result


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
    from lms.domain.catalog.actions import publish
    from tests.courses import make_bundle

    bundle = make_bundle()
    path = "01-loket/03-kuis.md"
    bundle[path] = bundle[path].replace(b"## Menyapa {#k-06}", b"## Menyapa {#k-66}")
    assert publish(session, "layanan-loket", bundle, home="desk", by=None, now=NOW).created
    session.commit()
    assert 'name="q" value="k-06"' in at(learner, "GET", attempt).text
    at(learner, "POST", f"{attempt}/submission", data=form(RIGHT))
    assert row(session, attempt).points == 11.0


# Whose


ADDRESSES: list[tuple[str, str]] = [
    ("GET", ""), ("GET", "/result"), ("GET", "/submission"), ("POST", "/responses/k-01"),
    ("POST", "/responses"),
    ("POST", "/submission"), ("POST", "/extension"),
]  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "trainer", "hr_unit", "admin"])
@pytest.mark.parametrize(("method", "part"), ADDRESSES)
def test_attempt_of_another_is_not_there(
    learner: FlaskClient, session: Session, cast: Cast, method: str, part: str, who: str
) -> None:
    attempt = begin(learner)
    sign_in(learner, getattr(cast, who))
    assert at(learner, method, attempt + part, data={"q-k-01": "o1", "q": "k-01"}).status_code == 404
    assert saved(session, attempt) == {}


@pytest.mark.parametrize(("method", "part"), ADDRESSES)
def test_signed_out(learner: FlaskClient, method: str, part: str) -> None:
    attempt = begin(learner)
    sign_in(learner, None)
    assert at(learner, method, attempt + part).status_code == (303 if method == "GET" else 401)


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("POST", ""),
        ("GET", "/responses"),
        ("GET", "/responses/k-01"),
        ("GET", "/extension"),
        ("POST", "/result"),
    ],
)
def test_wrong_method(learner: FlaskClient, method: str, part: str) -> None:
    assert at(learner, method, begin(learner) + part).status_code == 405


def test_form_token_is_asked_for(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner)
    learner.application.config["WTF_CSRF_ENABLED"] = True
    assert at(learner, "POST", f"{attempt}/responses/k-01", data={"q-k-01": "o1"}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', at(learner, "GET", attempt).text)
    assert token is not None
    data = {"q-k-01": "o1", "csrf_token": token[1]}
    assert at(learner, "POST", f"{attempt}/responses/k-01", data=data).status_code == 200
    assert session.scalar(select(func.count()).select_from(Stored)) == 1
