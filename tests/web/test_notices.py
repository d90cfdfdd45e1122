"""Notices: told once, counted in the frame, read by a form alone, gone when they are old."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.content.bundle import digest
from lms.domain.catalog.actions import begin_draft, publish, save_file
from lms.domain.catalog.models import Course, CourseMember
from lms.domain.notices.actions import forget, tell
from lms.domain.notices.models import Notice
from lms.domain.notices.queries import notices_since
from tests.cast import NOW, Cast, grant, sign_in
from tests.course_files import LESSON, edited
from tests.courses import SLUG, make_bundle

LATER = NOW + timedelta(hours=1)


def test_one_thing_is_told_once_until_it_was_read(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    for _twice in range(2):
        tell(session, [cast.learner.id], "mark.corrected", about=("attempt", 7), now=NOW, attempt=7,
             course="Layanan 100%", quiz="Kuis <b>", reason="Kunci {tertukar}")  # fmt: skip
    tell(session, [cast.learner.id, cast.stranger.id], "wish.answered", about=("wish", 1), now=LATER)
    session.commit()
    with clock.frozen(LATER):
        learner, other = sign_in(client, cast.learner), sign_in(app.test_client(), cast.stranger)
        home = learner.get("/").text
        assert (
            "Nilai Anda dihitung ulang: Kunci {tertukar}" in home and "Kuis &lt;b&gt;, Layanan 100%" in home
        )
        assert "2 belum dibaca" in home and "1 belum dibaca" in other.get("/").text
        [first, second] = notices_since(session, cast.learner.id, NOW)
        assert [first.kind, second.kind] == ["mark.corrected", "wish.answered"]
        assert notices_since(session, cast.learner.id, LATER) == [second]
        session.commit()
        assert other.post(f"/notices/{second.id}").status_code == 404
        assert learner.get("/notices").text.count("Lihat") >= 2
        assert "2 belum dibaca" in learner.get("/").text, "a look reads nothing"
        answer = learner.post(f"/notices/{second.id}")
        assert answer.status_code == 303 and answer.headers["Location"].endswith("/account/data#corrections")
        assert "1 belum dibaca" in learner.get("/").text
        assert learner.post("/notices/read").status_code == 303
        page = learner.get("/notices").text
        assert "Semua sudah Anda baca." in page and "Nilai Anda dihitung ulang" in page
        assert "Nilai Anda dihitung ulang" not in learner.get("/").text
    tell(session, [cast.learner.id], "wish.answered", about=("wish", 1), now=LATER)
    assert session.scalar(select(func.count()).select_from(Notice)) == 4, "what was read may be told again"
    forget(session, before=LATER)
    assert session.scalar(select(func.count()).select_from(Notice)) == 3


def test_a_review_is_told_to_who_may_decide_and_its_end_to_who_wrote(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course)).one()
    grant(session, cast.stranger, "reviewer")
    session.add(CourseMember(course_id=course.id, user_id=cast.stranger.id, role="reviewer"))
    session.add(CourseMember(course_id=course.id, user_id=cast.other_trainer.id, role="author"))
    begin_draft(session, course, by=cast.trainer.id, now=NOW)
    for writer in (cast.other_trainer, cast.trainer):
        text = edited("hormat")[LESSON] + str(writer.id).encode()
        save_file(session, course, LESSON, text, base=None, by=writer.id, now=NOW)
    save_file(session, course, LESSON, edited("hormat")[LESSON], base=None, by=cast.trainer.id, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        sign_in(client, cast.trainer)
        send = {"seen": digest(edited("hormat")), "message": ""}
        assert client.post(f"/trainer/courses/{SLUG}/reviews", data=send).status_code == 303
        assert told_to(session) == [(cast.stranger.id, "review.waits")]
        sign_in(client, cast.stranger)
        assert "mengirim naskah untuk Anda telaah" in client.get("/notices").text
        [waiting] = session.scalars(select(Notice)).all()
        session.commit()
        review = client.post(f"/notices/{waiting.id}").headers["Location"]
        assert client.get(review).status_code == 200
        decision = {"decision": "return", "note": "Perbaiki."}
        assert client.post(f"{review}/decision", data=decision).status_code == 303
        assert told_to(session, unread=True) == sorted(
            [(cast.trainer.id, "review.returned"), (cast.other_trainer.id, "review.returned")]
        )
        sign_in(client, cast.other_trainer)
        assert "mengembalikan naskah Anda" in client.get("/").text


def told_to(session: Session, *, unread: bool = False) -> list[tuple[int, str]]:
    session.rollback()
    rows = session.scalars(select(Notice).order_by(Notice.user_id)).all()
    return sorted((row.user_id, row.kind) for row in rows if not unread or row.read_at is None)
