"""Whom an assignment reaches by a file or a gap, and until when each has time; documents of exceptions."""

from __future__ import annotations

import io
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import FormerNip
from lms.domain.assignments.actions import add_newcomers
from lms.domain.assignments.models import Assignment, AssignmentException, AssignmentPerson
from lms.domain.competencies.models import Competency, Rating, Requirement
from lms.domain.imports.rules import read_file
from lms.domain.reports.queries.gaps import lacking
from tests.cast import NOW, make_user, sign_in
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, text_of
from tests.web.hr.test_hr_assignments import form_for, hidden, order

LIST = (
    "No;Nama;NIP\n1;Siti;'199403052024212017\n2;Bulan;199206302023212041\n3;Rusak;1,98609E+17\n"
    "4;Siti lagi;199403052024212017\n5;Siapa;198001012005011001\n6;Tanpa nomor;\n"
)


def people(session: Session) -> dict[int, date]:
    return {row.user_id: row.due_on for row in session.query(AssignmentPerson)}


def test_a_list_as_a_file_tells_each_row_that_is_left_out(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    form = form_for(desk, session, unit="")
    page = office.post("/hr/assignments", data=form | {"file": (io.BytesIO(LIST.encode()), "daftar.csv")})
    words = text_of(page)
    assert page.status_code == 200 and "1 pegawai akan ditugaskan" in words
    assert "5 baris berkas ditinggalkan" in words
    for reason in ("Tidak ada pegawai dengan NIP ini di lingkup Anda", "Baris 2", "angka terakhirnya"):
        assert reason in words, reason
    assert words.count("di lingkup Anda. Perbaiki nomornya") == 2, "of another unit and of nobody: the same"
    digest = hidden(page.text, "list")
    sheet = read_file(office.get(f"/hr/assignments/lists/{digest}/errors").data)[0]
    assert [row.at(0) for row in sheet.rows if isinstance(row.at(0), float)] == [3, 4, 5, 6, 7]
    other = at_desk(app.test_client(), desk, "bkpsdm")
    assert other.get(f"/hr/assignments/lists/{digest}/errors").status_code == 404
    sent = form | {"list": digest, "seen": hidden(page.text, "seen"), "nonce": hidden(page.text, "nonce")}
    assert office.post("/hr/assignments", data=sent).status_code == 303
    assert set(people(session)) == {desk.cast.colleague.id}
    gone = office.post("/hr/assignments", data=form | {"list": digest})
    assert gone.status_code == 422 and "sudah tidak tersimpan" in gone.text


def test_a_list_tells_the_desk_of_a_unit_not_who_works_elsewhere_or_has_left(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    far, gone = desk.cast.stranger, make_user(session, "Bujang", "b@gurindam.example", desk.cast.village)
    far.nip, gone.nip, gone.closed_at = "199206302023212041", "198001012005011001", NOW
    session.commit()
    reasons = []
    for nip in (far.nip, gone.nip, "197905052005011003"):
        told = {}
        for role in ("hr_unit", "bkpsdm"):
            office = at_desk(app.test_client(), desk, role)
            file = (io.BytesIO(f"NIP\n{nip}\n".encode()), "a.csv")
            form = form_for(desk, session, unit="") | {"file": file}
            told[role] = text_of(office.post("/hr/assignments", data=form)).replace(nip, "")
        reasons.append("di lingkup Anda. Perbaiki" in told["hr_unit"] and "akunnya" not in told["hr_unit"])
        assert "di lingkup Anda. Perbaiki" not in told["bkpsdm"]
    assert reasons == [True, True, True]


def test_a_former_number_means_the_person_of_today(client: FlaskClient, session: Session, desk: Desk) -> None:
    session.add(FormerNip(nip="198505052010011005", user_id=desk.cast.colleague.id, replaced_at=NOW))
    session.commit()
    office = at_desk(client, desk, "hr_unit")
    file = (io.BytesIO(b"NIP\n198505052010011005\n199403052024212017\n"), "a.csv")
    words = text_of(office.post("/hr/assignments", data=form_for(desk, session, unit="") | {"file": file}))
    assert "1 pegawai akan ditugaskan" in words and "Baris 2" in words


def test_files_that_are_no_list_are_refused(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    for data, reason in (
        (b"%PDF-1.4", "bukan"),
        (b"Nama\nSiti\n", "Tidak ada kolom berisi NIP"),
        (b"PK\x03\x04x", "rusak"),
    ):
        form = form_for(desk, session) | {"file": (io.BytesIO(data), "a.xlsx")}
        answer = office.post("/hr/assignments", data=form)
        assert answer.status_code == 422 and reason in text_of(answer), data
    for digest in ("0" * 64, "../../x", "\x00x"):
        assert office.post("/hr/assignments", data=form_for(desk, session, list=digest)).status_code == 422
    assert session.query(Assignment).count() == 0


def test_days_after_being_assigned(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    relative = {"due": "relative", "due_on": "", "follows": "y"}
    for days in ("", "0", "367", "banyak"):
        answer = office.post("/hr/assignments", data=form_for(desk, session, due_days=days, **relative))
        assert answer.status_code == 422, days
    form = form_for(desk, session, due_days="30", **relative)
    assert "24 Desember 2026, 30 hari sejak hari ini" in text_of(office.post("/hr/assignments", data=form))
    place = order(office, form)
    assert set(people(session).values()) == {date(2026, 12, 24)}
    new = make_user(session, "Bujang", "bujang@gurindam.example", desk.cast.village)
    session.commit()
    with clock.frozen(NOW + timedelta(days=100)):
        assert add_newcomers(session, now=clock.now()) == 1
        session.commit()
        assert people(session)[new.id] == date(2027, 4, 3)
        page = text_of(at_desk(client, desk, "hr_unit").get(place))
        assert "Tenggat 30 hari sejak ditugaskan" in page and "3/4/2027" in page.replace("03/04", "3/4")
    assert "30 hari sejak ditugaskan" in text_of(at_desk(client, desk, "hr_unit").get("/hr/assignments"))


def test_by_a_gap_and_who_comes_to_have_it(client: FlaskClient, session: Session, desk: Desk) -> None:
    clerk, siti, zahara = desk.cast.clerk, desk.cast.colleague, desk.cast.learner
    siti.position_id = zahara.position_id = clerk.id
    serving = Competency(code="T.1", kind="technical", name="Pelayanan", position=1)
    session.add(serving)
    session.flush()
    session.add(Requirement(position_id=clerk.id, competency_id=serving.id, level=3, valid_from=NOW.date(),
                            recorded_at=NOW, recorded_by=desk.cast.bkpsdm.id))  # fmt: skip
    rate(session, desk, siti.id, serving.id, 2)
    session.commit()
    office = at_desk(client, desk, "hr_unit")
    form = form_for(desk, session, gap=str(serving.id), follows="y")
    assert "1 pegawai akan ditugaskan" in text_of(office.post("/hr/assignments", data=form))
    both = office.post("/hr/assignments", data=form | {"gap_unknown": "y"})
    assert "2 pegawai akan ditugaskan" in text_of(both)
    assert "Pilih kompetensi" in office.post("/hr/assignments", data=form | {"gap": "99999"}).text
    place = order(office, form)
    assert set(people(session)) == {siti.id} and "T.1 Pelayanan" in text_of(office.get(place))
    rate(session, desk, zahara.id, serving.id, 1)
    session.commit()
    assert [add_newcomers(session, now=NOW, lacking=lacking) for _again in range(2)] == [1, 0]
    assert set(people(session)) == {siti.id, zahara.id}
    behind = office.get(f"/hr/gaps/people/{serving.id}?state=below").text
    assert f"gap={serving.id}" in behind


def rate(session: Session, desk: Desk, user_id: int, competency_id: int, level: int) -> None:
    row = Rating(
        user_id=user_id, competency_id=competency_id, level=level, assessed_on=NOW.date(), method="AC",
        assessor="Tim", recorded_at=NOW, recorded_by=desk.cast.bkpsdm.id,
    )  # fmt: skip
    session.add(row)


def test_the_document_of_an_exception_is_kept_and_listed(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk, session))
    siti = desk.cast.colleague
    given = {"id": str(siti.id), "act": "exempt", "reason": "Sakit", "document": "Surat 7"}
    bad = office.post(f"{place}/exceptions", data=given | {"proof": (io.BytesIO(b"MZ"), "a.pdf")})
    assert bad.status_code == 422 and "bukan foto" in bad.text
    assert session.query(AssignmentException).count() == 0
    sent = given | {"proof": (io.BytesIO(b"%PDF-1.4 surat sakit"), "a.pdf")}
    assert office.post(f"{place}/exceptions", data=sent).status_code == 303
    assert "Perpanjangan dan pengecualian yang diberikan (1)" in text_of(office.get(place))
    listed = office.get(f"{place}/exceptions")
    assert "Sakit" in listed.text and "Surat 7" in listed.text and siti.name in listed.text
    row = session.query(AssignmentException).one()
    file = f"{place}/exceptions/{row.id}/document"
    assert office.get(file).data == b"%PDF-1.4 surat sakit"
    assert sign_in(app.test_client(), siti).get(file).status_code == 403
    assert office.get(f"{place}/exceptions/999/document").status_code == 404
