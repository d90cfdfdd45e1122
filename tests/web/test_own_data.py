"""One's own data: the copy is whole and holds nothing of others; a request is answered once."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import RoleGrant
from lms.domain.accounts.rules import hash_password
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.reports.own_data import PARTS, SECRET
from lms.domain.tables import Base
from tests.cast import NOW, Cast, sign_in
from tests.unit.reports.desk import make_desk

OFFICE = {
    "announcement", "assignment", "competency_edition", "course_version", "draft", "draft_save",
    "draft_writer", "export", "followup_rule", "header_map", "holiday", "hours_approval", "key_correction",
    "obligation", "programme", "programme_edition", "programme_order", "question_import",
    "regulation_change", "regulation_work", "reminder_text", "requirement", "review", "review_comment",
    "shared_bank_save", "staff_import", "unit_head", "unit_result",
}  # fmt: skip
"""Tables that name people only for what they did as officers; the activity log of the copy tells it."""
LINKS = {"user", "enrollment", "attempt", "certificate", "response"}


def test_every_table_about_people_is_in_the_copy_or_named_here() -> None:
    about = {
        table.name for table in Base.metadata.sorted_tables
        if any(key.column.table.name in LINKS for key in table.foreign_keys)
    }  # fmt: skip
    given = {part.table.name for part in PARTS} - {"user"}
    assert about - given == OFFICE
    assert len({part.name for part in PARTS}) == len(PARTS)


def test_the_copy_holds_what_is_mine_and_no_secret(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    make_desk(session, cast, Path(app.instance_path) / "files")
    cast.learner.password_hash = hash_password("hujan di atas pulau")
    session.commit()
    with clock.frozen(NOW):
        reader = sign_in(app.test_client(), cast.hr_unit)
        assert reader.get(f"/hr/staff/{cast.learner.id}").status_code == 200
        page = sign_in(client, cast.learner).get("/account/data").text
        answer = client.get("/account/data/file")
    assert cast.hr_unit.name in page and "melihat data" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Data-saya_Tengku-Zahara" in answer.headers["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    names = archive.namelist()
    assert {"BACA-SAYA.txt", "data.json"} <= set(names)
    text = archive.read("data.json").decode()
    data = json.loads(text)
    assert [row["name"] for row in data["akun"]] == [cast.learner.name]
    assert data["keikutsertaan"] and data["sertifikat"]
    assert {row["user_id"] for row in data["keikutsertaan"] + data["sertifikat"]} == {cast.learner.id}
    assert sum(name.startswith("sertifikat/") for name in names) == len(data["sertifikat"])
    assert all(archive.read(name)[:4] == b"%PDF" for name in names if name.endswith(".pdf"))
    assert not any(f'"{name}"' in text for name in SECRET) and "argon2" not in text
    assert cast.stranger.name not in text and cast.hr_unit.name not in text
    assert any(
        row["verb"] == "staff.viewed" and row["actor_id"] == "orang lain" for row in data["log_aktivitas"]
    )
    assert data["nama"]["pelatihan"]


def test_a_request_goes_to_the_office_of_the_unit_and_is_answered_once(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    with clock.frozen(NOW):
        learner = sign_in(client, cast.learner)
        assert learner.post("/account/data/corrections", data={"wish": "  "}).status_code == 422
        for wish in ("Pangkat keliru", "Pangkat keliru", "Nama <b>keliru</b>", "Unit keliru"):
            assert learner.post("/account/data/corrections", data={"wish": wish}).status_code == 303
        fourth = learner.post("/account/data/corrections", data={"wish": "Satu lagi"})
        assert fourth.status_code == 409 and "Satu lagi" in fourth.text
        assert "&lt;b&gt;keliru" in learner.get("/account/data").text
        office = sign_in(app.test_client(), cast.hr_unit)
        assert "Menunggu (3)" in office.get("/hr/corrections").text
        first = session.query(CorrectionRequest).order_by(CorrectionRequest.id).first()
        assert first is not None
        place = f"/hr/corrections/{first.id}"
        assert office.post(place, data={"outcome": "done"}).status_code == 422
        for words in ("Sudah diperbaiki.", "Sekali lagi."):
            answer = office.post(place, data={"outcome": "done", "words": words})
            assert answer.status_code == 303
        assert "Rekan Anda sudah menjawab" in office.get(place).text
        page = learner.get("/account/data").text
    assert "Sudah diperbaiki." in page and "Sekali lagi." not in page


@pytest.mark.parametrize("role", ["hr", "bkpsdm"])
def test_nobody_answers_the_own_request(client: FlaskClient, session: Session, cast: Cast, role: str) -> None:
    unit = cast.district.id if role == "hr" else None
    session.add(RoleGrant(user_id=cast.learner.id, role=role, unit_id=unit))
    session.commit()
    learner = sign_in(client, cast.learner)
    assert learner.post("/account/data/corrections", data={"wish": "Pangkat keliru"}).status_code == 303
    made = session.query(CorrectionRequest).one()
    assert learner.get(f"/hr/corrections/{made.id}").status_code == 404
    assert "Tidak ada permintaan" in learner.get("/hr/corrections").text
