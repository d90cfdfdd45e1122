"""Publishing: one text, one version; nothing published ever changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms.content.parse import parse_course
from lms.db import Base, db
from lms.domain.accounts.models import User
from lms.domain.catalog.actions import Published, PublishedElsewhere, publish
from lms.domain.catalog.models import (
    Blob,
    Course,
    CourseMember,
    CourseVersion,
    Piece,
    VersionClaim,
    VersionFile,
)
from lms.domain.catalog.queries import pieces, version_bundle
from lms.domain.enrollments.actions import act, publish_course, withdraw
from lms.domain.enrollments.models import Enrollment
from tests.cast import NOW, Cast, make_user
from tests.course_files import LESSON, QUIZ, broken, edited, other_kind, with_checks, with_picture
from tests.courses import SLUG, enroll_in, make_bundle


def put(session: Session, files: dict[str, bytes], home: str = "disk", **more: object) -> Published:
    values = {"home": home, "by": None, "now": NOW, **more}
    return publish(session, SLUG, files, **values)  # type: ignore[arg-type]


def counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }


def test_a_first_text_becomes_version_1_with_its_index(session: Session) -> None:
    result = put(session, with_picture())
    assert result.created
    version = result.version
    assert version is not None
    assert (version.number, version.title, version.jp) == (1, "Layanan di loket", 1)
    rows = pieces(session, version.id)
    assert [row.position for row in rows] == [1, 2, 3, 4, 5]
    assert version.minutes == sum(row.minutes for row in rows if row.kind != "module")
    assert session.scalars(select(VersionClaim.code)).all() == ["M.5"]
    assert version_bundle(session, version.id)["aset/denah.svg"] == with_picture()["aset/denah.svg"]
    assert session.scalars(select(Course)).one().live_version_id == version.id


def test_the_same_text_gets_no_new_number(session: Session) -> None:
    first = put(session, make_bundle())
    session.commit()
    before = counts(session)
    windows = {path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for path, data in make_bundle().items()}
    windows["riwayat.txt"] = b"Versi 1"
    windows["__MACOSX/kursus.md"] = b"x"
    again = put(session, windows)
    session.commit()
    assert again.version is not None
    assert first.version is not None
    assert again.version.id == first.version.id
    assert not again.created
    assert counts(session) == before


def test_a_text_of_before_becomes_live_again_without_a_new_number(session: Session) -> None:
    put(session, make_bundle())
    put(session, edited())
    back = put(session, make_bundle())
    course = session.scalars(select(Course)).one()
    assert back.version is not None
    assert (back.version.number, back.created) == (1, False)
    assert course.live_version_id == back.version.id
    assert session.scalar(select(func.count(CourseVersion.id))) == 2


def test_a_question_of_another_kind_under_its_id_is_refused(session: Session) -> None:
    put(session, with_checks())
    session.commit()
    before = counts(session)
    files = {
        **other_kind(),
        LESSON: with_checks()[LESSON]
        .replace(b" satuan=menit}", b"}")
        .replace(b"- = 7\n- != 8", b"- = tujuh\n- != delapan"),
    }
    assert parse_course(files, SLUG).course is not None
    result = put(session, files)
    session.rollback()
    assert result.version is None
    line = other_kind()[QUIZ].decode().split("\n").index("## Singkatan {#k-10}") + 1
    found = [(one.path, one.line, one.params) for one in result.problems if one.severity == "error"]
    assert found == [
        (LESSON, 28, {"id": "c-02", "before": "angka", "now": "isian"}),
        (QUIZ, line, {"id": "k-10", "before": "isian", "now": "angka"}),
    ]
    assert counts(session) == before
    renamed = {path: data.replace(b"{#k-10}", b"{#k-11}") for path, data in other_kind().items()}
    assert put(session, renamed).created


def test_a_text_with_errors_changes_nothing(session: Session) -> None:
    put(session, make_bundle())
    session.commit()
    before = counts(session)
    result = put(session, broken())
    session.commit()
    assert result.version is None
    assert any(item.code == "completion_unknown" and item.line for item in result.problems)
    assert counts(session) == before


def test_a_course_that_never_was_leaves_no_row_when_its_text_is_broken(session: Session) -> None:
    put(session, broken())
    session.commit()
    assert session.scalar(select(func.count(Course.id))) == 0
    assert session.scalar(select(func.count()).select_from(Blob)) == 0


def test_equal_files_are_stored_once(session: Session) -> None:
    put(session, make_bundle())
    put(session, edited())
    assert session.scalar(select(func.count()).select_from(VersionFile)) == 12
    assert session.scalar(select(func.count()).select_from(Blob)) == 7


@pytest.mark.parametrize(("home", "other"), [("disk", "desk"), ("desk", "disk")])
def test_the_other_place_is_refused_unless_it_takes_over(session: Session, home: str, other: str) -> None:
    put(session, make_bundle(), home)
    session.commit()
    with pytest.raises(PublishedElsewhere) as refused:
        put(session, edited(), other)
    assert refused.value.home == home
    session.rollback()
    assert session.scalar(select(func.count(CourseVersion.id))) == 1
    put(session, edited(), other, takeover=True)
    assert session.scalars(select(Course)).one().home == other


def test_a_trainer_becomes_owner_of_a_course_without_members(session: Session, cast: Cast) -> None:
    put(session, make_bundle(), by=cast.learner.id)
    assert session.scalars(select(CourseMember)).all() == []
    put(session, make_bundle(), by=cast.trainer.id)
    put(session, make_bundle(), by=cast.other_trainer.id)
    rows = session.execute(select(CourseMember.user_id, CourseMember.role)).all()
    assert [tuple(row) for row in rows] == [(cast.trainer.id, "owner")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE course_version SET title = 'Lain'",
        "UPDATE course_version SET jp = 20",
        "DELETE FROM course_version",
        "UPDATE version_file SET path = 'lain.md'",
        "DELETE FROM version_file",
        "UPDATE blob SET data = ''",
    ],
)
def test_what_is_published_cannot_be_changed_by_sql(session: Session, statement: str) -> None:
    put(session, make_bundle())
    session.commit()
    with pytest.raises(DatabaseError, match="refused"):
        session.execute(text(statement))
    session.rollback()


def test_who_has_not_begun_moves_up_and_who_has_begun_stays(session: Session, cast: Cast) -> None:
    first = publish_course(session, SLUG, make_bundle(), home="disk", by=None, now=NOW).version
    assert first is not None
    waiting = enroll_in(session, cast.learner, now=NOW)
    reading = enroll_in(session, cast.colleague, now=NOW)
    act(reading, "menyapa", now=NOW)
    gone = enroll_in(session, cast.stranger, now=NOW)
    gone.withdrawn_at = NOW
    session.commit()
    second = publish_course(session, SLUG, edited(), home="disk", by=None, now=NOW).version
    session.commit()
    session.expire_all()
    assert second is not None
    assert (waiting.version_id, reading.version_id, gone.version_id) == (second.id, first.id, first.id)


def test_two_texts_at_once_get_two_numbers(app: Flask, session: Session, cast: Cast) -> None:
    texts = [edited(f"kata{number}") for number in range(6)]
    start = Barrier(len(texts))

    def work(files: dict[str, bytes]) -> int:
        with app.app_context():
            start.wait(10)
            version = publish(db.session(), SLUG, files, home="disk", by=None, now=NOW).version
            db.session.commit()
            assert version is not None
            return version.number

    session.commit()
    with ThreadPoolExecutor(len(texts)) as pool:
        numbers = sorted(pool.map(work, texts))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert session.scalar(select(func.count(Course.id))) == 1


def test_the_same_text_at_once_is_one_version(app: Flask, session: Session) -> None:
    start = Barrier(4)

    def work(_number: int) -> bool:
        with app.app_context():
            start.wait(10)
            created = publish(db.session(), SLUG, make_bundle(), home="disk", by=None, now=NOW).created
            db.session.commit()
            return created

    session.commit()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(work, range(4)))
    assert made.count(True) == 1
    assert session.scalar(select(func.count(Piece.id))) == 5


def test_who_joins_while_a_version_is_published_is_not_left_behind(
    app: Flask, session: Session, cast: Cast
) -> None:
    publish_course(session, SLUG, make_bundle(), home="disk", by=None, now=NOW)
    people = [
        make_user(session, f"Orang {n}", f"orang{n}@gurindam.example", cast.village).id for n in range(8)
    ]
    session.commit()
    start = Barrier(len(people) + 1)

    def join(user_id: int) -> None:
        with app.app_context():
            start.wait(10)
            user = db.session.get(User, user_id)
            assert user is not None
            enroll_in(db.session(), user, now=NOW)
            db.session.commit()

    def renew() -> None:
        with app.app_context():
            start.wait(10)
            publish_course(db.session(), SLUG, edited(), home="disk", by=None, now=NOW)
            db.session.commit()

    with ThreadPoolExecutor(len(people) + 1) as pool:
        work = [pool.submit(join, user_id) for user_id in people] + [pool.submit(renew)]
        for one in work:
            one.result()
    session.rollback()
    live = session.scalar(select(Course.live_version_id))
    assert set(session.scalars(select(Enrollment.version_id))) == {live}
    assert session.scalar(select(func.count(Enrollment.id))) == len(people)


def test_who_comes_back_without_having_begun_gets_the_live_version(session: Session, cast: Cast) -> None:
    publish_course(session, SLUG, make_bundle(), home="disk", by=None, now=NOW)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    withdraw(session, enrollment, now=NOW)
    version = publish_course(session, SLUG, edited(), home="disk", by=None, now=NOW).version
    assert version is not None
    assert enroll_in(session, cast.learner, now=NOW) is enrollment
    assert enrollment.version_id == version.id
