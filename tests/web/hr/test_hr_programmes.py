"""A learning path from the first title to the people who completed it, at the desk and for learners."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.enrollments.models import Enrollment
from lms.domain.notices.models import Notice
from lms.domain.programmes.models import Programme, ProgrammeEdition, ProgrammeMember, ProgrammeOrder
from tests.cast import NOW, sign_in
from tests.unit.certificates.rows import complete, make_course
from tests.unit.reports.desk import Desk, statements
from tests.web.hr.desk import at_desk, text_of
from tests.web.hr.paths import TITLE, begin, draft, hidden, opened


def test_from_the_draft_to_completion(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    """The learner has done Pelayanan (6 JP); the colleague Arsip (6 JP); nobody both."""
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    learner = sign_in(app.test_client(), desk.cast.learner)
    assert learner.get(place.removeprefix("/hr")).status_code == 404  # a draft
    draft(office, place, [(0, 1, ["pelayanan"]), (0, 1, ["arsip"])])
    opened(office, place)
    path = place.removeprefix("/hr")
    assert TITLE in learner.get("/programmes").text
    page = text_of(learner.get(path))
    assert "Anda sudah menyelesaikan 1 dari 2 langkah" in page and "12 JP" in page
    assert "Jalur pembelajaran Anda" not in learner.get("/").text
    for _click in range(2):
        assert learner.post(f"{path}/membership").status_code == 303
    home = text_of(learner.get("/"))
    assert "Selesai: 1 dari 2 langkah, 6 JP. Berikutnya:" in home
    assert "Langkah 2 dari 2" in text_of(learner.get(path))
    stranger = sign_in(app.test_client(), desk.cast.stranger)
    assert stranger.get(path).status_code == 404 and TITLE not in stranger.get("/programmes").text
    assert stranger.post(f"{path}/membership").status_code == 404
    colleague = sign_in(app.test_client(), desk.cast.colleague)
    assert colleague.post(f"{path}/membership").status_code == 303
    page = text_of(colleague.get(path))
    assert "Langkah 1 dari 2" in page and "Terbuka setelah langkah 1 selesai" not in page
    page = text_of(office.get(place))
    assert "Peserta jalur 2" in page and "Sedang berjalan 2" in page
    assert session.query(ProgrammeMember).count() == 2
    complete(session, desk.cast.learner, desk.archive)
    session.commit()
    page = text_of(learner.get(path))
    assert "Anda telah menyelesaikan jalur pembelajaran ini Pada 24 November 2026" in page
    assert "Jalur pembelajaran Anda" not in learner.get("/").text
    answer = office.post(f"{place}/people/file", data={"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [(row[1], row[4], row[5], row[6], row[9], row[10]) for row in rows[1:]] == [
        ("Siti", "Sedang berjalan", 1, 2, "", "Selesai"),
        ("Tengku Zahara, A.Md.", "Selesai", 2, 2, "Selesai", "Selesai"),
    ]
    assert "Tengku Zahara" in office.get(f"{place}/people?state=done").text
    assert "Tengku Zahara" not in office.get(f"{place}/people?step=1").text
    assert "Siti" in office.get(f"{place}/people?step=1&unit={desk.cast.village.id}").text
    for wrong in ("state=x", "step=3", f"unit={desk.cast.clinic.id}"):
        assert office.get(f"{place}/people?{wrong}").status_code == 404
    assert session.query(AuditEntry).filter_by(verb="programme.exported").count() == 1
    assert learner.post(f"{path}/membership/end").status_code == 303
    assert learner.post(f"{path}/membership").status_code == 303
    member = session.query(ProgrammeMember).filter_by(user_id=desk.cast.learner.id).one()
    assert member.left_on is None


def test_a_new_edition_takes_nothing_away(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    third = make_course(session, "tata-naskah")
    complete(session, desk.cast.learner, desk.archive)
    session.commit()
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    path = place.removeprefix("/hr")
    draft(office, place, [(0, 1, ["pelayanan"]), (0, 1, ["arsip"])])
    opened(office, place)
    learner, colleague = (
        sign_in(app.test_client(), person) for person in (desk.cast.learner, desk.cast.colleague)
    )
    for one in (learner, colleague):
        assert one.post(f"{path}/membership").status_code == 303
    assert office.post(f"{place}/draft/new").status_code == 303
    draft(
        office, place, [(1, 1, ["pelayanan"]), (2, 1, ["tata-naskah"])],
        change_note="Arsip diganti tata naskah.",
    )  # fmt: skip
    page = text_of(office.get(f"{place}/draft/opening"))
    assert "Berubah dari" in page and "2 pegawai dalam lingkup Anda mengikuti jalur ini" in page
    with clock.frozen(NOW + timedelta(days=9)):
        opened(office, place)
        page = text_of(colleague.get(path))
        assert "Yang berubah sejak Anda ikut" in page and "Arsip diganti tata naskah." in page
        assert "Sudah Anda selesaikan dan bukan bagian jalur lagi" in page
        assert "Selesai: 1 dari 2 langkah" in page  # the second step was done in the first edition
        page = text_of(learner.get(path))
        assert "telah menyelesaikan jalur" in page and "dengan edisi 1" in page
        page = text_of(office.get(place))
        assert "Selesai 1" in page and "Sedang berjalan 1" in page
    assert session.query(Notice).filter_by(kind="programme.changed").count() == 2
    assert third.course_id and session.query(Enrollment).count() == 4
    for statement in (
        "UPDATE programme_edition SET title = 'x' WHERE number = 1",
        "DELETE FROM programme_course", "UPDATE programme_step SET choose = 2",
        "DELETE FROM programme_member",
    ):  # fmt: skip
        with pytest.raises(DBAPIError):
            session.execute(text(statement))
        session.rollback()


def test_the_office_puts_people_on_a_path(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    assert office.get(f"{place}/assignment").status_code == 404  # a draft
    draft(office, place, [(0, 1, ["pelayanan"]), (0, 1, ["arsip"])])
    opened(office, place)
    form = {"unit": str(desk.cast.village.id), "due_on": "2026-12-15", "letter_number": "800/1",
            "letter_on": "2026-11-20", "note": "Bagi petugas loket."}  # fmt: skip
    page = office.post(f"{place}/assignment", data=form).text
    assert "2 pegawai akan ditugaskan" in page and session.query(ProgrammeOrder).count() == 0
    sent = form | {"seen": hidden(page, "seen"), "nonce": hidden(page, "nonce")}
    for _click in range(2):
        assert office.post(f"{place}/assignment", data=sent).status_code == 303
    assert session.query(ProgrammeOrder).one().people == 2
    learner = sign_in(app.test_client(), desk.cast.learner)
    home = text_of(learner.get("/"))
    assert "Tenggat 15 Desember 2026" in home and TITLE in home
    path = place.removeprefix("/hr")
    page = text_of(learner.get(path))
    assert "800/1" in page and "Bagi petugas loket." in page and "Keluar dari jalur" not in page
    assert learner.post(f"{path}/membership/end").status_code == 303
    assert session.query(ProgrammeMember).filter(ProgrammeMember.left_on.is_not(None)).count() == 0
    assert session.query(Notice).filter_by(kind="programme.assigned").count() == 2
    with clock.frozen(NOW + timedelta(days=40)):
        assert "Terlambat 2" in text_of(office.get(place))
    for bad, words in (
        ({"unit": str(desk.cast.clinic.id)}, "Pilih unit"), ({"due_on": "2026-11-01"}, "sudah lewat"),
        ({"unit": ""}, "Tentukan siapa"), ({"people": "1"}, "Tidak ditemukan"),
        ({"letter_on": "x"}, "tanggal"),
    ):  # fmt: skip
        answer = office.post(f"{place}/assignment", data=form | bad)
        assert answer.status_code == 422 and words in answer.text, bad


def test_scope_closing_and_discarding(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    city = at_desk(client, desk, "bkpsdm")
    wide, clinic = begin(city, desk, desk.cast.city.id), begin(city, desk, desk.cast.clinic.id)
    office = at_desk(app.test_client(), desk, "hr_unit")
    assert office.get(wide).status_code == office.get(clinic).status_code == 404  # a draft of above
    draft(city, wide, [(0, 1, ["pelayanan"])])
    opened(city, wide)
    assert office.get(wide).status_code == 200 and office.get(clinic).status_code == 404
    for act in ("close", "reopen", "draft/new", "draft/discard", "draft/opening"):
        assert office.post(f"{wide}/{act}").status_code == 403, act
    assert office.get(f"{wide}/draft").status_code == 403
    assert "Susun edisi baru" not in office.get(wide).text
    path = wide.removeprefix("/hr")
    stranger = sign_in(app.test_client(), desk.cast.stranger)
    assert stranger.post(f"{path}/membership").status_code == 303
    assert "Bulan" not in office.get(f"{wide}/people").text
    assert "Peserta jalur 0" in text_of(office.get(wide))
    assert city.post(f"{wide}/close").status_code == 303
    learner = sign_in(app.test_client(), desk.cast.learner)
    assert TITLE not in learner.get("/programmes").text
    assert learner.post(f"{path}/membership").status_code == 404
    assert "ditutup" in stranger.get(path).text
    assert TITLE in office.get("/hr/programmes?state=closed").text
    assert office.get(f"{wide}/assignment").status_code == 404
    late = office.post(f"{wide}/assignment", data={})
    assert "sudah ditutup" in office.get(late.location).text
    assert city.post(f"{wide}/reopen").status_code == 303
    assert TITLE in learner.get("/programmes").text
    for _press in range(2):
        assert city.post(f"{clinic}/draft/discard").location.endswith("state=draft")
    assert office.post(f"{clinic}/draft/discard").status_code == 404
    assert session.query(Programme).count() == 1
    assert office.get("/hr/programmes?state=x").status_code == 404
    page = office.get("/hr/programmes/new").text
    form = {"title": " ", "unit": str(desk.cast.clinic.id), "nonce": hidden(page, "nonce")}
    answer = office.post("/hr/programmes", data=form)
    assert answer.status_code == 422 and "Isi judul" in answer.text and "Pilih unit" in answer.text


def test_a_path_for_one_kind_of_position(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    draft(office, place, [(0, 1, ["pelayanan"])], audience="pelaksana")
    opened(office, place)
    assert TITLE in sign_in(app.test_client(), desk.cast.learner).get("/programmes").text
    assert TITLE not in sign_in(app.test_client(), desk.cast.hr_unit).get("/programmes").text


def test_the_page_sends_as_many_statements_for_many_people(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    draft(office, place, [(0, 1, ["pelayanan"]), (0, 1, ["arsip"])])
    opened(office, place)
    counts = []
    for people in ([], [desk.cast.learner, desk.cast.colleague, desk.cast.hr_unit]):
        for one in people:
            session.add(
                ProgrammeMember(
                    programme_id=session.query(Programme).one().id, user_id=one.id,
                    edition_id=session.query(ProgrammeEdition).one().id, joined_on=NOW.date(),
                )
            )  # fmt: skip
        session.commit()
        with statements() as sent:
            assert office.get(place).status_code == office.get(f"{place}/people").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]
