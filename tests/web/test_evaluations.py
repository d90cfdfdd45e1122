"""The evaluation form: answered once, stored without the person, shown from five people on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import CourseMember
from lms.domain.enrollments.actions import act
from lms.domain.evaluations.actions import give
from lms.domain.evaluations.models import EvaluationAnswer, EvaluationGiven
from lms.domain.evaluations.rules import Evaluation
from lms.web import evaluation_pages
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import SLUG, enroll_in, publish_course
from tests.learning import course_of

PAGE = f"/courses/{SLUG}/evaluation"
DESK = f"/trainer/courses/{SLUG}/evaluation"
OFFICE = f"/hr/evaluations/{SLUG}"
FORM = {"org-info": "4", "tea-clear": "2", "text-good": "Kasus <b>loket</b>."}


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> int:
    """The small course, with its trainer and a learner who has begun."""
    publish_course(session, now=NOW)
    found = course_of(session)
    session.add(CourseMember(course_id=found.id, user_id=cast.trainer.id))
    begun(session, cast.learner)
    session.commit()
    return found.id


def begun(session: Session, user: object) -> object:
    enrollment = enroll_in(session, user, now=NOW)  # type: ignore[arg-type]
    act(enrollment, "menyapa", now=NOW)
    session.flush()
    return enrollment


def answered_by(session: Session, cast: Cast, count: int, score: int = 3) -> None:
    """So many people of the clinic answer."""
    for number in range(count):
        user = make_user(session, f"Pegawai {number}", f"p{number}@gurindam.example", cast.clinic)
        enrollment = begun(session, user)
        session.refresh(enrollment, ["version"])
        given = Evaluation({"org-info": score, "tea-clear": 4}, {"text-better": f"Saran {number}"})
        assert give(session, enrollment, given, now=NOW)  # type: ignore[arg-type]
    session.commit()


def test_answers_are_kept_without_the_person(
    client: FlaskClient, session: Session, cast: Cast, course: int
) -> None:
    text = sign_in(client, cast.learner).get(f"/courses/{SLUG}").text
    assert f'href="{PAGE}"' in text
    assert "Jawaban Anda anonim." in client.get(PAGE).text
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    session.rollback()
    answer = client.post(PAGE, data=FORM, follow_redirects=True)
    assert "Jawaban Anda disimpan tanpa nama." in answer.text and f'href="{PAGE}"' not in answer.text
    rows = {
        row.item: (row.score, row.comment, row.month) for row in session.scalars(select(EvaluationAnswer))
    }
    assert rows == {
        "org-info": (4, "", "2026-11"), "tea-clear": (2, "", "2026-11"),
        "text-good": (None, "Kasus <b>loket</b>.", "2026-11"),
    }  # fmt: skip
    kept = {column.name for column in EvaluationAnswer.__table__.columns}
    assert kept == {"key", "version_id", "month", "item", "score", "comment"}
    assert [column.name for column in EvaluationGiven.__table__.columns] == ["enrollment_id"]
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_nobody_answers_twice(client: FlaskClient, session: Session, cast: Cast, course: int) -> None:
    sign_in(client, cast.learner).post(PAGE, data=FORM)
    again = client.post(PAGE, data={"org-info": "1"}, follow_redirects=True)
    assert "Anda sudah mengisi sebelumnya." in again.text
    assert session.scalar(select(func.count()).select_from(EvaluationAnswer)) == 3
    assert session.scalar(select(func.count()).select_from(EvaluationGiven)) == 1
    assert "Anda sudah mengisi. Terima kasih." in client.get(PAGE).text


def test_a_refused_form_keeps_what_was_typed(client: FlaskClient, cast: Cast, course: int) -> None:
    sign_in(client, cast.learner)
    blank = client.post(PAGE, data={})
    assert blank.status_code == 422 and "Isi sedikitnya satu butir." in blank.text
    long = client.post(PAGE, data={"org-info": "3", "text-good": "k" * 2001})
    assert long.status_code == 422 and "k" * 2001 in long.text
    lines = "\r\n".join(["k" * 99] * 20)  # 1,999 letters as they are stored, more as a browser sends them
    assert client.post(PAGE, data={"text-good": lines}).status_code == 303
    assert 'id="org-info-3" checked' in long.text


def test_no_form_before_beginning_or_where_the_course_offers_none(
    client: FlaskClient, session: Session, cast: Cast, course: int
) -> None:
    enroll_in(session, cast.stranger, now=NOW)
    session.commit()
    assert sign_in(client, cast.stranger).get(PAGE).status_code == 404
    assert f'href="{PAGE}"' not in client.get(f"/courses/{SLUG}").text
    assert client.post(PAGE, data=FORM).status_code == 404


def test_a_comment_that_is_too_long_is_refused_by_the_rule(session: Session, cast: Cast, course: int) -> None:
    enrollment = begun(session, cast.colleague)
    with pytest.raises(ValueError, match="too much"):
        give(session, enrollment, Evaluation({}, {"text-good": "k" * 2001}), now=NOW)  # type: ignore[arg-type]


def test_a_page_shows_a_hundred_comments_and_the_file_all(
    client: FlaskClient, session: Session, cast: Cast, course: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_pages, "MOST_COMMENTS", 4)
    answered_by(session, cast, 6)
    sign_in(client, cast.trainer)
    assert "Halaman ini menampilkan 4 komentar" in client.get(DESK).text
    assert client.get(DESK).text.count('<p class="essay">') == 4
    file = client.post(f"{DESK}/files", data={"kind": "csv"}).text
    assert file.count("Saran ") == 6


def test_stored_answers_never_change(session: Session, cast: Cast, course: int) -> None:
    answered_by(session, cast, 1)
    row = session.scalars(select(EvaluationAnswer).limit(1)).one()
    row.month = "2026-01"
    with pytest.raises(DatabaseError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("page", [DESK, OFFICE])
def test_results_are_shown_from_five_people_on(
    client: FlaskClient, session: Session, cast: Cast, course: int, page: str
) -> None:
    answered_by(session, cast, 4)
    who = cast.trainer if page == DESK else cast.hr_unit
    text = sign_in(client, who).get(page).text
    assert "4 orang sudah mengisi." in text and "Saran 0" not in text and "</progress>" not in text
    assert client.post(f"{page}/files").status_code == 404
    five = begun(session, cast.colleague)
    session.refresh(five, ["version"])
    give(session, five, Evaluation({"org-info": 1, "tea-clear": 4}, {}), now=NOW)  # type: ignore[arg-type]
    session.commit()
    text = client.get(page).text
    assert "</progress>2,6<" in text and "</progress>4<" in text and "Saran 0" in text and "Saran 3" in text


def test_the_file_holds_means_and_comments(
    client: FlaskClient, session: Session, cast: Cast, course: int, app: Flask
) -> None:
    answered_by(session, cast, 5)
    sign_in(client, cast.trainer)
    text = client.post(f"{DESK}/files", data={"kind": "csv"}).data.decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("Penyelenggaraan"))
    assert line.endswith(",5,3.0,0,0,5,0") and "Saran 4" in text
    book = client.post(f"{DESK}/files", data={"kind": "xlsx"})
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(book.data)).namelist()
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "evaluation.exported")).all()
    assert len(verbs) == 2


def test_versions_are_offered_only_when_each_has_enough(
    client: FlaskClient, session: Session, cast: Cast, course: int
) -> None:
    answered_by(session, cast, 5, score=2)
    publish_course(session, now=NOW, quiz={"nilai_lulus": "90"})
    other = [make_user(session, f"Baru {n}", f"b{n}@gurindam.example", cast.village) for n in range(5)]
    for number, user in enumerate(other):
        enrollment = begun(session, user)
        session.refresh(enrollment, ["version"])
        give(session, enrollment, Evaluation({"org-info": 4}, {}), now=NOW)  # type: ignore[arg-type]
        if number == 3:
            session.commit()
            text = sign_in(client, cast.trainer).get(f"{DESK}?version=1").text
            assert "Semua versi" not in text and "2,89" in text
    session.commit()
    assert "Semua versi" in client.get(DESK).text and "</progress>3<" in client.get(DESK).text
    assert "</progress>2<" in client.get(f"{DESK}?version=1").text
    assert "</progress>4<" in client.get(f"{DESK}?version=2").text
    lines = client.get("/hr/evaluations")
    assert lines.status_code == 403
    assert ">3<" in sign_in(client, cast.bkpsdm).get("/hr/evaluations").text


def test_the_office_sees_only_a_number_below_five(
    client: FlaskClient, session: Session, cast: Cast, course: int
) -> None:
    answered_by(session, cast, 2)
    assert "belum cukup jawaban" in sign_in(client, cast.hr_unit).get("/hr/evaluations").text
