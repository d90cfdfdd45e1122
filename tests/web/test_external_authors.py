"""External authors from the admin's form to the trainers' desk, and out again when their access ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.content.bundle import digest
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import hash_password
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish, save_draft, set_member
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Review
from lms.domain.partners.actions import add, add_author
from lms.domain.partners.models import Partner
from tests.cast import NOW, Cast, grant, sign_in
from tests.course_files import edited
from tests.courses import SLUG, make_bundle
from tests.essays import ESSAY, hand_in, publish_essays
from tests.unit.partners.test_partners import ENTRY
from tests.web.hr.desk import text_of

PASSWORD = "hujan di atas pulau"
COURSE = f"/trainer/courses/{SLUG}"
FORM = {"name": "Dr. Penulis Mitra", "email": "penulis@ucb.example", "access_until": "2026-12-31"}


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def partner(session: Session, cast: Cast) -> Partner:
    made = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    session.commit()
    return made


@pytest.fixture
def author(session: Session, cast: Cast, partner: Partner) -> User:
    made = add_author(
        session, partner, FORM["name"], FORM["email"], date(2026, 12, 31), by=cast.admin.id, now=NOW
    )
    session.commit()
    return made


def code_on(page: str) -> str:
    found = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", page)
    assert found is not None
    return found[0]


def test_the_admin_makes_the_account_and_the_author_activates_it(
    client: FlaskClient, session: Session, cast: Cast, partner: Partner, app: Flask
) -> None:
    admin = sign_in(client, cast.admin)
    new = f"/admin/partners/{partner.id}/authors/new"
    assert admin.get(new).status_code == 200
    for wrong in ({"name": ""}, {"name": "x" * 201}, {"email": ""}, {"email": "salah"},
                  {"access_until": "kemarin"},
                  {"access_until": "2026-11-23"}, {"email": "peserta@gurindam.example"}):  # fmt: skip
        assert admin.post(new, data={**FORM, **wrong}).status_code == 422, wrong
    assert admin.post(new, data={**FORM, "name": "A\0B", "email": "nul@ucb.example"}).status_code in {
        303,
        422,
    }
    page = admin.post(new, data={**FORM, "then": "code"})
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    again = admin.post(new, data=FORM, follow_redirects=True)
    assert "tidak ada yang ditambahkan" in text_of(again)
    user = session.scalars(select(User).where(User.email == FORM["email"])).one()
    assert session.scalar(select(func.count(User.id)).where(User.partner_id == partner.id)) in {1, 2}
    shown = text_of(admin.get(f"/admin/users/{user.id}"))
    assert "Universitas Contoh Bahari" in shown and "31 Desember 2026" in shown
    assert (
        admin.get(f"/admin/users/{user.id}/edit").location
        == f"/admin/partners/{partner.id}/authors/{user.id}"
    )
    assert "Dr. Penulis Mitra" not in admin.get("/admin/users").text
    assert "Dr. Penulis Mitra" in admin.get("/admin/users?state=external").text
    refused = admin.post(f"/admin/users/{user.id}", data={"role": "admin"})
    assert refused.status_code == 422 and "hanya dapat menjadi pengajar" in text_of(refused)
    moved = admin.post(f"/admin/users/{user.id}/edit", data={"name": "X", "nip": "199001012015031001"})
    assert moved.status_code == 422
    guest = app.test_client()
    activated = guest.post("/activate", data={"code": code_on(page.text), "new_password": PASSWORD,
                                              "repeat": PASSWORD})  # fmt: skip
    assert activated.status_code == 303, text_of(activated)
    assert guest.get("/").location == "/trainer/courses"
    desk = guest.get("/trainer/courses").text
    assert 'href="/courses"' not in desk and 'href="/profile"' not in desk and "Pelatihan baru" not in desk
    account = text_of(guest.get("/account"))
    assert "Universitas Contoh Bahari" in account and "31 Desember 2026" in account and "NIP" not in account
    assert "Minta perbaikan" not in text_of(guest.get("/account/data"))


def test_bkpsdm_sees_who_writes_and_makes_no_account(
    client: FlaskClient, cast: Cast, partner: Partner, author: User
) -> None:
    office = sign_in(client, cast.bkpsdm)
    page = office.get(f"/hr/partners/{partner.id}")
    assert author.name in page.text and "/admin/" not in page.text
    assert "Akun dibuat oleh admin sistem" in text_of(page)
    assert office.get(f"/hr/staff/{author.id}").status_code == 404
    assert author.name not in office.get("/hr/staff").text
    assert "Tutup dulu akun itu" in text_of(
        office.post(f"/hr/partners/{partner.id}/close", follow_redirects=True)
    )
    assert "tidak dapat dihapus" in text_of(
        office.post(f"/hr/partners/{partner.id}/remove", follow_redirects=True)
    )


def test_after_the_last_day_the_sign_in_says_so_and_open_pages_ask_anew(
    client: FlaskClient, session: Session, author: User
) -> None:
    author.password_hash = hash_password(PASSWORD)
    session.commit()
    entered = client.post("/login", data={"identity": author.email, "password": PASSWORD})
    assert (entered.status_code, entered.location) == (303, "/")
    with clock.frozen(NOW + timedelta(days=37)):  # 31 December, 10.00 WIB
        assert client.get("/trainer/courses").status_code == 200
    with clock.frozen(NOW + timedelta(days=37, hours=14)):  # 1 January, 0.00 WIB
        assert client.get("/trainer/courses").location.startswith("/login")
        assert client.post("/trainer/new-course").status_code == 401
        late = client.post("/login", data={"identity": author.email, "password": PASSWORD})
        assert late.status_code == 422
        assert "Akses Anda berakhir pada 31 Desember 2026. Hubungi BKPSDM" in text_of(late)
        guessed = client.post("/login", data={"identity": author.email, "password": "salah sekali"})
        assert "Akses Anda berakhir" not in text_of(guessed)


def test_the_city_approves_before_a_text_of_an_author_is_published(
    client: FlaskClient, session: Session, cast: Cast, author: User
) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course)).one()
    set_member(session, course, author, "owner", by=cast.admin.id, now=NOW)
    grant(session, cast.stranger, "reviewer")
    session.add(CourseMember(course_id=course.id, user_id=cast.stranger.id, role="reviewer"))
    save_draft(session, course, edited(), by=author.id, now=NOW)
    session.commit()
    seen = {"seen": digest(edited())}
    sign_in(client, author)
    assert "harus disetujui orang lain" in client.get(f"{COURSE}/draft").text
    assert client.post(f"{COURSE}/draft/publication", data=seen).status_code == 409
    sign_in(client, cast.trainer)
    assert client.post(f"{COURSE}/draft/publication", data=seen).status_code == 409
    sign_in(client, author)
    assert client.post(f"{COURSE}/reviews", data={**seen, "message": ""}).status_code == 303
    review = session.scalars(select(Review.id)).one()
    assert "Setujui" not in text_of(client.get(f"{COURSE}/reviews/{review}"))
    decision = f"{COURSE}/reviews/{review}/decision"
    assert client.post(decision, data={"decision": "approve"}).status_code == 403
    sign_in(client, cast.stranger)
    assert client.post(decision, data={"decision": "approve"}).status_code == 303
    sign_in(client, author)
    assert client.post(f"{COURSE}/draft/publication", data=seen).status_code == 303
    session.rollback()
    assert (
        session.scalars(select(CourseVersion.published_by).order_by(CourseVersion.number.desc())).first()
        == author.id
    )


def test_an_author_marks_essays_without_names_and_without_looking_them_up(
    client: FlaskClient, session: Session, cast: Cast, author: User, app: Flask
) -> None:
    publish_essays(session, cast.trainer, now=NOW)
    course = session.scalars(select(Course)).one()
    set_member(session, course, author, "author", by=cast.admin.id, now=NOW)
    _enrollment, attempt = hand_in(session, app, cast.learner, now=NOW)
    session.commit()
    page = f"/trainer/marking/{attempt.id}/{ESSAY}"
    sign_in(client, author)
    assert "Tampilkan nama" not in text_of(client.get(page))
    assert client.post(f"{page}/name").status_code == 403
    session.add(
        AuditEntry(at=NOW, verb="essay.name_shown", actor_id=author.id, subject_kind="attempt",
                   subject_id=str(attempt.id), detail={})
    )  # fmt: skip
    session.commit()
    assert cast.learner.name not in client.get(page).text
    assert client.post(page, data={"level": "4", "seen": "0", "then": "list"}).status_code == 303


def test_the_owner_finds_an_author_for_the_team_but_not_as_reviewer(
    client: FlaskClient, session: Session, cast: Cast, author: User
) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    add_author(
        session,
        session.scalars(select(Partner)).one(),
        "Dr. Penulis Dua",
        "dua@ucb.example",
        None,
        by=None,
        now=NOW,
    )
    session.commit()
    sign_in(client, cast.trainer)
    several = client.post(f"{COURSE}/team", data={"who": "Penulis", "role": "author"})
    assert several.status_code == 422 and "Dr. Penulis Mitra, Universitas Contoh Bahari" in several.text
    assert client.post(f"{COURSE}/team", data={"who": "Penulis Mitra", "role": "reviewer"}).status_code == 422
    assert client.post(f"{COURSE}/team", data={"who": "Penulis Mitra", "role": "author"}).status_code == 303
    assert "Universitas Contoh Bahari" in text_of(client.get(f"{COURSE}/team"))
    sign_in(client, author)
    assert "Nama, NIP, atau surel" not in text_of(client.get(f"{COURSE}/team"))
    assert client.post(f"{COURSE}/team", data={"who": "Bulan", "role": "author"}).status_code == 403
