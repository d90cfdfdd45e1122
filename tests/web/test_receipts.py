"""The receipt of a quiz: given once, looked up by who may, made anew from what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import set_member
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Response
from lms.domain.quizzes.queries import receipt_for, receipt_holds, responses_of
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, SLUG, enroll_in, publish_course
from tests.learning import course_of
from tests.taking import at, begin, form


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def test_a_receipt_is_given_once_found_by_who_may_and_proves_the_answers(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    enroll_in(session, cast.learner, now=NOW)
    set_member(session, course_of(session), cast.trainer, "owner", by=None, now=NOW)
    session.commit()
    sign_in(client, cast.learner)
    page = begin(client)
    for answers in (RIGHT, {**RIGHT, "k-01": "o1"}):  # handed in twice: one receipt
        at(client, "POST", f"{page}/submission", data={**form(answers), "confirmed": "1"})
    [attempt] = session.scalars(select(Attempt))
    receipt = attempt.receipt
    assert receipt is not None and re.fullmatch(r"\d+-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt)
    assert receipt_holds(session, attempt)
    for address in (f"{page}/result", f"/courses/{SLUG}/quizzes/kuis-loket"):
        assert receipt in at(client, "GET", address).text

    typed = receipt.lower().replace("-", " ")
    sign_in(client, cast.trainer)
    results = f"/trainer/courses/{SLUG}/results"
    found = client.get(results, query_string={"q": typed}).text
    assert "Resi asli" in found and "Tengku Zahara" in found
    assert (
        "Tidak ada percobaan di pelatihan ini" in client.get(results, query_string={"q": "9-ABCD-EFGH"}).text
    )
    for actor, words in ((cast.hr_unit, "Resi asli"), (cast.bkpsdm, "Resi asli")):
        sign_in(client, actor)
        assert words in client.get("/hr/receipts", query_string={"q": typed}).text
    wrong = receipt[:-1] + ("A" if receipt[-1] != "A" else "B")
    assert "Resi tidak ditemukan" in client.get("/hr/receipts", query_string={"q": wrong}).text

    stored = responses_of(session, attempt.id)
    changed = dict(stored)
    changed["k-01"] = Response(
        attempt_id=attempt.id, question_key="k-01", answer="o1", saved_at=stored["k-01"].saved_at
    )
    assert receipt_for(attempt, stored) == receipt != receipt_for(attempt, changed)
    attempt.receipt = "1-AAAA-AAAA"
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_hr_finds_no_receipt_of_somebody_elses_staff(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    enroll_in(session, cast.stranger, now=NOW)
    session.commit()
    sign_in(client, cast.stranger)
    at(client, "POST", f"{begin(client)}/submission", data={**form(RIGHT), "confirmed": "1"})
    [attempt] = session.scalars(select(Attempt))
    sign_in(client, cast.hr_unit)
    assert "Resi tidak ditemukan" in client.get("/hr/receipts", query_string={"q": attempt.receipt}).text


@pytest.mark.parametrize(
    "text", ["", "12", "ABCDEFGH", "0-ABCD-EFGH", "1-ABCU-EFGH", "1-ABCD-EFGH-1x-", "é-1"]
)
def test_other_text_is_no_receipt(text: str) -> None:
    assert rules.parse_receipt(text) is None


def test_misread_letters_are_forgiven() -> None:
    assert rules.parse_receipt(" 1o42 - olil abcd ") == (1042, "1042-0111-ABCD")
