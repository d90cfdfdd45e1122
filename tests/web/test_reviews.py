"""From draft over review to the catalogue and out of it: who may say yes, to which text, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms import clock
from lms.content.bundle import digest
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import begin_draft, publish, save_file
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Review, ReviewComment
from lms.domain.catalog.queries import draft_digests, draft_of
from lms.domain.enrollments.actions import act
from lms.domain.settings.actions import change
from tests.cast import NOW, Cast, grant, sign_in
from tests.course_files import LESSON, edited
from tests.courses import SLUG, enroll_in, make_bundle

COURSE = f"/trainer/courses/{SLUG}"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """A published course whose first lesson the trainer changed; the stranger reviews, the other writes."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    found = session.scalars(select(Course)).one()
    grant(session, cast.stranger, "reviewer")
    session.add(CourseMember(course_id=found.id, user_id=cast.stranger.id, role="reviewer"))
    session.add(CourseMember(course_id=found.id, user_id=cast.other_trainer.id, role="author"))
    begin_draft(session, found, by=cast.trainer.id, now=NOW)
    write(session, found, "hormat", cast.trainer.id)
    change(session, {"review_required": True}, by=cast.admin.id, now=NOW)
    session.commit()
    return found


def write(session: Session, course: Course, word: str, by: int) -> None:
    save_file(session, course, LESSON, edited(word)[LESSON], base=None, by=by, now=NOW)
    session.commit()


def send(client: FlaskClient, word: str = "hormat") -> str:
    data = {"seen": digest(edited(word)), "message": "Lihat pelajaran pertama."}
    return client.post(f"{COURSE}/reviews", data=data, follow_redirects=True).text


def newest(session: Session) -> Review:
    session.rollback()
    return session.scalars(select(Review).order_by(Review.id.desc())).first()  # type: ignore[return-value]


def settle(client: FlaskClient, session: Session, decision: str, note: str = "") -> int:
    address = f"{COURSE}/reviews/{newest(session).id}/decision"
    return client.post(address, data={"decision": decision, "note": note}).status_code


def publication(client: FlaskClient, word: str = "hormat") -> int:
    return client.post(f"{COURSE}/draft/publication", data={"seen": digest(edited(word))}).status_code


def test_only_another_person_opens_the_way_and_only_for_this_text(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.trainer)
    page = client.get(f"{COURSE}/draft").text
    assert "Sebelum terbit, teks ini harus disetujui orang lain." in page
    assert "Terbitkan pelatihan" not in page
    assert publication(client) == 409
    assert "menunggu telaah" in send(client)
    send(client)
    assert len(session.scalars(select(Review)).all()) == 1
    assert settle(client, session, "approve") == 403
    sign_in(client, cast.other_trainer)
    write(session, course, "takzim", cast.other_trainer.id)
    assert settle(client, session, "approve") == 403
    write(session, course, "hormat", cast.trainer.id)

    sign_in(client, cast.stranger)
    listed = client.get("/trainer/reviews").text
    assert "Menunggu Anda" in listed and "Telaah (1)" in listed
    assert "Yang berbeda dari teks yang terbit" in client.get(f"{COURSE}/reviews/{newest(session).id}").text
    assert settle(client, session, "approve") == 303
    review = newest(session)
    assert (review.decision, review.decided_by, review.digest) == (
        "approved", cast.stranger.id, digest(edited()),
    )  # fmt: skip
    assert settle(client, session, "return", "Terlambat.") == 303
    assert newest(session).decision == "approved"
    assert publication(client) == 403

    sign_in(client, cast.trainer)
    write(session, course, "santun", cast.trainer.id)
    assert publication(client, "santun") == 409
    write(session, course, "hormat", cast.trainer.id)
    assert "Teks ini persis sudah disetujui Bulan Permatasari" in client.get(f"{COURSE}/draft").text
    assert publication(client) == 303
    session.rollback()
    assert session.scalars(select(CourseVersion.number).order_by(CourseVersion.number)).all() == [1, 2]
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("review.%"))).all()
    assert verbs == ["review.sent", "review.approved"]
    with pytest.raises(DatabaseError):
        session.get_one(Review, review.id).note = "lain"
        session.flush()
    session.rollback()


def test_an_approval_is_lost_when_its_giver_writes(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.trainer)
    send(client)
    sign_in(client, cast.other_trainer)
    assert settle(client, session, "approve") == 303
    write(session, course, "takzim", cast.other_trainer.id)
    write(session, course, "hormat", cast.other_trainer.id)
    assert publication(client) == 409
    assert "harus disetujui orang lain" in client.get(f"{COURSE}/draft").text


