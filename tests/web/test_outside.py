"""Training elsewhere: reported with a proof, verified by the office, counted once."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.competencies.models import Competency, Evidence, Rating
from lms.domain.outside.models import OutsideTraining
from tests.cast import NOW, Cast, sign_in
from tests.media import photo

FIELDS = {
    "title": "Bimtek Pengelolaan Arsip", "organiser": "Dinas Perpustakaan dan Kearsipan", "form": "bimtek",
    "started_on": "2026-03-02", "ended_on": "2026-03-04", "jp": "12", "number": "B.12/2026",
}  # fmt: skip


def send(client: FlaskClient, proof: bytes | None = None, **changes: str):
    data: dict[str, object] = FIELDS | changes
    if proof is not None:
        data["proof"] = (io.BytesIO(proof), "foto.jpg")
    return client.post("/profile/outside", data=data, content_type="multipart/form-data")


def test_from_the_report_to_the_hours(client: FlaskClient, session: Session, cast: Cast, app: Flask) -> None:
    with clock.frozen(NOW):
        learner = sign_in(client, cast.learner)
        for _click in range(2):
            assert send(learner, photo()).location == "/profile/outside/1"
        assert session.query(OutsideTraining).count() == 1
        ledger = learner.get("/profile/hours").text
        assert "Menunggu pengesahan" in ledger and "0 dari 20 JP" in ledger
        proof = learner.get("/profile/outside/1/proof")
        assert proof.mimetype == "image/webp" and proof.headers["Cache-Control"] == "no-store"
        office = sign_in(app.test_client(), cast.hr_unit)
        assert "Menunggu pengesahan (1)" in office.get("/hr/outside").text
        assert office.post("/hr/outside/1", data={"act": "verify", "jp": ""}).status_code == 422
        assert office.post("/hr/outside/1", data={"act": "refuse", "note": " "}).status_code == 422
        for jp in ("10", "12"):
            answer = office.post("/hr/outside/1", data={"act": "verify", "jp": jp, "note": "10 JP di bukti"})
            assert answer.status_code == 303
        assert "10 dari 20 JP" in learner.get("/profile/hours").text
        assert "10 JP di bukti" in learner.get("/profile/outside/1").text
        assert ">10<" in office.get("/hr/hours?q=Zahara").text
        assert office.post("/hr/outside/1", data={"act": "cancel", "note": "Bukti keliru"}).status_code == 303
        page = learner.get("/profile/hours").text
    assert "0 dari 20 JP" in page and "Dibatalkan" in page
    row = session.query(OutsideTraining).one()
    assert (row.state, row.jp, row.credited_jp, row.decided_by) == ("cancelled", 12, 10, cast.hr_unit.id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ended_on": "2026-12-01"}, "harus sudah selesai"),
        ({"ended_on": "besok"}, "Hari terakhir"),
        ({"jp": "dua"}, "JP"),
        ({"form": "x"}, "Pilih bentuk"),
    ],
)
def test_a_wrong_report_is_told_and_kept_on_the_page(
    client: FlaskClient, session: Session, cast: Cast, changes: dict[str, str], words: str
) -> None:
    with clock.frozen(NOW):
        answer = send(sign_in(client, cast.learner), photo(), **changes)
    assert answer.status_code == 422 and words in answer.text and FIELDS["title"] in answer.text
    assert session.query(OutsideTraining).count() == 0


def test_without_or_with_a_wrong_proof_nothing_is_taken(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    with clock.frozen(NOW):
        learner = sign_in(client, cast.learner)
        for proof, words in ((None, "Pilih foto"), (b"<svg onload=alert(1)>", "bukan foto")):
            answer = send(learner, proof)
            assert answer.status_code == 422 and words in answer.text
    assert session.query(OutsideTraining).count() == 0


def test_nobody_verifies_the_own_and_the_same_proof_of_two_people_is_shown(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    with clock.frozen(NOW):
        for user in (cast.hr_unit, cast.learner, cast.stranger):
            send(sign_in(app.test_client(), user), photo())
        office = sign_in(client, cast.hr_unit)
        mine, other, _far = session.query(OutsideTraining).order_by(OutsideTraining.id)
        assert office.get(f"/hr/outside/{mine.id}").status_code == 404
        page = office.get(f"/hr/outside/{other.id}").text
        assert cast.hr_unit.name in page and cast.stranger.name not in page
        assert "pegawai di luar lingkup Anda" in page
        assert sign_in(app.test_client(), cast.learner).post(
            f"/profile/outside/{other.id}/withdraw"
        ).status_code == 303  # fmt: skip
        answer = office.post(f"/hr/outside/{other.id}", data={"act": "verify", "jp": "12"})
        assert "tidak ada yang diubah" in office.get(answer.location).text
    session.expire_all()
    assert session.get(OutsideTraining, other.id).state == "withdrawn"  # type: ignore[union-attr]


def test_a_decided_row_never_changes(client: FlaskClient, session: Session, cast: Cast) -> None:
    with clock.frozen(NOW):
        send(sign_in(client, cast.learner), photo())
        session.expire_all()
        for change in ("jp = 20", "title = 'lain'"):
            with pytest.raises(DatabaseError):
                session.execute(text(f"UPDATE outside_training SET {change}"))
            session.rollback()
        with pytest.raises(DatabaseError):
            session.execute(text("DELETE FROM outside_training"))
        session.rollback()


def test_verified_training_shows_a_level_and_changes_no_rating(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    archive = Competency(code="T.12", kind="technical", name="Pengelolaan arsip")
    session.add(archive)
    session.commit()
    with clock.frozen(NOW):
        learner = sign_in(client, cast.learner)
        send(learner, photo())
        office = sign_in(app.test_client(), cast.hr_unit)
        chosen = {"act": "verify", "jp": "12", "competency": str(archive.id), "level": "2"}
        wrong = ({"level": ""}, {"competency": ""}, {"competency": "999"}, {"level": "6"})
        for change in (*wrong, {"valid_until": "2026-03-04"}, {"valid_until": "besok"}):
            assert office.post("/hr/outside/1", data=chosen | change).status_code == 422, change
        assert session.query(Evidence).count() == 0
        for _click in range(2):
            assert (
                office.post("/hr/outside/1", data=chosen | {"valid_until": "2027-03-04"}).status_code == 303
            )
        page = learner.get("/profile").text
        assert "Bimtek Pengelolaan Arsip" in page and "level 2" in page
        assert "4 Maret 2027" in page
        shown = session.query(Evidence).one()
        assert (shown.level, shown.outside_id, shown.enrollment_id) == (2, 1, None)
        assert session.query(Rating).count() == 0
        entries = session.query(AuditEntry).filter_by(verb="evidence.recorded").all()
        assert [(one.actor_id, one.detail["level"]) for one in entries] == [(cast.hr_unit.id, 2)]
        with clock.frozen(datetime(2027, 3, 4, 17, tzinfo=UTC)):
            assert "tidak berlaku lagi" in sign_in(app.test_client(), cast.learner).get("/profile").text
        office.post("/hr/outside/1", data={"act": "cancel", "note": "Bukti keliru"})
    session.expire_all()
    assert session.query(Evidence).count() == 0
