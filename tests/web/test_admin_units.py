"""The admin desk: units and positions."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position
from lms.domain.audit.models import AuditEntry
from tests.cast import Cast, make_unit, sign_in


@pytest.fixture
def desk(client: FlaskClient, cast: Cast) -> FlaskClient:
    """A browser of the admin."""
    return sign_in(client, cast.admin)


def add(desk: FlaskClient, code: str, name: str, parent: OrgUnit | None = None):
    return desk.post(
        "/admin/units/new", data={"code": code, "name": name, "parent_id": parent.id if parent else ""}
    )


def test_units_of_any_depth(desk: FlaskClient, session: Session, cast: Cast) -> None:
    above = cast.village
    for depth in range(12):
        assert add(desk, f"RT-{depth}", "Rukun Tetangga", above).status_code == 303
        above = session.scalars(select(OrgUnit).where(OrgUnit.code == f"RT-{depth}")).one()
    assert above.path.startswith(cast.village.path)
    assert above.path.count("/") == cast.village.path.count("/") + 12
    page = desk.get("/admin/units").text
    assert "Tingkat 15:" in page
    assert "Kelurahan Penyengat" in desk.get(f"/admin/units/{above.id}").text


def test_the_same_form_twice_adds_one_unit(desk: FlaskClient, session: Session, cast: Cast) -> None:
    first, second = (add(desk, "KEL-02", "Kelurahan  Senggarang", cast.district) for _time in range(2))
    assert first.location == second.location
    assert session.scalars(select(OrgUnit.name).where(OrgUnit.code == "KEL-02")).all() == [
        "Kelurahan Senggarang"
    ]


def test_names_are_unique_in_one_place_only(desk: FlaskClient, cast: Cast) -> None:
    assert add(desk, "X-1", "kelurahan penyengat", cast.district).status_code == 422
    assert add(desk, "X-2", "Kelurahan Penyengat", cast.city).status_code == 303
    taken = add(desk, "pkm-01", "Lain", cast.city)
    assert "sudah dipakai unit lain" in taken.text
    assert add(desk, "X-3", "Pemerintah Kota Tanjungpinang").status_code == 422


@pytest.mark.parametrize(("code", "name"), [("", "Nama"), ("X", " "), ("x" * 41, "Nama"), ("X", "n" * 201)])
def test_code_and_name_have_bounds(desk: FlaskClient, session: Session, code: str, name: str) -> None:
    units = session.scalar(select(func.count()).select_from(OrgUnit))
    assert add(desk, code, name).status_code == 422
    assert session.scalar(select(func.count()).select_from(OrgUnit)) == units


def test_moving_takes_the_subtree_along(desk: FlaskClient, session: Session, cast: Cast) -> None:
    here = f"/admin/units/{cast.district.id}"
    for _time in range(2):
        assert desk.post(f"{here}/move", data={"parent_id": cast.clinic.id}).location == here
    assert cast.district.path == f"{cast.clinic.path}{cast.district.id}/"
    assert cast.village.path == f"{cast.district.path}{cast.village.id}/"
    assert session.scalars(select(AuditEntry.verb)).all() == ["unit.moved"]
    assert sign_in(desk, cast.admin).post(f"{here}/move", data={"parent_id": ""}).location == here
    assert cast.village.path == f"/{cast.district.id}/{cast.village.id}/"


@pytest.mark.parametrize("target", ["district", "village"])
def test_a_unit_never_stands_below_itself(
    desk: FlaskClient, session: Session, cast: Cast, target: str
) -> None:
    before = cast.district.path
    here = f"/admin/units/{cast.district.id}"
    desk.post(f"{here}/move", data={"parent_id": getattr(cast, target).id})
    assert "tidak dapat berada di bawah dirinya sendiri" in desk.get(here).text
    assert cast.district.path == before


def test_only_an_empty_unit_closes(desk: FlaskClient, session: Session, cast: Cast) -> None:
    desk.post(f"/admin/units/{cast.district.id}/close")
    assert "Unit bawahan yang masih dibuka: 1" in desk.get(f"/admin/units/{cast.district.id}").text
    desk.post(f"/admin/units/{cast.village.id}/close")
    assert "Akun yang masih dibuka di unit ini: 2" in desk.get(f"/admin/units/{cast.village.id}").text
    cast.learner.unit_id = cast.colleague.unit_id = cast.clinic.id
    session.commit()
    desk.post(f"/admin/units/{cast.village.id}/close")
    assert cast.village.closed_on is not None
    assert "Kelurahan Penyengat" not in desk.get("/admin/units").text
    assert "Kelurahan Penyengat" in desk.get("/admin/units?state=all").text
    desk.post(f"/admin/units/{cast.village.id}/reopen")
    assert cast.village.closed_on is None


def test_units_are_found_by_name_and_code(desk: FlaskClient) -> None:
    page = desk.get("/admin/units?q=pkm").text
    assert "Puskesmas Sei Jang" in page
    assert "Kelurahan Penyengat" not in page
    assert "Tidak ada unit yang cocok" in desk.get("/admin/units?q=tidakada").text


def test_renaming(desk: FlaskClient, cast: Cast) -> None:
    here = f"/admin/units/{cast.clinic.id}"
    assert desk.post(here, data={"code": "PKM-09", "name": "Puskesmas Batu 10"}).location == here
    assert (cast.clinic.code, cast.clinic.name) == ("PKM-09", "Puskesmas Batu 10")
    refused = desk.post(here, data={"code": "KOTA", "name": "Puskesmas Batu 10"})
    assert refused.status_code == 422
    assert 'value="KOTA"' in refused.text


def test_positions_are_added_changed_and_closed(desk: FlaskClient, session: Session, cast: Cast) -> None:
    fields = {"code": "ARS-1", "name": "Arsiparis Ahli Muda", "rank_class": "ahli_muda"}
    for _time in range(2):
        assert desk.post("/admin/positions/new", data=fields).location == "/admin/positions"
    position = session.scalars(select(Position).where(Position.code == "ARS-1")).one()
    here = f"/admin/positions/{position.id}"
    assert desk.post(here, data={**fields, "name": "Arsiparis"}).status_code == 303
    assert "Arsiparis" in desk.get("/admin/positions").text
    taken = desk.post(here, data={**fields, "code": "plk-01"})
    assert "sudah dipakai jabatan lain" in taken.text
    desk.post(f"{here}/close")
    assert "Arsiparis" not in desk.get("/admin/positions").text
    assert "Arsiparis" in desk.get("/admin/positions?state=all").text
    desk.post(f"{here}/reopen")
    session.expire_all()
    assert (position.name, position.closed_on) == ("Arsiparis", None)


def test_an_unknown_class_is_refused(desk: FlaskClient) -> None:
    answer = desk.post("/admin/positions/new", data={"code": "A", "name": "B", "rank_class": "raja"})
    assert answer.status_code == 422


def test_many_units_below_are_folded(desk: FlaskClient, session: Session, cast: Cast) -> None:
    few = desk.get(f"/admin/units/{cast.district.id}").text
    assert "<details open><summary>1 unit</summary>" in few
    for number in range(12):
        make_unit(session, f"KEL-9{number:02}", f"Kelurahan {number}", cast.district)
    session.commit()
    assert "<details><summary>13 unit</summary>" in desk.get(f"/admin/units/{cast.district.id}").text
