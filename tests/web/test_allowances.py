"""The trainer gives one learner more time or attempts; the learner sees it and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Allowance
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, enroll_in, publish_course
from tests.learning import course_of
from tests.taking import EXAM, MINUTE, at, begin, form, row

GIVEN = {"quiz": "ujian-loket", "minutes": "20", "attempts": "1", "reason": "Memakai pembaca layar"}


@pytest.fixture
def enrollment(session: Session, cast: Cast) -> Enrollment:
    from lms.domain.catalog.models import CourseMember

    publish_course(session, now=NOW)
    session.add(CourseMember(course_id=course_of(session).id, user_id=cast.trainer.id, role="owner"))
    found = enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return found


def page(enrollment: Enrollment) -> str:
    return f"/trainer/courses/{SLUG}/learners/{enrollment.id}"


def test_time_for_an_attempt_under_way(
    client: FlaskClient, session: Session, cast: Cast, enrollment: Enrollment
) -> None:
    address = page(enrollment)
    attempt = begin(sign_in(client, cast.learner), EXAM)
    answer = at(sign_in(client, cast.trainer), "POST", address, 29 * MINUTE, data=GIVEN)
    assert answer.status_code == 303
    text = at(client, "GET", address, 29 * MINUTE).text
    assert "kini berakhir pukul 10.50 WIB" in text
    assert "20 menit dan 1 percobaan" in text and "Memakai pembaca layar" in text
    assert row(session, attempt).deadline_at == NOW + 50 * MINUTE
    sign_in(client, cast.learner)
    told = at(
        client, "POST", f"{attempt}/responses/u-04", 45 * MINUTE, data={"q-u-04": "15", "seen-u-04": ""}
    )
    assert told.status_code == 200 and told.json is not None
    assert told.json["end"] == int((NOW + 50 * MINUTE).timestamp())
    late = at(client, "POST", f"{attempt}/responses", 50 * MINUTE, data=form({"u-04": "1"}))
    assert late.location == f"{attempt}/result"
    seen = at(client, "GET", EXAM, 51 * MINUTE).text
    assert "Pengajar memberi Anda tambahan: 20 menit dan 1 percobaan" in seen
    assert "Alasan: Memakai pembaca layar" in seen and "50 menit" in seen and "Sisa 2 percobaan" in seen


def test_an_attempt_more_when_all_are_used(
    client: FlaskClient, session: Session, cast: Cast, enrollment: Enrollment
) -> None:
    address = page(enrollment)
    sign_in(client, cast.learner)
    for number in range(2):
        begin(client, EXAM, timedelta(hours=2 * number))
    after = timedelta(hours=9)
    assert at(client, "POST", f"{EXAM}/attempts", after).location == EXAM
    given = {**GIVEN, "minutes": "0"}
    assert at(sign_in(client, cast.trainer), "POST", address, after, data=given).status_code == 303
    begin(sign_in(client, cast.learner), EXAM, after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"minutes": "0", "attempts": "0"},
        {"minutes": "601"},
        {"attempts": "-1"},
        {"quiz": "tidak-ada"},
        {"minutes": "banyak"},
    ],
)
def test_refused_with_what_was_typed(
    client: FlaskClient, session: Session, cast: Cast, enrollment: Enrollment, wrong: dict[str, str]
) -> None:
    address = page(enrollment)
    answer = at(sign_in(client, cast.trainer), "POST", address, data={**GIVEN, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert session.scalars(select(Allowance)).all() == []