def test_a_remark_stands_at_its_line_until_it_is_done(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.trainer)
    send(client)
    write(session, course, "santun", cast.trainer.id)
    sign_in(client, cast.stranger)
    room = f"{COURSE}/reviews/{newest(session).id}"
    shown = client.get(f"{room}/files/{LESSON}?line=9").text
    assert '<ins class="line">Sapalah warga dengan hormat.' in shown and "santun" not in shown
    assert 'value="9"' in shown
    for data, words in (
        ({"line": "900", "text": "x"}, "Tidak ada baris"),
        ({"line": "9"}, "Tulis catatannya"),
    ):
        refused = client.post(f"{room}/files/{LESSON}", data=data)
        assert refused.status_code == 422 and words in refused.text
    assert settle(client, session, "return") == 422
    client.post(f"{room}/files/{LESSON}", data={"line": "9", "text": "Sapaan ini <b>kaku</b>."})
    comment = session.scalars(select(ReviewComment)).one()
    assert (comment.path, comment.line, comment.author_id) == (LESSON, 9, cast.stranger.id)
    assert comment.quote == edited()[LESSON].decode().split("\n")[8].strip()[:300]
    assert settle(client, session, "return", "Perhalus.") == 303
    assert client.post(f"{room}/files/{LESSON}", data={"line": "9", "text": "x"}).status_code == 303
    assert len(session.scalars(select(ReviewComment)).all()) == 1

    sign_in(client, cast.trainer)
    page = client.get(f"{COURSE}/draft").text
    assert "Dikembalikan Bulan Permatasari" in page and "Perhalus." in page
    assert "Sapaan ini &lt;b&gt;kaku&lt;/b&gt;." in page and "Catatan terbuka (1)" in page
    client.post(f"{room}/remarks/{comment.id}", data={"done": "1", "back": "draft"})
    assert "Catatan terbuka" not in client.get(f"{COURSE}/draft").text
    session.rollback()
    assert session.scalars(select(ReviewComment.resolved_by)).one() == cast.trainer.id


def test_a_discarded_draft_takes_its_review_back_and_errors_are_not_sent(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.trainer)
    assert "Draf berubah" in send(client, "lain")
    send(client)
    client.post(f"{COURSE}/draft/discard")
    assert newest(session).decision == "withdrawn"
    assert "Tidak ada yang dikirim" in send(client)


def test_changes_are_shown_line_by_line(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    sign_in(client, cast.trainer)
    page = client.get(f"{COURSE}/draft/changes").text
    assert page.count("<summary><code>") == 1 and f"<code>{LESSON}</code>" in page
    assert '<del class="line">Sapalah warga dengan ramah.' in page
    assert '<ins class="line">Sapalah warga dengan hormat.' in page
    draft = draft_of(session, course.id)
    assert draft is not None and LESSON in draft_digests(session, draft.id)


def test_an_archived_course_is_left_to_those_under_way(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    act(enroll_in(session, cast.learner, now=NOW), "menyapa", now=NOW)
    session.commit()
    sign_in(client, cast.trainer)
    assert client.post(f"{COURSE}/archive", data={"reason": ""}).status_code == 422
    assert client.post(f"{COURSE}/archive", data={"reason": "Peraturan diganti."}).status_code == 303
    assert "Diarsipkan sejak" in client.get(COURSE).text
    assert ">Diarsipkan<" in client.get("/trainer/courses").text.replace("\n", "")
    sign_in(client, cast.learner)
    assert client.get(f"/courses/{SLUG}").status_code == 200
    assert client.get(f"/courses/{SLUG}/lessons/menyapa").status_code == 200
    sign_in(client, cast.colleague)
    assert client.get(f"/courses/{SLUG}").status_code == 404
    assert client.post(f"/courses/{SLUG}/enrollment").status_code == 404
    sign_in(client, cast.other_trainer)
    assert client.post(f"{COURSE}/return").status_code == 403
    sign_in(client, cast.trainer)
    assert client.post(f"{COURSE}/return").status_code == 303
    sign_in(client, cast.colleague)
    assert client.get(f"/courses/{SLUG}").status_code == 200
    detail = session.scalars(select(AuditEntry.detail).where(AuditEntry.verb == "course.archived")).one()
    assert detail == {"reason": "Peraturan diganti."}
