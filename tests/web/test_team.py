"""The team of a course: owners and the admin change it, one owner stays, a reviewer reads without names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import new_course, publish
from lms.domain.catalog.models import Course, CourseMember
from tests.cast import NOW, Cast, grant, make_user, sign_in, trains_no_more
from tests.course_files import named
from tests.courses import SLUG, make_bundle
from tests.learning import complete, office_of

TEAM = f"/trainer/courses/{SLUG}/team"
OFFICE = f"/admin/courses/{SLUG}/team"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """A course that the trainer owns."""
    assert publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW).version is not None
    session.commit()
    return session.scalars(select(Course)).one()


def team(session: Session) -> dict[str, str]:
    rows = session.execute(select(User.name, CourseMember.role).join(User, User.id == CourseMember.user_id))
    return dict(rows.all())


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("member.%"))))


@pytest.mark.parametrize("who", ["megat", "MEGAT sulaiman", "megat@gurindam.example"])
def test_an_owner_takes_a_trainer_in(
    client: FlaskClient, session: Session, cast: Cast, course: Course, who: str
) -> None:
    sign_in(client, cast.trainer)
    answer = client.post(TEAM, data={"who": who, "role": "author"}, follow_redirects=True)
    assert "Megat Sulaiman kini ada di tim sebagai penyusun." in answer.text
    assert team(session)["Megat Sulaiman"] == "author" and verbs(session) == ["member.set"]
    again = client.post(TEAM, data={"who": who, "role": "author"}, follow_redirects=True)
    assert "sudah ada di tim" in again.text and verbs(session) == ["member.set"]
    assert client.post(TEAM, data={"who": who, "role": "reviewer"}).status_code == 303
    assert team(session)["Megat Sulaiman"] == "reviewer"


def test_nobody_without_the_role_for_it_is_taken_in(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    grant(session, cast.stranger, "reviewer")
    session.commit()
    sign_in(client, cast.trainer)
    for who, role in (("Tengku", "reviewer"), ("Bulan", "author"), ("198809092010011002", "owner")):
        answer = client.post(TEAM, data={"who": who, "role": role})
        assert answer.status_code == 422 and "Peran itu diberikan admin." in answer.text
    assert client.post(TEAM, data={"who": "Bulan", "role": "reviewer"}).status_code == 303
    assert team(session) == {"Raja Fauziah Hanim": "owner", "Bulan Permatasari": "reviewer"}


def test_who_trains_no_more_only_reads_and_begins_no_course(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    trains_no_more(session, cast.trainer)
    sign_in(client, cast.trainer)
    page = client.get(f"/trainer/courses/{SLUG}")
    assert page.status_code == 200 and "/trainer/new-course" not in page.text
    assert client.get("/trainer/new-course").status_code == 403
    data = {"slug": "baru", "title": "Baru", "source": "empty"}
    assert client.post("/trainer/new-course", data=data).status_code == 403
    assert client.post("/trainer/courses").status_code == 403
    for path in ("writing/start", "draft/publication", "team"):
        assert client.post(f"/trainer/courses/{SLUG}/{path}").status_code == 403


def test_several_of_one_name_are_asked_about(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    twin = make_user(session, "Megat Sulaiman", "megat2@gurindam.example", cast.village)
    grant(session, twin, "trainer")
    session.commit()
    sign_in(client, cast.trainer)
    answer = client.post(TEAM, data={"who": "Megat", "role": "author"})
    assert answer.status_code == 422
    assert "Megat Sulaiman, Kelurahan Penyengat" in answer.text and "Megat Sulaiman, Puskesmas" in answer.text
    form = {"who": "Megat", "role": "author", "person": str(twin.id)}
    assert client.post(TEAM, data=form).status_code == 303
    assert session.get(CourseMember, (course.id, twin.id)) is not None
    stranger = {"who": "Megat", "role": "author", "person": str(cast.learner.id)}
    assert client.post(TEAM, data=stranger).status_code == 422
    assert session.get(CourseMember, (course.id, cast.learner.id)) is None


def test_the_last_owner_stays(client: FlaskClient, session: Session, cast: Cast, course: Course) -> None:
    session.add(CourseMember(course_id=course.id, user_id=cast.other_trainer.id, role="author"))
    session.commit()
    sign_in(client, cast.trainer)
    gone = f"{TEAM}/{cast.trainer.id}/removal"
    assert "Pelatihan harus punya pemilik." in client.post(gone, follow_redirects=True).text
    answer = client.post(TEAM, data={"who": "Raja", "role": "reviewer"})
    assert answer.status_code == 422 and "Pelatihan harus punya pemilik." in answer.text
    assert team(session)["Raja Fauziah Hanim"] == "owner" and verbs(session) == []
    client.post(TEAM, data={"who": "Megat", "role": "owner"})
    assert client.post(gone).headers["Location"] == "/trainer/courses"
    assert team(session) == {"Megat Sulaiman": "owner"} and verbs(session) == ["member.set", "member.removed"]


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_of_the_team_look_and_change_nothing(
    client: FlaskClient, session: Session, cast: Cast, course: Course, role: str
) -> None:
    session.add(CourseMember(course_id=course.id, user_id=cast.other_trainer.id, role=role))
    session.commit()
    sign_in(client, cast.other_trainer)
    page = client.get(TEAM).text
    assert "Raja Fauziah Hanim" in page and "Masukkan ke tim" not in page
    assert client.post(TEAM, data={"who": "Megat", "role": "owner"}).status_code == 403
    assert client.post(f"{TEAM}/{cast.trainer.id}/removal").status_code == 403
    assert team(session)["Raja Fauziah Hanim"] == "owner"


def test_the_admin_gives_a_course_without_a_team_its_owner(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    assert publish(session, SLUG, make_bundle(), home="disk", by=None, now=NOW).version is not None
    session.commit()
    sign_in(client, cast.admin)
    assert f'href="{OFFICE}"' in client.get("/admin/courses").text
    assert "Belum ada yang mengurus pelatihan ini" in client.get(OFFICE).text
    assert client.post(OFFICE, data={"who": "Raja", "role": "owner"}).status_code == 303
    assert team(session) == {"Raja Fauziah Hanim": "owner"}
    log = client.get("/admin/log").text
    assert "memberi tugas di tim pelatihan" in log and "bertugas sebagai: pemilik" in log
    client.post(f"{OFFICE}/{cast.trainer.id}/removal")
    assert team(session) == {"Raja Fauziah Hanim": "owner"}


def test_a_reviewer_reads_figures_without_names(
    app: Flask, client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    complete(session, cast.learner, office_of(app, session), now=NOW)
    grant(session, cast.stranger, "reviewer")
    session.add(CourseMember(course_id=course.id, user_id=cast.stranger.id, role="reviewer"))
    session.commit()
    results = f"/trainer/courses/{SLUG}/results"
    page = sign_in(client, cast.stranger).get(results).text
    assert "Kuis loket" in page and "bukan nama pesertanya" in page and "Tengku Zahara" not in page
    assert "Tengku Zahara" not in client.get(f"{results}?q=Tengku&quiz=kuis-loket").text
    assert "Tengku Zahara" in sign_in(client, cast.trainer).get(results).text


def test_a_draft_is_called_by_its_title(client: FlaskClient, session: Session, cast: Cast) -> None:
    new_course(session, "rencana-baru", named("rencana-baru"), by=cast.trainer.id, now=NOW)
    broken = {**named("rusak"), "kursus.md": b"tanpa kepala"}
    new_course(session, "rusak", broken, by=cast.trainer.id, now=NOW)
    session.commit()
    sign_in(client, cast.trainer)
    assert ">Layanan di loket</a>" in client.get("/trainer/courses").text
    assert ">rusak</a>" in client.get("/trainer/courses").text
    for part in ("", "/draft", "/team"):
        assert "Layanan di loket" in client.get(f"/trainer/courses/rencana-baru{part}").text
    assert "Layanan di loket" in sign_in(client, cast.admin).get("/admin/courses").text
