"""A course is assigned, followed, extended, closed."""

from __future__ import annotations

import io
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import add_newcomers
from lms.domain.assignments.models import Assignment, AssignmentException, AssignmentPerson
from lms.domain.catalog.models import Course
from lms.domain.enrollments.actions import join
from tests.cast import NOW, make_user, sign_in
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, text_of

FORM = {
    "course": "pelayanan", "due_on": "2026-12-31", "counts_from": "2026-01-01", "newcomer_days": "30",
    "letter_number": "800/12/BKPSDM/2026", "letter_on": "2026-11-20", "note": "Wajib bagi petugas loket.",
}  # fmt: skip


def form_for(desk: Desk, session: Session, **changes: object) -> dict[str, object]:
    course = session.get(Course, desk.service.course_id)
    assert course is not None
    return FORM | {"course": course.slug, "unit": str(desk.cast.village.id)} | changes


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def order(client: FlaskClient, form: dict[str, object]) -> str:
    """Look, then assign; return the address of the assignment."""
    page = client.post("/hr/assignments", data=form).text
    sent = form | {"seen": hidden(page, "seen"), "nonce": hidden(page, "nonce")}
    places = {client.post("/hr/assignments", data=sent).location for _click in range(2)}
    assert len(places) == 1
    return places.pop()


def test_from_the_look_to_the_home_page(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    form = form_for(desk, session)
    look = text_of(office.post("/hr/assignments", data=form))
    assert "2 pegawai akan ditugaskan" in look and "1 orang sudah menyelesaikan" in look
    assert session.query(Assignment).count() == 0
    place = order(office, form)
    assert session.query(AssignmentPerson).count() == 2 and session.query(Assignment).count() == 1
    page = text_of(office.get(place))
    assert "Ditugaskan 2" in page and "Selesai 1 50 persen" in page
    assert "Siti" in text_of(office.get(f"{place}?state=not_begun"))
    assert "Siti" not in text_of(office.get(f"{place}?state=done"))
    home = text_of(sign_in(app.test_client(), desk.cast.colleague).get("/"))
    assert "Ditugaskan kepada Anda" in home and "800/12/BKPSDM/2026" in home and "Wajib bagi petugas" in home
    assert "Ditugaskan kepada Anda" not in sign_in(app.test_client(), desk.cast.learner).get("/").text


def test_late_more_time_exempt_closed(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk, session))
    siti = str(desk.cast.colleague.id)
    with clock.frozen(NOW + timedelta(days=60)):
        office = at_desk(client, desk, "hr_unit")
        assert "Terlambat 1" in text_of(office.get(place))
        for data in ({"act": "extend", "until": "2026-12-01", "reason": "Cuti"}, {"act": "exempt"}):
            answer = office.post(f"{place}/exceptions", data={"id": siti, **data})
            assert answer.status_code == 422
        assert session.query(AssignmentException).count() == 0
        given = {"id": siti, "act": "extend", "until": "2027-03-01", "reason": "Cuti melahirkan"}
        for _press in range(2):
            assert office.post(f"{place}/exceptions", data=given).status_code == 303
        assert "Terlambat 0" in text_of(office.get(place))
        given = {"id": siti, "act": "exempt", "reason": "Pindah tugas", "document": "SK 12"}
        assert office.post(f"{place}/exceptions", data=given).status_code == 303
        page = text_of(office.get(place))
        assert "Ditugaskan 1 1 dikecualikan" in page and "Pindah tugas (SK 12)" in page
        assert [row.kind for row in session.query(AssignmentException)] == ["extension", "exemption"]
        assert office.post(f"{place}/close").status_code == 303
        assert "Ditutup (1)" in office.get("/hr/assignments").text
        answer = office.post(f"{place}/exceptions", data=given)
        assert "sudah ditutup" in office.get(answer.location).text
        assert session.query(AssignmentException).count() == 2


