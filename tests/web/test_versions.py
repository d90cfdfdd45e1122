"""A newer version while people are under way, and a course that is taken again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.actions import publish_course
from lms.domain.enrollments.models import Enrollment, VersionMove
from lms.domain.progress.actions import certify, submit_attempt
from lms.domain.progress.models import LessonProgress
from lms.domain.quizzes.models import Attempt
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, enroll_in, make_bundle
from tests.learning import answered_attempt, approve, complete, office_of, read_lessons

PAGE = f"/courses/{SLUG}"
ASK = f"{PAGE}/enrollment/version"
NEXT_YEAR = NOW + timedelta(days=330)


ADDITION = f"{PAGE}/addition"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def publish(session: Session, head: str = "", **texts: str) -> int:
    """Publish with more lines in its head and other words in lessons ("redaksi": so marked); the number."""
    files = make_bundle()
    files["kursus.md"] = files["kursus.md"].replace(
        b"prasyarat: []", f"prasyarat: []\n{head}".encode().strip()
    )
    for path, more in texts.items():
        name = {"menyapa": "01-loket/01-menyapa.md", "berkas": "01-loket/02-berkas.md"}[path]
        text = files[name].decode()
        if more == "redaksi":
            text = text.replace("selesai: baca", "selesai: baca\nubah: redaksi")
        files[name] = (text + more).encode()
    made = publish_course(session, SLUG, files, home="disk", by=None, now=NOW)
    assert made.version is not None, made.problems
    session.commit()
    return made.version.number


def rows(session: Session, person: int) -> list[Enrollment]:
    session.expire_all()
    query = select(Enrollment).where(Enrollment.user_id == person).order_by(Enrollment.cycle)
    return list(session.scalars(query))


def test_going_on_in_a_newer_version_is_told_confirmed_and_loses_nothing(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session)
    enrollment, office = enroll_in(session, cast.learner, now=NOW), office_of(app, session)
    read_lessons(session, enrollment, office, now=NOW)
    attempt = answered_attempt(session, enrollment, now=NOW, answers={})
    submit_attempt(session, attempt, now=NOW, office=office)
    session.commit()
    publish(session, berkas="redaksi")
    publish(session, menyapa="Substansi.", berkas="redaksi")
    sign_in(client, cast.learner)
    for page in (PAGE, f"{PAGE}/lessons/menyapa", f"{PAGE}/progress"):
        assert f'href="{ASK}"' in client.get(page).text, page
    text = client.get(ASK).text
    again, kept = text.split('id="kept"')
    assert "Memeriksa berkas" in kept and "Menyapa warga" in again and "Lanjut di versi 3?" in text
    assert client.post(ASK, data={"version": "2"}).headers["Location"] == ASK
    assert rows(session, cast.learner.id)[0].version_id == enrollment.version_id  # an old form moves nobody
    assert client.post(ASK, data={"version": "3"}).headers["Location"] == f"{PAGE}/progress"
    assert client.post(ASK, data={"version": "3"}, follow_redirects=True).request.path == PAGE  # twice
    [move] = session.scalars(select(VersionMove))
    assert list(move.again) == ["menyapa"] and move.again["menyapa"].startswith("2026-11-24T03:00")
    progress = session.scalars(select(LessonProgress).order_by(LessonProgress.lesson_key))
    assert {row.lesson_key: row.finished_at is None for row in progress} == {"berkas": False, "menyapa": True}
    [kept_attempt] = session.scalars(select(Attempt))
    assert kept_attempt.version_id != rows(session, cast.learner.id)[0].version_id
    assert client.get(f"/attempts/{kept_attempt.id}/result").status_code == 200
    assert ASK not in client.get(PAGE).text
    with pytest.raises(IntegrityError):
        move.again = {}
        session.flush()
    session.rollback()


def test_an_open_attempt_is_handed_in_before_going_on(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish(session)
    answered_attempt(session, enroll_in(session, cast.learner, now=NOW), now=NOW)
    session.commit()
    number = publish(session, menyapa="Lain.")
    sign_in(client, cast.learner)
    assert "Kumpulkan dahulu" in client.get(ASK).text
    assert client.post(ASK, data={"version": str(number)}).headers["Location"] == ASK
    assert session.scalars(select(VersionMove)).all() == []


def test_taking_again_opens_a_cycle_of_its_own_and_the_old_one_stays(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session, "berlaku_bulan: 12")
    approve(session, cast.bkpsdm, now=NOW)
    first = complete(session, cast.learner, office_of(app, session), now=NOW)
    session.commit()
    assert first is not None
    sign_in(client, cast.learner)
    text = client.get(PAGE).text
    assert "Anda dapat mengikuti pelatihan ini lagi mulai 26 Agustus 2027" in text and "/retake" not in text
    assert "lagi mulai" in client.post(f"{PAGE}/enrollment/retake", follow_redirects=True).text
    assert len(rows(session, cast.learner.id)) == 1
    with clock.frozen(NEXT_YEAR):
        sign_in(client, cast.learner)
        assert "Ikuti lagi" in client.get("/certificates").text
        assert f'action="{PAGE}/enrollment/retake"' in client.get(PAGE).text
        places = {client.post(f"{PAGE}/enrollment/retake").headers["Location"] for _ in range(2)}
        assert places == {f"{PAGE}/quizzes/kuis-loket"}  # unchanged lessons count as read, the quiz does not
        old, again = rows(session, cast.learner.id)
        assert (again.cycle, old.completed_at, again.completed_at) == (2, NOW, None)
        assert "Keikutsertaan ke-2" in client.get(PAGE).text
        attempt = answered_attempt(session, again, now=NEXT_YEAR)
        second = submit_attempt(session, attempt, now=NEXT_YEAR, office=office_of(app, session))
        session.commit()
        assert second is not None and (second.cycle, second.number == first.number) == (2, False)
        assert first.replaced_at is None and first.valid_until == date(2027, 11, 24)
        assert rows(session, cast.learner.id)[1].credited_jp == 1  # another year
        sign_in(client, cast.bkpsdm)
        assert "keikutsertaan ke-2" in client.get("/hr/completions").text
    assert len(session.scalars(select(Certificate)).all()) == 2


def test_twice_in_a_year_counts_once_and_the_certificate_still_names_the_hours(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session, "ulang: ya\nperbarui: semua")
    approve(session, cast.bkpsdm, now=NOW)
    office = office_of(app, session)
    complete(session, cast.learner, office, now=NOW)
    session.commit()
    sign_in(client, cast.learner)
    assert client.post(f"{PAGE}/enrollment/retake").headers["Location"] == f"{PAGE}/lessons/menyapa"
    again = rows(session, cast.learner.id)[1]
    read_lessons(session, again, office, now=NOW)
    second = submit_attempt(session, answered_attempt(session, again, now=NOW), now=NOW, office=office)
    session.commit()
    assert second is not None and second.snapshot["jp"] == 1
    assert [row.credited_jp for row in rows(session, cast.learner.id)] == [1, 0]
    assert certify(session, again, now=NOW, office=office) is None
    text = client.get("/profile/hours").text
    assert "Sudah dihitung tahun ini" in text and "Jumlah tercatat: 1 JP" in text


def test_an_addition_is_offered_to_those_who_completed_and_changes_nothing_else(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session)
    approve(session, cast.bkpsdm, now=NOW)
    complete(session, cast.learner, office_of(app, session), now=NOW)
    enroll_in(session, cast.colleague, now=NOW)
    session.commit()
    publish(session, berkas="Berubah.")
    sign_in(client, cast.learner)
    assert client.get(ADDITION).status_code == 404  # the author did not ask for it
    publish(session, "tambahan: [menyapa, berkas]", berkas="Aturan baru tentang berkas.")
    for page in ("/", PAGE):
        assert f'href="{ADDITION}"' in client.get(page).text, page
    text = client.get(ADDITION).text
    assert "Memeriksa berkas" in text and "Menyapa warga" not in text  # that one was read as it is
    assert "Aturan baru tentang berkas." in client.get(f"{ADDITION}/berkas").text
    assert (
        client.get(f"{ADDITION}/menyapa").status_code == client.post(f"{ADDITION}/menyapa").status_code == 404
    )
    for _press in range(2):
        assert client.post(f"{ADDITION}/berkas").headers["Location"] == ADDITION
    assert "Dibaca pada 24 November 2026" in client.get(ADDITION).text
    assert ADDITION not in client.get("/").text
    publish(session, "tambahan: [berkas]", menyapa="redaksi", berkas="Aturan baru tentang berkas.")
    assert "Semua tambahan sudah dibaca" in client.get(ADDITION).text  # the same text is not read twice
    [done] = rows(session, cast.learner.id)
    assert (done.completed_at, done.credited_jp) == (NOW, 1)
    assert len(session.scalars(select(Certificate)).all()) == 1
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "supplement.completed")).all()
    assert len(verbs) == 1
    sign_in(client, cast.colleague)
    assert client.get(ADDITION).status_code == 404  # under way: the way is the newer version
