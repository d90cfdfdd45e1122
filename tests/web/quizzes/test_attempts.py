"""Starting a quiz, saving answers: each one alone or the whole form."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.quizzes.models import Attempt
from tests.courses import SECRETS
from tests.taking import MINUTE, at, begin, form, saved


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
    assert right.json is not None and wrong.json is not None
    assert {**right.json, "seen": ""} == {**wrong.json, "seen": ""}


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
    assert len(work) <= 3, work  # person, attempt, answer