def test_wrong_orders_are_told(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    for changes, words in (
        ({"unit": ""}, "Tentukan siapa"),
        ({"unit": str(desk.cast.clinic.id)}, "Pilih unit"),
        ({"people": "199206302023212041"}, "Tidak ditemukan di lingkup Anda: 199206302023212041"),
        ({"people": "1,98E+17"}, "Tidak ditemukan"),
        ({"due_on": "2026-01-01"}, "sudah lewat"),
        ({"due_on": "besok"}, "Tenggat"),
        ({"course": "tidak-ada"}, "Pilih pelatihan"),
        ({"newcomer_days": "0"}, "1 sampai 366"),
        ({"letter_on": "kemarin"}, "Isi tanggalnya"),
    ):
        answer = office.post("/hr/assignments", data=form_for(desk, session, **changes))
        assert answer.status_code == 422 and words in answer.text, changes
    nobody = office.post("/hr/assignments", data=form_for(desk, session, employment="cpns"))
    assert "Tidak ada pegawai yang cocok" in nobody.text
    assert session.query(Assignment).count() == 0


def test_newcomers_are_added_with_their_days(client: FlaskClient, session: Session, desk: Desk) -> None:
    order(at_desk(client, desk, "hr_unit"), form_for(desk, session, follows="y"))
    new = make_user(session, "Bujang", "bujang@gurindam.example", desk.cast.village)
    make_user(session, "Rosnah", "rosnah@gurindam.example", desk.cast.clinic)
    session.commit()
    later = NOW + timedelta(days=20)
    assert [add_newcomers(session, now=later) for _again in range(2)] == [1, 0]
    row = session.query(AssignmentPerson).filter_by(user_id=new.id).one()
    assert row.due_on == date(2027, 1, 13)


def test_bkpsdm_sees_all_of_it_and_another_unit_nothing(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    place = order(at_desk(client, desk, "bkpsdm"), form_for(desk, session, unit=str(desk.cast.city.id)))
    mine = at_desk(app.test_client(), desk, "hr_unit")
    assert "Bulan Permatasari" not in mine.get(place).text and "Ditugaskan 3" in text_of(mine.get(place))
    assert mine.post(f"{place}/close").status_code == 403
    begun = user_with_grants(session, desk.cast.colleague.id)
    course = session.get(Course, desk.service.course_id)
    assert begun is not None and course is not None
    join(session, begun, course, now=NOW)
    session.commit()
    assert "belum mulai" in text_of(mine.get(place))


def test_the_list_is_taken_along(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk, session))
    text = office.post(f"{place}/file", data={"format": "csv"}).data.decode("utf-8-sig")
    assert text.count("\r\n") == 3 and "199403052024212017,Siti,Kelurahan Penyengat," in text
    done = office.post(f"{place}/file?state=done", data={"format": "csv"}).data.decode("utf-8-sig")
    assert done.count("\r\n") == 2 and "Siti" not in done
    assert office.post(f"{place}/file", data={"format": "xlsx"}).data[:2] == b"PK"
    assert office.post(f"{place}/file?state=lost", data={"format": "csv"}).status_code == 404
    assert at_desk(app.test_client(), desk, "learner").post(f"{place}/file").status_code == 403


def test_the_letter_is_seen_by_those_it_names(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk, session))
    own = place.removeprefix("/hr")
    siti = sign_in(app.test_client(), desk.cast.colleague)
    assert siti.get(f"{own}/letter").status_code == 404
    for data, words in ((b"", "pilih berkas surat"), (b"MZ program", "bukan foto")):
        sent = {"letter": (io.BytesIO(data), "surat.pdf")}
        answer = office.post(f"{place}/letter", data=sent)
        assert answer.status_code == 303 and words.lower() in office.get(answer.location).text.lower()
    assert session.query(Assignment).one().letter_file is None
    sent = {"letter": (io.BytesIO(b"%PDF-1.4 surat"), "surat.pdf")}
    assert office.post(f"{place}/letter", data=sent).status_code == 303
    assert "Buka surat tugas" in siti.get("/").text
    for reader in (siti.get(f"{own}/letter"), office.get(f"{place}/letter")):
        assert reader.data == b"%PDF-1.4 surat" and reader.headers["Cache-Control"] == "no-store"
        assert "surat-tugas-" in reader.headers["Content-Disposition"]
    stranger = sign_in(app.test_client(), desk.cast.stranger)
    assert stranger.get(f"{own}/letter").status_code == 404
    assert stranger.get(f"{place}/letter").status_code == 403
