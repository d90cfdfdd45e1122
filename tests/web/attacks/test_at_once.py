"""Two people, or one person twice, at the same moment: exactly one outcome, never an error of the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import ActivationCode, LoginSession, RoleGrant, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.accounts.rules import hash_password, verify_password
from lms.domain.catalog.actions import save_draft
from lms.domain.catalog.models import CourseMember, CourseVersion, Draft, HoursApproval
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.jobs.models import Job
from lms.domain.reports.models import Export
from tests.cast import NOW, Cast, grant, make_user, sign_in
from tests.courses import SLUG, make_bundle, publish_course
from tests.learning import approve, complete, course_of, office_of

TWICE = 6
PASSWORD, OTHER = "hujan di atas pulau", "angin dari selatan"


@pytest.fixture(scope="module")
def hashed() -> str:
    """The hash of PASSWORD, made once."""
    return hash_password(PASSWORD)


@pytest.fixture(autouse=True)
def calm(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a thread raises is seen as the answer of the server, not thrown into the test."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    yield


def browsers(app: Flask, *people: User | None) -> list[FlaskClient]:
    """A browser of its own for each."""
    found = []
    for user in people:
        client = FlaskClient(app, app.response_class, use_cookies=True)
        if user is not None:
            cookie = sign_in(app.test_client(), user).get_cookie(app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            client.set_cookie(cookie.key, cookie.value)
        found.append(client)
    return found


def at_once(session: Session, *work: Callable[[], int]) -> list[int]:
    """Do all at the same moment, each in a thread of its own; return the statuses."""
    session.commit()
    session.close()
    gate = Barrier(len(work), timeout=60)

    def run(act: Callable[[], int]) -> int:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def post(client: FlaskClient, path: str, **data: str) -> Callable[[], int]:
    """A form to send when the gate opens."""
    return lambda: client.post(path, data=data).status_code


def status(app: Flask, client: FlaskClient, path: str) -> int:
    """What a page answers, in an application context of its own, as on the server."""
    with app.app_context():
        return client.get(path).status_code


def count(session: Session, table: type[object], *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]


def test_one_order_from_many_tabs_is_one_export(app: Flask, session: Session, cast: Cast) -> None:
    clients = browsers(app, *[cast.hr_unit] * TWICE)
    assert at_once(session, *[post(one, "/hr/exports", kind="staff.csv") for one in clients]) == [303] * TWICE
    assert count(session, Export) == count(session, Job) == 1


def test_two_officers_order_the_same_list_and_each_has_the_own(
    app: Flask, session: Session, cast: Cast
) -> None:
    second = make_user(session, "Encik Zainab", "sdm2@gurindam.example", cast.district)
    grant(session, second, "hr", cast.district)
    clients = browsers(app, cast.hr_unit, second, cast.hr_unit, second)
    assert at_once(session, *[post(one, "/hr/exports", kind="staff.csv") for one in clients]) == [303] * 4
    assert sorted(session.scalars(select(Export.ordered_by))) == sorted([cast.hr_unit.id, second.id])
    assert count(session, Job) == 2


def test_one_code_opens_one_account_once(app: Flask, session: Session, cast: Cast) -> None:
    issuer = user_with_grants(session, cast.hr_unit.id)
    assert issuer is not None
    [issued] = issue_codes(session, [cast.learner.id], by=issuer, now=NOW, days=30)
    words = [f"{number} angin dari selatan" for number in range(TWICE)]
    forms = [
        post(client, "/activate", code=issued.code, new_password=word, repeat=word)
        for client, word in zip(browsers(app, *[None] * TWICE), words, strict=True)
    ]
    found = at_once(session, *forms)
    assert sorted(found) == [303] + [422] * (TWICE - 1)
    assert count(session, ActivationCode, ActivationCode.used_at.is_not(None)) == 1
    assert count(session, LoginSession, LoginSession.user_id == cast.learner.id) == 1
    stored = session.get_one(User, cast.learner.id).password_hash
    assert verify_password(stored, words[found.index(303)])


def test_two_officers_approve_the_hours_at_once(app: Flask, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW)
    second = make_user(session, "Tengku Haji", "bkpsdm2@gurindam.example", cast.city)
    grant(session, second, "bkpsdm")
    path = f"/hr/approvals/{course_of(session).id}"
    clients = browsers(app, cast.bkpsdm, second, cast.bkpsdm, second)
    assert at_once(session, *[post(client, path, jp="1") for client in clients]) == [303] * 4
    assert count(session, Job) == 1
    assert 2 <= count(session, HoursApproval) <= 4, "each approval of another person is a line of its own"


@pytest.fixture
def certificate(app: Flask, session: Session, cast: Cast) -> Certificate:
    """The certificate of the learner."""
    publish_course(session, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    made = complete(session, cast.learner, office_of(app, session), now=NOW)
    assert made is not None
    session.commit()
    return made


def test_revoked_while_it_is_replaced(
    app: Flask, session: Session, cast: Cast, certificate: Certificate
) -> None:
    """One certificate is replaced once, whatever comes between; no number is given twice."""
    path = f"/hr/certificates/{certificate.id}"
    clients = browsers(app, *[cast.bkpsdm] * 4)
    found = at_once(
        session,
        post(clients[0], f"{path}/revocation", **{"revoke-reason": "Data keliru"}),
        post(clients[1], f"{path}/replacement", **{"replace-reason": "Gelar keliru"}),
        post(clients[2], f"{path}/replacement", **{"replace-reason": "Gelar keliru"}),
        post(clients[3], f"{path}/revocation", **{"revoke-reason": "Data keliru sekali"}),
    )
    assert set(found) <= {303, 422}
    assert count(session, Certificate, Certificate.replaces_id == certificate.id) == 1
    old = session.get_one(Certificate, certificate.id)
    assert old.revoked_at is not None
    assert old.replaced_at is not None
    assert count(session, Certificate, Certificate.replaced_at.is_(None)) == 1
    assert len(set(session.scalars(select(Certificate.number)))) == count(session, Certificate) == 2


def test_nobody_stays_signed_in_past_a_new_password(
    app: Flask, session: Session, cast: Cast, hashed: str
) -> None:
    """Signing in with the old password while it is changed: in and put out, or refused, never left in."""
    cast.learner.password_hash = hashed
    session.commit()
    owner, *others = browsers(app, cast.learner, *[None] * 4)
    found = at_once(
        session,
        post(owner, "/account/password", password=PASSWORD, new_password=OTHER, repeat=OTHER),
        *[post(one, "/login", identity="peserta@gurindam.example", password=PASSWORD) for one in others],
    )
    assert found[0] == 303
    assert set(found[1:]) <= {303, 422}
    assert count(session, LoginSession, LoginSession.ended_at.is_(None)) == 1
    assert [status(app, one, "/account") for one in (owner, *others)] == [200, 303, 303, 303, 303]


def test_joining_and_leaving_at_once(app: Flask, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW)
    clients = browsers(app, *[cast.learner] * TWICE)
    path = f"/courses/{SLUG}/enrollment"
    join = [post(client, path) for client in clients[:4]]
    leave = [post(client, f"{path}/withdrawal") for client in clients[4:]]
    found = at_once(session, *join, *leave)
    assert set(found[:4]) <= {303, 404}, "whoever left in between has no enrolment to go to"
    assert set(found[4:]) <= {303, 404}
    assert count(session, Enrollment) == 1


def test_a_draft_is_published_once(app: Flask, session: Session, cast: Cast) -> None:
    publish_course(session, now=NOW)
    course = course_of(session)
    session.add(CourseMember(course_id=course.id, user_id=cast.trainer.id, role="owner"))
    changed = make_bundle()
    changed["01-loket/01-menyapa.md"] += b"\nSatu baris lagi.\n"
    save_draft(session, course, changed, by=cast.trainer.id, now=NOW)
    session.commit()
    page = sign_in(app.test_client(), cast.trainer).get(f"/trainer/courses/{SLUG}/draft").text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    clients = browsers(app, *[cast.trainer] * 4)
    path = f"/trainer/courses/{SLUG}/draft"
    found = at_once(
        session,
        *[post(client, f"{path}/publication", seen=seen) for client in clients[:3]],
        post(clients[3], f"{path}/discard"),
    )
    assert set(found) <= {303, 409}
    assert count(session, Draft) == 0
    assert count(session, CourseVersion) <= 2


def test_the_last_two_admins_do_not_put_each_other_out(app: Flask, session: Session, cast: Cast) -> None:
    second = make_user(session, "Wan Kedua", "admin2@gurindam.example", cast.city)
    grant(session, second, "admin")
    first_client, second_client = browsers(app, cast.admin, second)
    found = at_once(
        session,
        post(first_client, f"/admin/users/{second.id}/close"),
        post(second_client, f"/admin/users/{cast.admin.id}/close"),
    )
    assert set(found) <= {303, 401, 403}
    open_admins = select(func.count()).select_from(RoleGrant).join(User, User.id == RoleGrant.user_id).where(
        RoleGrant.role == "admin", User.closed_at.is_(None)
    )  # fmt: skip
    assert session.scalar(open_admins) == 1


def test_one_nip_is_given_to_one_person(app: Flask, session: Session, cast: Cast) -> None:
    people = [make_user(session, f"Pegawai {n}", f"b{n}@gurindam.example", cast.village) for n in range(4)]
    clients = browsers(app, *[cast.bkpsdm] * 4)
    forms = [
        post(client, f"/hr/staff/{user.id}/edit", name=user.name, nip="199001012015031001", employment="pns",
             unit_id=str(cast.village.id))
        for client, user in zip(clients, people, strict=True)
    ]  # fmt: skip
    assert sorted(at_once(session, *forms)) == [303, 422, 422, 422]
    assert count(session, User, User.nip == "199001012015031001") == 1
