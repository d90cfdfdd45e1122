"""An essay as its writer meets it: on the paper, before handing in, on the result, at home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.certificates.models import Certificate
from lms.domain.progress.actions import mark_essay
from lms.domain.quizzes.actions import Judgement
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.queries import quiz_of
from tests.cast import NOW, Cast, sign_in
from tests.courses import enroll_in
from tests.essays import ANSWERS, ESSAY, WRITTEN, hand_in, publish_essays
from tests.learning import approve, office_of
from tests.taking import at, begin, form, row, saved

QUIZ = "/courses/layanan-loket/quizzes/esai-loket"
Writer = Callable[..., FlaskClient]


@pytest.fixture
def writer(session: Session, cast: Cast, client: FlaskClient) -> Writer:
    """A browser of a learner in the course with the essay; keyword arguments change the quiz."""

    def follow(**keys: str) -> FlaskClient:
        publish_essays(session, cast.trainer, now=NOW, **keys)
        approve(session, cast.bkpsdm, now=NOW)
        enroll_in(session, cast.learner, now=NOW)
        session.commit()
        return sign_in(client, cast.learner)

    return follow


def take(client: FlaskClient, answers: dict[str, object]) -> str:
    attempt = begin(client, QUIZ)
    at(client, "POST", f"{attempt}/submission", data={**form(answers), "confirmed": "1"})
    return attempt


def mark(
    session: Session,
    app: Flask,
    cast: Cast,
    attempt: Attempt,
    level: int,
    comment: str = "",
    reason: str = "",
) -> None:
    quiz = quiz_of(session, attempt.version_id, attempt.quiz_key)
    question = next(item for item in quiz.questions() if item.id == ESSAY)
    newest = session.scalar(
        select(Grading.id).where(Grading.question_key == ESSAY).order_by(Grading.id.desc()).limit(1)
    )
    given = Judgement(Decimal(level), comment, reason, newest or 0)
    mark_essay(
        session, attempt, question, given, by=cast.trainer.id, now=NOW + timedelta(days=2),
        office=office_of(app, session),
    )  # fmt: skip
    session.commit()


def test_the_paper_asks_for_words_and_keeps_line_breaks(writer: Writer, session: Session) -> None:
    client = writer()
    attempt = begin(client, QUIZ)
    typed = WRITTEN.replace("\n", "\r\n")
    at(client, "POST", f"{attempt}/responses", data=form({ESSAY: typed}))
    text = at(client, "GET", attempt).text
    assert "Tulis 5 sampai 40 kata." in text and f">{WRITTEN}</textarea>" in text and ">11 kata</p>" in text
    assert "menyapa, memeriksa" not in text  # the rubric is no help for the learner
    assert saved(session, attempt) == {ESSAY: WRITTEN}
    alone = at(client, "POST", f"{attempt}/responses/{ESSAY}", data={f"q-{ESSAY}": "Satu\x00 dua."})
    assert alone.status_code == 200 and alone.json is not None and alone.json["echo"] == ""
    assert saved(session, attempt) == {ESSAY: "Satu dua."}


def test_a_short_essay_may_be_handed_in_after_a_word_about_it(writer: Writer, session: Session) -> None:
    client = writer()
    attempt = begin(client, QUIZ)
    asked = at(client, "POST", f"{attempt}/submission", data=form({"e-01": "o1", ESSAY: "Saya menyapa."}))
    assert asked.location == f"{attempt}/submission"
    text = at(client, "GET", asked.location).text
    assert "2 kata; diminta paling sedikit 5." in text and "Jawaban tetap boleh dikumpulkan." in text
    at(client, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    assert row(session, attempt).for_person == 1


def test_an_essay_of_the_right_length_is_handed_in_at_once(writer: Writer, session: Session) -> None:
    client = writer()
    attempt = begin(client, QUIZ)
    assert at(client, "POST", f"{attempt}/submission", data=form(ANSWERS)).location == f"{attempt}/result"


def test_a_text_that_is_too_long_is_kept_and_not_taken(writer: Writer, session: Session) -> None:
    client, long = writer(), "kata " * 6000
    attempt = begin(client, QUIZ)
    at(client, "POST", f"{attempt}/responses", data=form({ESSAY: long}))
    text = at(client, "GET", attempt).text
    assert "Teks melebihi 20.000 huruf" in text and long in text
    at(client, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    assert row(session, attempt).for_person == 0


def test_while_the_essay_waits_nothing_is_decided(writer: Writer) -> None:
    client = writer()
    attempt = take(client, ANSWERS)
    text = at(client, "GET", f"{attempt}/result").text
    assert "Menunggu penilaian esai" in text and "Sejauh ini: 2 dari 10 poin." in text
    assert "baru pasti apakah Anda lulus" in text and "bernilai 8 poin" in text
    assert "menyapa, memeriksa, dan menjelaskan" in text and "(tingkat Anda)" not in text
    assert "Belum lulus" not in text and "Lulus:" not in text and f">{WRITTEN}</div>" in text
    refused = at(client, "POST", f"{QUIZ}/attempts")
    assert refused.location == QUIZ
    text = at(client, "GET", QUIZ).text
    assert "Esai di percobaan terakhir masih dinilai." in text and "2 dari 10 poin sejauh ini" in text
    assert "Esai Anda sedang dinilai" in at(client, "GET", "/").text


@pytest.mark.parametrize(
    ("pass_mark", "answers", "words"),
    [
        ("20", ANSWERS, "Lulus; esai masih dinilai"),
        ("90", {**ANSWERS, "e-01": "o2"}, "poin penuhnya pun tidak akan cukup"),
    ],
)
def test_what_is_certain_is_said(
    writer: Writer, pass_mark: str, answers: dict[str, object], words: str
) -> None:
    client = writer(nilai_lulus=pass_mark)
    attempt = take(client, answers)
    text = at(client, "GET", f"{attempt}/result").text
    assert words in text and "baru pasti" not in text
    assert "dari 10 poin sejauh ini" in text and "dari 100, yaitu" not in text


def test_who_fails_for_certain_may_try_again_at_once(writer: Writer) -> None:
    client = writer(nilai_lulus="90")
    take(client, {**ANSWERS, "e-01": "o2"})
    assert "/attempts/2" in at(client, "POST", f"{QUIZ}/attempts").location


def test_practice_may_be_repeated_while_an_essay_waits(writer: Writer) -> None:
    client = writer(use="latihan", nilai_lulus="70")
    take(client, ANSWERS)
    assert "/attempts/2" in at(client, "POST", f"{QUIZ}/attempts").location


def test_the_learner_reads_level_points_comment_and_rubric(
    writer: Writer, session: Session, cast: Cast, app: Flask
) -> None:
    client = writer()
    attempt = take(client, ANSWERS)
    mark(session, app, cast, row(session, attempt), 2, "Baik.\nSebut juga tanda terima.")
    text = at(client, "GET", f"{attempt}/result").text
    assert "Belum lulus: 60 dari 100" in text and "4 dari 8 poin" in text and "Tingkat 2 dari 4" in text
    assert "Baik.\nSebut juga tanda terima.</div>" in text
    assert "hanya satu langkah" in text and "(tingkat Anda)" in text and "tidak menjawab" in text
    assert "Esai sudah dinilai" in at(client, "GET", "/", timedelta(days=3)).text
    assert "Esai sudah dinilai" not in at(client, "GET", "/", timedelta(days=20)).text
    mark(session, app, cast, row(session, attempt), 4, "Baik.", "Langkah ketiga terlewat.")
    text = at(client, "GET", f"{attempt}/result").text
    assert "Lulus: 100 dari 100" in text and "Nilai diubah: Langkah ketiga terlewat." in text


def test_under_after_passing_only_the_own_level_is_shown(
    writer: Writer, session: Session, cast: Cast, app: Flask
) -> None:
    client = writer(tampil_jawaban="setelah-lulus")
    attempt = take(client, ANSWERS)
    mark(session, app, cast, row(session, attempt), 2)
    text = at(client, "GET", f"{attempt}/result").text
    assert "hanya satu langkah" in text and "menyapa, memeriksa" not in text


def test_the_last_mark_gives_the_certificate_of_the_day_the_learner_acted(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish_essays(session, cast.trainer, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    enrollment, attempt = hand_in(session, app, cast.learner, now=NOW)
    session.commit()
    assert enrollment.completed_at is None
    progress = "/courses/layanan-loket/progress"
    text = at(sign_in(client, cast.learner), "GET", progress).text
    assert "Menunggu penilaian esai" in text and "Kerjakan kuis" not in text
    mark(session, app, cast, attempt, 4)
    certificate = session.scalars(select(Certificate)).one()
    assert enrollment.completed_at == NOW and certificate.issued_at == NOW + timedelta(days=2)
    text = at(sign_in(client, cast.learner), "GET", f"/attempts/{attempt.id}/result", timedelta(days=3)).text
    assert "Sertifikat Anda sudah terbit" in text and certificate.number in text


def test_an_essay_that_ran_out_of_time_waits_as_well(writer: Writer) -> None:
    client = writer(waktu_menit="10")
    attempt = begin(client, QUIZ)
    at(client, "POST", f"{attempt}/responses", data=form(ANSWERS))
    late = timedelta(minutes=11)
    assert "Menunggu penilaian esai" in at(client, "GET", f"{attempt}/result", late).text
    at(client, "POST", f"{attempt}/submission", late)
    text = at(client, "GET", f"{attempt}/result", late).text
    assert "Menunggu penilaian esai" in text and "Sejauh ini: 2 dari 10 poin." in text


def test_a_survey_takes_free_text_and_waits_for_nobody(writer: Writer, session: Session) -> None:
    client = writer(
        use="evaluasi", nilai_lulus="", questions="\n## Saran {#e-02 tipe=esai}\n\nApa saran Anda?\n"
    )
    attempt = take(client, {ESSAY: "Tambah contoh."})
    assert row(session, attempt).for_person == 0
    assert "Terima kasih" in at(client, "GET", f"{attempt}/result").text
