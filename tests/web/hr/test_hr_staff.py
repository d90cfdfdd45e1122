"""Staff: list, person, data."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import FormerNip, User
from lms.domain.audit.models import AuditEntry
from tests.cast import NOW, grant, make_user
from tests.unit.reports.desk import Desk, statements
from tests.web.hr.desk import at_desk, text_of

LONG = "Prof. Dr. Ir. Hj. Raja Tengku Encik Siti Nurhalizah Khairunnisa binti Raja Muhammad, S.K.M."


def data_of(user: User, **changes: str) -> dict[str, str]:
    return {
        "name": user.name, "nip": user.nip or "", "employment": user.employment, "rank": user.rank or "",
        "unit_id": str(user.unit_id), "position_id": str(user.position_id or ""), **changes,
    }  # fmt: skip


def test_list_shows_the_scope_with_figures(client: FlaskClient, desk: Desk) -> None:
    text = text_of(at_desk(client, desk, "hr_unit").get("/hr/staff"))
    assert "Tengku Zahara, A.Md." in text and "19900214 201503 2 003" in text
    assert "Bulan Permatasari" not in text
    assert "3 pegawai." in text


def test_filters_and_an_empty_list(client: FlaskClient, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    assert "1 pegawai." in text_of(client.get("/hr/staff?q=zahara"))
    below = text_of(client.get("/hr/staff?hours=below&sort=-lacking"))
    assert "2 pegawai." in below
    empty = text_of(client.get("/hr/staff?q=tidakada"))
    assert "Tidak ada pegawai di lingkup Anda yang cocok" in empty and "Hapus saringan" in empty


def test_person_page_and_its_log(client: FlaskClient, session: Session, desk: Desk) -> None:
    answer = at_desk(client, desk, "hr_unit").get(f"/hr/staff/{desk.cast.learner.id}")
    text = text_of(answer)
    for part in (
        "19900214 201503 2 003", "Kelurahan Penyengat", "Pengadministrasi Umum", "6 JP tercatat",
        "Manajemen Pelayanan Publik", "1/BKPSDM/DIKLAT/XI/2026", "Data induk milik kepegawaian",
    ):  # fmt: skip
        assert part in text
    [view] = session.scalars(select(AuditEntry).where(AuditEntry.verb == "staff.viewed")).all()
    assert (view.actor_id, view.subject_id) == (desk.cast.hr_unit.id, str(desk.cast.learner.id))
    assert "6 dari 20 JP pada tahun 2026; masih kurang 14." in text


def test_edit_keeps_history_and_the_former_nip(client: FlaskClient, session: Session, desk: Desk) -> None:
    user = desk.cast.colleague
    at_desk(client, desk, "hr_unit")
    sent = data_of(user, name="Siti Rahma, S.A.P.", nip="19940305 202521 2 018", rank="Golongan IX",
                   unit_id=str(desk.cast.district.id))  # fmt: skip
    for _double_click in range(2):
        assert client.post(f"/hr/staff/{user.id}/edit", data=sent).status_code == 303
    session.refresh(user)
    assert (user.name, user.nip, user.rank) == ("Siti Rahma, S.A.P.", "199403052025212018", "Golongan IX")
    assert (user.unit_id, user.email) == (desk.cast.district.id, "siti@gurindam.example")
    assert session.scalars(select(FormerNip.nip)).all() == ["199403052024212017"]
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.verb == "user.edited")).all()) == 1
    text = text_of(client.get(f"/hr/staff/{user.id}"))
    assert "Yang diubah: Nama; NIP; Pangkat, golongan ruang; Unit kerja" in text
    assert "19940305 202421 2 017" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Isi namanya."),
        ({"nip": "123"}, "harus"),
        ({"nip": "199002142015032003"}, "Tengku Zahara"),
        ({"unit_id": "CLINIC"}, "Unit"),
        ({"unit_id": "0"}, "Unit"),
        ({"employment": "zzz"}, "Status"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    client: FlaskClient, session: Session, desk: Desk, changes: dict[str, str], words: str
) -> None:
    user = desk.cast.colleague
    if changes.get("unit_id") == "CLINIC":  # outside the scope
        changes = {"unit_id": str(desk.cast.clinic.id)}
    answer = at_desk(client, desk, "hr_unit").post(f"/hr/staff/{user.id}/edit", data=data_of(user, **changes))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and words in answer.text
    session.refresh(user)
    assert (user.name, user.nip, user.unit_id) == ("Siti", "199403052024212017", desk.cast.village.id)


def test_long_and_one_word_names(client: FlaskClient, session: Session, desk: Desk) -> None:
    user = desk.cast.colleague
    at_desk(client, desk, "hr_unit")
    assert client.post(f"/hr/staff/{user.id}/edit", data=data_of(user, name=LONG)).status_code == 303
    assert LONG in client.get("/hr/staff").text
    assert client.post(f"/hr/staff/{user.id}/edit", data=data_of(user, name="Wan")).status_code == 303
    assert client.post(f"/hr/staff/{user.id}/edit", data=data_of(user, name="W" * 401)).status_code == 422


def test_nobody_edits_themselves_or_a_mightier_account(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    cast = desk.cast
    chief = make_user(session, "Kepala", "kepala@gurindam.example", cast.village)
    grant(session, chief, "admin")
    session.commit()
    at_desk(client, desk, "hr_unit")
    for user in (cast.hr_unit, chief):
        assert client.post(f"/hr/staff/{user.id}/edit", data=data_of(user, name="X")).status_code == 403
        assert "/edit" not in client.get(f"/hr/staff/{user.id}").text


def test_a_closed_account_is_shown_and_not_edited(client: FlaskClient, session: Session, desk: Desk) -> None:
    user = desk.cast.colleague
    user.closed_at = NOW
    session.commit()
    at_desk(client, desk, "hr_unit")
    assert "Akun ini ditutup" in client.get(f"/hr/staff/{user.id}").text
    assert client.get(f"/hr/staff/{user.id}/edit").status_code == 403


def test_statements_of_the_list_do_not_grow(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    with statements() as few:
        client.get("/hr/staff?size=100")
    for i in range(60):
        make_user(session, f"Orang {i}", f"o{i}@gurindam.example", desk.cast.village)
    session.commit()
    with statements() as many:
        assert "Orang 59" in client.get("/hr/staff?size=100").text
    assert len(many) == len(few) <= 8
