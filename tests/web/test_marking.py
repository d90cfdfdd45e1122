"""The trainer's queue of essays, and what a mark does for the learner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import CourseMember
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt, Grading
from tests.cast import NOW, Cast, grant, sign_in, trains_no_more
from tests.essays import ESSAY, WRITTEN, hand_in, publish_essays
from tests.learning import approve, course_of

QUEUE = "/trainer/marking"
LATER = NOW + timedelta(days=40)  # 3 January of the next year


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def attempt(session: Session, cast: Cast, app: Flask) -> Attempt:
    """The learner handed in on 24 November; nothing but the essay is missing to the certificate."""
    publish_essays(session, cast.trainer, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    _enrollment, attempt = hand_in(session, app, cast.learner, now=NOW)
    session.commit()
    return attempt


@pytest.fixture
def trainer(client: FlaskClient, cast: Cast, attempt: Attempt) -> FlaskClient:
    """A browser of the trainer."""
    return sign_in(client, cast.trainer)


def page(attempt: Attempt) -> str:
    return f"{QUEUE}/{attempt.id}/{ESSAY}"


def marks(session: Session, attempt: Attempt) -> list[Grading]:
    session.rollback()
    return list(
        session.scalars(
            select(Grading).where(Grading.attempt_id == attempt.id, Grading.question_key == ESSAY)
            .order_by(Grading.id)
        )
    )  # fmt: skip


def count(session: Session, table: type[Certificate] | type[AuditEntry], *where: object) -> int:
    session.rollback()
    return session.scalar(select(func.count(table.id)).where(*where)) or 0  # type: ignore[arg-type]


def form(
    level: str, seen: int = 0, comment: str = "", reason: str = "", then: str = "next"
) -> dict[str, str]:
    return {"level": level, "seen": str(seen), "comment": comment, "reason": reason, "then": then}


def test_the_queue_names_question_and_waiting_time_but_no_person(trainer: FlaskClient, cast: Cast) -> None:
    text = trainer.get(QUEUE).text
    assert "Langkah Anda" in text and "Layanan di loket" in text and "Esai loket" in text
    assert "40 hari" in text and "Penilaian (1)" in text
    assert "Zahara" not in text


def test_a_mark_completes_the_course_on_the_day_of_the_learner(
    trainer: FlaskClient, session: Session, attempt: Attempt
) -> None:
    answer = trainer.post(page(attempt), data=form("4", comment="Baik.\r\nLengkap."))
    assert (answer.status_code, answer.location) == (303, QUEUE)
    [mark] = marks(session, attempt)
    assert (mark.points, mark.level, mark.comment, mark.graded_at) == (8.0, 4.0, "Baik.\nLengkap.", LATER)
    enrollment = session.scalars(select(Enrollment)).one()
    assert (str(enrollment.completed_on), enrollment.jp_year, enrollment.credited_jp) == (
        "2026-11-24",
        2026,
        1,
    )
    assert count(session, Certificate) == 1
    assert count(session, AuditEntry, AuditEntry.verb == "essay.marked") == 1
    assert "Semua sudah dinilai" in trainer.get(QUEUE).text


def test_sent_twice_is_one_mark_and_one_certificate(
    trainer: FlaskClient, session: Session, attempt: Attempt
) -> None:
    for _ in range(3):
        assert trainer.post(page(attempt), data=form("4")).status_code == 303
    assert len(marks(session, attempt)) == 1
    assert count(session, Certificate) == 1
    assert count(session, AuditEntry, AuditEntry.verb == "enrollment.completed") == 1


def test_a_later_mark_that_fails_takes_no_certificate_away(
    trainer: FlaskClient, session: Session, attempt: Attempt
) -> None:
    trainer.post(page(attempt), data=form("4"))
    first = marks(session, attempt)[0].id
    refused = trainer.post(page(attempt), data=form("0", first))
    assert refused.status_code == 422 and "Sebutkan alasan mengubah nilai" in refused.text
    assert trainer.post(page(attempt), data=form("0", first, reason="Salinan.")).status_code == 303
    assert [mark.points for mark in marks(session, attempt)] == [8.0, 0.0]
    certificate = session.scalars(select(Certificate)).one()
    assert certificate.revoked_at is None and certificate.replaced_at is None
    assert session.scalars(select(Enrollment.completed_at)).one() == NOW
    text = trainer.get(page(attempt)).text
    assert "Riwayat nilai" in text and "Alasan: Salinan." in text and text.count("dari 8 poin") >= 4


def test_of_two_markers_the_second_sees_the_first_mark_and_chooses(
    trainer: FlaskClient, session: Session, cast: Cast, attempt: Attempt
) -> None:
    session.add(CourseMember(course_id=course_of(session).id, user_id=cast.other_trainer.id, role="author"))
    session.commit()
    trainer.post(page(attempt), data=form("2", comment="Satu langkah."))
    second = sign_in(trainer, cast.other_trainer)
    answer = second.post(page(attempt), data=form("4", comment="Menurut saya lengkap."))
    assert answer.status_code == 409
    assert "Raja Fauziah Hanim memberi tingkat 2" in answer.text and "Satu langkah." in answer.text
    assert "Menurut saya lengkap.</textarea>" in answer.text and "Biarkan nilai itu" in answer.text
    found = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert found and len(marks(session, attempt)) == 1
    again = second.post(
        page(attempt), data=form("4", int(found[1]), "Menurut saya lengkap.", "Dibaca dua kali.")
    )
    assert again.status_code == 303
    assert [mark.graded_by for mark in marks(session, attempt)] == [cast.trainer.id, cast.other_trainer.id]
    assert count(session, Certificate) == 1


def test_saving_leads_to_the_essay_that_waits_next(
    trainer: FlaskClient, session: Session, cast: Cast, app: Flask, attempt: Attempt
) -> None:
    others = []
    for user, hours in ((cast.colleague, 2), (cast.stranger, 1)):
        others.append(hand_in(session, app, user, now=NOW + timedelta(hours=hours))[1])
    session.commit()
    order = re.findall(rf'<th[^>]*><a href="{QUEUE}/(\d+)/', trainer.get(QUEUE).text)
    assert order == [str(attempt.id), str(others[1].id), str(others[0].id)]
    assert trainer.post(page(attempt), data=form("2")).location == page(others[1])
    assert trainer.post(page(others[0]), data=form("2")).location == page(others[1])
    assert trainer.post(page(others[1]), data=form("2", then="list")).location == QUEUE
    assert "Sudah dinilai (3)" in trainer.get(QUEUE).text
    assert trainer.get(f"{QUEUE}?done=1").text.count("Raja Fauziah Hanim") >= 3


def test_names_are_hidden_until_somebody_asks_and_that_is_logged(
    trainer: FlaskClient, session: Session, cast: Cast, attempt: Attempt
) -> None:
    assert "Zahara" not in trainer.get(page(attempt)).text
    for _ in range(2):
        trainer.post(f"{page(attempt)}/name")
    assert "Tengku Zahara, A.Md." in trainer.get(page(attempt)).text
    asked = select(AuditEntry).where(AuditEntry.verb == "essay.name_shown")
    entry = session.scalars(asked).one()
    assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (
        cast.trainer.id, "attempt", str(attempt.id),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"level": "3"}, "Pilih satu tingkat rubrik."),
        ({"level": "sNaN"}, "Pilih satu tingkat rubrik."),
        ({}, "Pilih satu tingkat rubrik."),
        ({"level": "4", "comment": "a" * 2001}, "Perpendek komentar"),
        ({"level": "4", "reason": "a" * 201}, "Perpendek alasan"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    trainer: FlaskClient, session: Session, attempt: Attempt, data: dict[str, str], words: str
) -> None:
    answer = trainer.post(page(attempt), data={"comment": "Tetap ada.", **data})
    assert answer.status_code == 422 and words in answer.text
    assert (data.get("comment") or "Tetap ada.") + "</textarea>" in answer.text
    assert marks(session, attempt) == []


def test_markup_in_an_essay_or_comment_stays_text(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    nasty = '<img src=x onerror="alert(1)">'
    publish_essays(session, cast.trainer, now=NOW)
    _enrollment, attempt = hand_in(session, app, cast.learner, now=NOW, answers={ESSAY: f"Satu\x00\n{nasty}"})
    session.commit()
    trainer = sign_in(client, cast.trainer)
    assert nasty not in trainer.get(page(attempt)).text
    trainer.post(page(attempt), data=form("2", comment=f"Dua\x00{nasty}"))
    result = sign_in(client, cast.learner).get(f"/attempts/{attempt.id}/result").text
    assert nasty not in result and result.count("&lt;img src=x") == 2


def test_nobody_marks_the_own_essay(session: Session, cast: Cast, app: Flask, trainer: FlaskClient) -> None:
    _enrollment, own = hand_in(session, app, cast.trainer, now=NOW)
    session.commit()
    assert trainer.get(page(own)).status_code == 404
    assert trainer.post(page(own), data=form("4")).status_code == 404
    assert "Penilaian (1)" in trainer.get(QUEUE).text


def test_a_reviewer_of_the_course_reads_and_does_not_mark(
    session: Session, cast: Cast, client: FlaskClient, attempt: Attempt
) -> None:
    session.add(CourseMember(course_id=course_of(session).id, user_id=cast.colleague.id, role="reviewer"))
    grant(session, cast.colleague, "reviewer")
    session.commit()
    reviewer = sign_in(client, cast.colleague)
    assert "Tidak ada esai yang menunggu" in reviewer.get(QUEUE).text
    assert reviewer.get(page(attempt)).status_code == 404


def test_who_trains_no_more_marks_nothing(
    session: Session, cast: Cast, trainer: FlaskClient, attempt: Attempt
) -> None:
    assert trainer.get(page(attempt)).status_code == 200
    trains_no_more(session, cast.trainer)
    queue = trainer.get(QUEUE).text
    assert page(attempt) not in queue and "Tidak ada" in queue
    assert trainer.get(page(attempt)).status_code == trainer.post(page(attempt)).status_code == 404
    assert trainer.post(f"{page(attempt)}/name").status_code == 404


def test_essays_of_a_learner_who_withdrew_do_not_wait(
    session: Session, trainer: FlaskClient, attempt: Attempt
) -> None:
    session.get_one(Enrollment, attempt.enrollment_id).withdrawn_at = NOW
    session.commit()
    assert "Tidak ada esai yang menunggu" in trainer.get(QUEUE).text
    assert trainer.post(page(attempt), data=form("4")).status_code == 404


def test_the_mark_in_the_database_never_changes(
    trainer: FlaskClient, session: Session, attempt: Attempt
) -> None:
    trainer.post(page(attempt), data=form("2", comment="Asli."))
    [mark] = marks(session, attempt)
    mark.comment = "Lain."
    with pytest.raises(DatabaseError, match="grading_keep"):
        session.flush()
    session.rollback()


def test_results_of_the_course_say_that_an_essay_waits(trainer: FlaskClient, attempt: Attempt) -> None:
    results = "/trainer/courses/layanan-loket/results?quiz=esai-loket"
    assert "menunggu penilaian" in trainer.get(results).text
    trainer.post(page(attempt), data=form("4"))
    text = trainer.get(results).text
    assert "menunggu penilaian" not in text and ">100<" in text


def test_the_text_is_shown_with_its_line_breaks_and_words(trainer: FlaskClient, attempt: Attempt) -> None:
    text = trainer.get(page(attempt)).text
    assert f">{WRITTEN}</div>" in text and "11 kata" in text
    assert "4 = menyapa, memeriksa, dan menjelaskan" in text and "4 dari 8 poin" in text
