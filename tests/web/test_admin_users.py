"""The admin desk: people, their roles and codes."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db
from lms.domain.accounts.models import FormerNip, RoleGrant, User
from lms.domain.audit.models import AuditEntry
from tests.cast import NOW, Cast, grant, make_user, sign_in

PERSON = {
    "name": "Drs. H. Muhammad Syahrul, M.Si.",
    "nip": "19700817 199603 1 005",
    "email": "Syahrul@Tanjungpinang.example",
    "employment": "pns",
    "rank": "Pembina, IV/a",
    "unit_id": "",
    "position_id": "",
}


@pytest.fixture
def desk(client: FlaskClient, cast: Cast) -> FlaskClient:
    """A browser of the admin."""
    return sign_in(client, cast.admin)


@pytest.mark.parametrize(
    "path", ["", "/users", "/users/new", "/units", "/positions", "/settings", "/settings/signer", "/log"]
)
def test_only_admins_have_this_desk(client: FlaskClient, cast: Cast, path: str) -> None:
    assert client.get(f"/admin{path}").location == f"/login?next=/admin{path}"
    for other in (cast.learner, cast.trainer, cast.hr_unit, cast.bkpsdm):
        assert sign_in(client, other).get(f"/admin{path}").status_code == 403
    assert sign_in(client, cast.admin).get(f"/admin{path}").status_code in {200, 303}


@pytest.mark.parametrize(
    "path", ["users/99", "users/99/edit", "units/99", "positions/99", "settings/nothing"]
)
def test_what_is_not_there_is_404(desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/admin/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "users/new", "users/1/close", "users/1/code", "users/1", "users/1/roles/1/revoke",
        "users/1/sessions/end",
        "units/new", "units/1/move", "units/1/close", "positions/new", "settings/signer", "settings/emblem",
    ],
)  # fmt: skip
def test_nobody_else_changes_anything(client: FlaskClient, session: Session, cast: Cast, path: str) -> None:
    for other in (cast.learner, cast.hr_unit, cast.bkpsdm):
        assert sign_in(client, other).post(f"/admin/{path}").status_code == 403
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_new_person_is_stored_normalised(desk: FlaskClient, session: Session, cast: Cast) -> None:
    with clock.frozen(NOW):
        answer = desk.post("/admin/users/new", data={**PERSON, "unit_id": cast.clinic.id})
        page = desk.get(answer.location).text
    user = session.scalars(select(User).where(User.nip == "197008171996031005")).one()
    assert answer.location == f"/admin/users/{user.id}"
    assert (user.email, user.unit_id, user.rank) == (
        "syahrul@tanjungpinang.example",
        cast.clinic.id,
        "Pembina, IV/a",
    )
    assert "19700817 199603 1 005" in page
    assert "perlu kode aktivasi" in page


def test_the_same_form_twice_makes_one_account(desk: FlaskClient, session: Session) -> None:
    first, second = (desk.post("/admin/users/new", data=PERSON) for _time in range(2))
    assert first.location == second.location
    count = select(func.count()).select_from(User).where(User.nip == "197008171996031005")
    assert session.scalar(count) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "  "}, "Isi nama dengan 1 sampai"),
        ({"name": "x" * 201}, "1 sampai 200 karakter"),
        ({"nip": "1970081719960310"}, "berisi 16 angka, seharusnya 18"),
        ({"nip": "19700817199603100O"}, "hanya berisi angka"),
        ({"nip": "", "email": ""}, "salah satunya diperlukan"),
        ({"nip": "199002142015032003"}, "sudah dipakai oleh Tengku Zahara"),
        ({"email": "PESERTA@gurindam.example"}, "sudah dipakai oleh Tengku Zahara"),
        ({"email": "bukan surel"}, "bukan alamat surel yang lengkap"),
        ({"unit_id": "999"}, "Pilih unit kerja"),
        ({"unit_id": "'; drop"}, "Pilih unit kerja"),
        ({"position_id": "999"}, "Pilih jabatan"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    desk: FlaskClient, session: Session, change: dict[str, str], said: str
) -> None:
    people = session.scalar(select(func.count()).select_from(User))
    answer = desk.post("/admin/users/new", data={**PERSON, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Pembina, IV/a"' in answer.text
    assert session.scalar(select(func.count()).select_from(User)) == people


def test_an_unusual_nip_is_warned_about_not_refused(desk: FlaskClient) -> None:
    answer = desk.post("/admin/users/new", data={**PERSON, "nip": "19701399 199699 3 000"})
    page = desk.get(answer.location).text
    for text in ("bukan tanggal lahir", "Angka pengangkatan", "Angka ke-15", "000 tidak dipakai"):
        assert text in page


def test_a_changed_nip_is_remembered(desk: FlaskClient, session: Session, cast: Cast) -> None:
    path = f"/admin/users/{cast.colleague.id}/edit"
    fields = {**PERSON, "name": "Siti", "email": "siti@gurindam.example", "nip": "19940305 202621 2 001"}
    assert desk.post(path, data=fields).status_code == 303
    assert session.scalars(select(FormerNip.nip)).all() == ["199403052024212017"]
    assert "19940305 202421 2 017" in desk.get(f"/admin/users/{cast.colleague.id}").text
    taken = desk.post("/admin/users/new", data={**PERSON, "nip": "199403052024212017"})
    assert "dahulu milik Siti" in taken.text


def test_a_name_from_elsewhere_is_escaped(desk: FlaskClient) -> None:
    answer = desk.post("/admin/users/new", data={**PERSON, "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in desk.get(answer.location).text
    assert "&lt;script&gt;alert(1)" in desk.get("/admin/users").text


def test_list_is_searched_filtered_and_paged(desk: FlaskClient, session: Session, cast: Cast) -> None:
    for number in range(30):
        make_user(session, f"Pegawai {number:02}", f"p{number}@gurindam.example", cast.clinic)
    cast.stranger.closed_at = NOW
    session.commit()

    def names(query: str) -> list[str]:
        page = desk.get(f"/admin/users?{query}").text
        return re.findall(r'href="/admin/users/\d+">([^<]+)</a>', page)

    assert len(names("")) == 25
    assert len(names("page=2")) == 38 - 25
    assert len(names("page=99")) == 38 - 25
    assert names("q=zahara+tengku") == ["Tengku Zahara, A.Md."]
    assert names("q=19900214+201503") == ["Tengku Zahara, A.Md."]
    assert names("q=%25") == []
    assert names(f"unit={cast.district.id}") == ["Encik Ahmad", "Siti", "Tengku Zahara, A.Md."]
    assert names(f"unit={cast.district.id}&sort=-name") == ["Tengku Zahara, A.Md.", "Siti", "Encik Ahmad"]
    assert names("role=trainer") == ["Megat Sulaiman", "Raja Fauziah Hanim"]
    assert names("state=closed") == ["Bulan Permatasari"]
    assert "Tidak ada yang cocok" in desk.get("/admin/users?q=tidakada").text


def test_the_list_costs_as_many_statements_for_many_people(
    desk: FlaskClient, session: Session, cast: Cast
) -> None:
    desk.get("/admin/users")  # what is read once in a process
    counted: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    desk.get("/admin/users?state=open")
    few = len(counted)
    for number in range(20):
        user = make_user(session, f"Pegawai {number:02}", f"p{number}@gurindam.example", cast.clinic)
        grant(session, user, "trainer")
        grant(session, user, "hr", cast.clinic)
    session.commit()
    counted.clear()
    desk.get("/admin/users?state=open")
    assert len(counted) == few


def test_roles_are_given_and_taken(desk: FlaskClient, session: Session, cast: Cast) -> None:
    page = f"/admin/users/{cast.learner.id}"
    for _time in range(2):
        assert desk.post(page, data={"role": "hr", "unit_id": cast.village.id}).location == page
    grants = session.scalars(select(RoleGrant).where(RoleGrant.user_id == cast.learner.id)).all()
    assert [(one.role, one.unit_id) for one in grants] == [("hr", cast.village.id)]
    grant_id = grants[0].id
    assert "Kelurahan Penyengat dan bawahannya" in desk.get(page).text
    for _time in range(2):
        assert desk.post(f"{page}/roles/{grant_id}/revoke").location == page
    assert session.scalars(select(RoleGrant).where(RoleGrant.user_id == cast.learner.id)).all() == []
    verbs = session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs == ["role.granted", "role.revoked"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"role": "hr", "unit_id": ""}, "Pilih unit yang dikelola"), ({"role": "king"}, "Pilih peran")],
)
def test_a_wrong_role_is_explained(desk: FlaskClient, cast: Cast, fields: dict[str, str], said: str) -> None:
    answer = desk.post(f"/admin/users/{cast.learner.id}", data=fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_grants_of_others_are_out_of_reach(desk: FlaskClient, session: Session, cast: Cast) -> None:
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.user_id == cast.trainer.id)).one()
    desk.post(f"/admin/users/{cast.learner.id}/roles/{grant_id}/revoke")
    assert session.get(RoleGrant, grant_id) is not None


def test_an_admin_cannot_lock_the_door_from_inside(desk: FlaskClient, session: Session, cast: Cast) -> None:
    page = f"/admin/users/{cast.admin.id}"
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.user_id == cast.admin.id)).one()
    desk.post(f"{page}/roles/{grant_id}/revoke")
    assert "tidak dapat mencabut peran admin dari diri sendiri" in desk.get(page).text
    desk.post(f"{page}/close")
    assert "tidak dapat menutup akun sendiri" in desk.get(page).text
    session.expire_all()
    assert cast.admin.closed_at is None
    assert session.get(RoleGrant, grant_id) is not None


def test_closing_an_account_signs_it_out_and_keeps_it(
    desk: FlaskClient, session: Session, cast: Cast
) -> None:
    other = sign_in(desk.application.test_client(), cast.learner)
    page = f"/admin/users/{cast.learner.id}"
    for _time in range(2):
        assert desk.post(f"{page}/close").location == page
    assert other.get("/account").status_code == 303
    desk.post(f"{page}/reopen")
    assert cast.learner.closed_at is None
    verbs = session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs == ["user.closed", "user.reopened"]


def test_an_activation_code_is_shown_once(desk: FlaskClient, cast: Cast) -> None:
    page = f"/admin/users/{cast.learner.id}"
    with clock.frozen(NOW):
        shown = desk.post(f"{page}/code")
        [code] = re.findall(r">([0-9A-Z]{5}-[0-9A-Z]{5})<", shown.text)
        assert shown.headers["Cache-Control"] == "no-store"
        assert "24 Desember 2026" in shown.text
        assert "https://gurindam.example/activate" in shown.text
        assert code not in desk.get(page).text
        fields = {"code": code, "new_password": "perahu layar putih", "repeat": "perahu layar putih"}
        assert desk.application.test_client().post("/activate", data=fields).status_code == 303


def test_no_code_for_a_closed_account(desk: FlaskClient, session: Session, cast: Cast) -> None:
    cast.learner.closed_at = NOW
    session.commit()
    page = f"/admin/users/{cast.learner.id}"
    assert desk.post(f"{page}/code").location == page
    assert f"Akun {cast.learner.name} ditutup" in desk.get(page).text


def test_everybody_can_be_signed_out(desk: FlaskClient, cast: Cast) -> None:
    phone = sign_in(desk.application.test_client(), cast.learner)
    desk.post(f"/admin/users/{cast.learner.id}/sessions/end")
    assert phone.get("/account").status_code == 303
    desk.post(f"/admin/users/{cast.admin.id}/sessions/end")
    assert desk.get("/admin/users").status_code == 200
