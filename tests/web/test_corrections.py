"""A wrong key is corrected: what it does is told first, marks are appended, nobody loses a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import save_draft
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import submit_attempt
from lms.domain.quizzes.models import Attempt, Grading, KeyCorrection
from lms.domain.quizzes.queries import corrected_question, impact_of, passed_quizzes
from lms.jobs_thread import run_due
from tests.cast import NOW, Cast, sign_in
from tests.corrections import edited, handed_in, published, wrongly_keyed
from tests.courses import EXAM_QUESTIONS, RIGHT, SLUG, enroll_in, make_bundle
from tests.essays import ESSAY, ESSAY_QUIZ, hand_in, publish_essays
from tests.learning import EXAM, QUIZ, answered_attempt, approve, office_of, read_lessons

PAGE = f"/trainer/courses/{SLUG}/corrections/{QUIZ}/k-01"
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def people(session: Session, cast: Cast, app: Flask) -> dict[str, Enrollment]:
    """Four people handed in under the wrong key, one is at it, then the key was corrected."""
    wrongly_keyed(session, cast.trainer, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    found = {
        "rises": handed_in(session, app, cast.learner, "o2", now=NOW),
        "falls": handed_in(session, app, cast.colleague, "o1", now=NOW),
        "sinks": handed_in(session, app, cast.stranger, "o1", now=NOW, weak=False),
        "raised": handed_in(session, app, cast.hr_unit, "o2", now=NOW, weak=False),
        "open": enroll_in(session, cast.bkpsdm, now=NOW),
    }
    read_lessons(session, found["open"], office_of(app, session), now=NOW)
    answered_attempt(session, found["open"], now=NOW, answers={**RIGHT, "k-01": "o1"})
    published(session, make_bundle(), cast.trainer, now=NOW)
    session.commit()
    return found


def passed(session: Session, people: dict[str, Enrollment]) -> set[str]:
    session.rollback()
    found = {key for key, _quiz in passed_quizzes(session, [one.id for one in people.values()])}
    return {name for name, one in people.items() if one.id in found}


def facts(session: Session) -> tuple[int, int, int]:
    session.rollback()
    tables = (Grading, KeyCorrection, AuditEntry)
    return tuple(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)  # type: ignore[return-value]


def work(session: Session, app: Flask) -> None:
    """Let the jobs run; the test holds nothing meanwhile."""
    session.rollback()
    run_due(app)
    session.rollback()


def regraded(session: Session, enrollment: Enrollment) -> list[Grading]:
    return list(
        session.scalars(
            select(Grading).join(Attempt, Attempt.id == Grading.attempt_id)
            .where(Attempt.enrollment_id == enrollment.id, Grading.graded_by.is_not(None))
        )
    )  # fmt: skip


def test_the_effect_is_told_before_anything_is_stored_and_then_done_once(
    client: FlaskClient, session: Session, cast: Cast, app: Flask, people: dict[str, Enrollment]
) -> None:
    before = facts(session)
    assert passed(session, people) == {"falls", "sinks", "raised"}
    sign_in(client, cast.trainer)
    page = client.get(PAGE).text
    for words in ("4 percobaan memuat soal ini.", "Nilai 4 percobaan berubah: 2 naik, 2 turun.",
                  "1 orang menjadi lulus.", "1 orang tidak akan lulus lagi", "Siti",
                  "1 percobaan masih terbuka"):  # fmt: skip
        assert words in page
    assert client.post(PAGE, data={"reason": " "}).status_code == 422
    assert facts(session) == before

    assert client.post(PAGE, data={"reason": "Kunci tertukar."}).status_code == 303
    assert client.post(PAGE, data={"reason": "Kunci tertukar."}).status_code == 303
    work(session, app)
    assert passed(session, people) == {"rises", "falls", "sinks", "raised"}
    assert regraded(session, people["falls"]) == []
    (mark,) = regraded(session, people["rises"])
    live = session.scalars(select(CourseVersion.id).order_by(CourseVersion.id.desc())).first()
    assert (mark.points, mark.key_version_id, mark.graded_by, mark.reason) == (
        1.0, live, cast.trainer.id, "Kunci tertukar.",
    )  # fmt: skip
    assert [len(regraded(session, people[name])) for name in ("sinks", "raised", "open")] == [1, 1, 0]
    risen = session.get_one(Enrollment, people["rises"].id)
    assert risen.completed_at == NOW
    holders = set(session.scalars(select(Certificate.enrollment_id).where(Certificate.revoked_at.is_(None))))
    assert holders == {people[name].id for name in ("rises", "falls", "sinks", "raised")}
    (correction,) = session.scalars(select(KeyCorrection)).all()
    assert correction.people == 3 and correction.finished_at == LATER
    assert session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "key.corrected")).all() != []
    after = facts(session)
    work(session, app)
    assert facts(session) == after
    assert "Nilai 1 percobaan berubah: 0 naik, 1 turun." in client.get(PAGE).text

    attempt = session.scalars(select(Attempt).where(Attempt.enrollment_id == people["rises"].id)).one()
    session.commit()
    sign_in(client, cast.learner)
    for address in ("/", f"/attempts/{attempt.id}/result"):
        assert "Nilai Anda dihitung ulang: Kunci tertukar." in client.get(address).text

    attempt = session.scalars(select(Attempt).where(Attempt.enrollment_id == people["open"].id)).one()
    submit_attempt(session, attempt, now=LATER, office=office_of(app, session))
    (late,) = regraded(session, people["open"])
    assert (late.points, late.attempt_id) == (0.0, attempt.id)
    session.commit()


def test_an_owner_may_want_the_new_mark_for_all_and_certificates_stay(
    client: FlaskClient, session: Session, cast: Cast, app: Flask, people: dict[str, Enrollment]
) -> None:
    sign_in(client, cast.trainer)
    client.post(PAGE, data={"reason": "Kunci tertukar.", "lower": "y"})
    work(session, app)
    assert passed(session, people) == {"rises", "sinks", "raised"}
    (mark,) = regraded(session, people["falls"])
    assert mark.points == 0.0
    assert session.get_one(Enrollment, people["falls"].id).completed_at is not None
    certificate = session.scalars(
        select(Certificate).where(Certificate.enrollment_id == people["falls"].id)
    ).one()
    assert certificate.revoked_at is None


def test_partial_marks_pools_and_other_options(session: Session, cast: Cast, app: Flask) -> None:
    first = published(
        session, edited(("- [ ] Nama kepala dinas", "- [x] Nama kepala dinas")), cast.trainer, now=NOW
    )
    handed_in(session, app, cast.learner, "o2", now=NOW, weak=False)
    enrollment = enroll_in(session, cast.colleague, now=NOW)
    exam = answered_attempt(session, enrollment, now=NOW, answers={}, key=EXAM)
    drawn = {entry["id"] for entry in exam.paper["questions"]}
    submit_attempt(session, exam, now=NOW, office=office_of(app, session))
    flipped = EXAM_QUESTIONS.replace("- [x] Benar\n- [ ] Salah", "- [ ] Benar\n- [x] Salah")
    files = make_bundle()
    files["90-ujian.md"] = files["90-ujian.md"].replace(EXAM_QUESTIONS.encode(), flipped.encode())
    live = published(session, files, cast.trainer, now=NOW)
    many = corrected_question(session, first.course_id, live.id, QUIZ, "k-02")
    assert many is not None
    impact = impact_of(session, many)  # two of three before, all of two now
    assert (impact.attempts, impact.changed, impact.raised, impact.rising, impact.falling) == (1, 1, 1, 0, ())
    seen = {}
    for key in ("u-01", "u-02", "u-03"):
        wanted = corrected_question(session, first.course_id, live.id, EXAM, key)
        assert wanted is not None
        seen[key] = impact_of(session, wanted).attempts
    assert {key for key, count in seen.items() if count} == drawn - {"u-04"}

    other = published(
        session, edited(("- [ ] Nama kepala dinas", "- [ ] Nama petugas")), cast.trainer, now=NOW
    )
    wanted = corrected_question(session, first.course_id, other.id, QUIZ, "k-02")
    assert wanted is not None
    impact = impact_of(session, wanted)
    assert (impact.incomparable, impact.changed) == (1, 0)


def test_an_essay_is_left_to_people(session: Session, cast: Cast, app: Flask) -> None:
    version = publish_essays(session, cast.trainer, now=NOW)
    hand_in(session, app, cast.learner, now=NOW)
    assert corrected_question(session, version.course_id, version.id, ESSAY_QUIZ, ESSAY) is None
    wanted = corrected_question(session, version.course_id, version.id, ESSAY_QUIZ, "e-01")
    assert wanted is not None
    assert impact_of(session, wanted).changed == 0


def test_publishing_says_beforehand_which_results_would_change(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    version = wrongly_keyed(session, cast.trainer, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    handed_in(session, app, cast.learner, "o2", now=NOW)
    handed_in(session, app, cast.colleague, "o1", now=NOW)
    enrollment = enroll_in(session, cast.stranger, now=NOW)
    answered_attempt(session, enrollment, now=NOW, answers={"k-01": "o1"})
    files = edited(("{#k-06}", "{#k-06 poin=3}"))
    save_draft(session, session.get_one(Course, version.course_id), files, by=cast.trainer.id, now=NOW)
    session.commit()
    before = facts(session)
    page = sign_in(client, cast.trainer).get(f"/trainer/courses/{SLUG}/draft").text
    for words in ("1 penyelesaian tetap", "begitu juga 1 sertifikat", "1 percobaan yang terbuka berlanjut",
                  "Kunci atau poin 2 soal berubah.", "nilai 2 percobaan berubah", "1 orang menjadi lulus",
                  "1 orang tidak lulus lagi", "1 poin menjadi 3"):  # fmt: skip
        assert words in page
    assert facts(session) == before


def test_only_the_owner_corrects(
    client: FlaskClient, session: Session, cast: Cast, people: dict[str, Enrollment]
) -> None:
    sign_in(client, cast.other_trainer)
    assert client.get(PAGE).status_code == 404
    sign_in(client, cast.trainer)
    assert client.get(PAGE.replace("k-01", "tidak-ada")).status_code == 404
