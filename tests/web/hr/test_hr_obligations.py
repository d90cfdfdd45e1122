"""A course comes round again: the rule is set, people stand with it, renew, come and go."""

from __future__ import annotations

import io
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import Placement
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import Course
from lms.domain.enrollments.models import Enrollment
from lms.domain.obligations.models import Obligation
from lms.domain.obligations.queries import obligations_due
from lms.domain.obligations.rules import State
from tests.cast import NOW, make_user, sign_in
from tests.unit.reports.desk import TODAY, Desk, statements
from tests.web.hr.desk import at_desk, text_of

FORM = {
    "course": "pelayanan", "rhythm": "months", "months": "12", "window_days": "60",
    "starts_on": "2026-11-01", "first_due_on": "2026-12-31", "first_days": "30", "basis": "SE 12/2026",
    "note": "Bagi petugas loket.",
}  # fmt: skip

DONE = date(2026, 11, 20)
"""When learner and stranger completed the course."""


def form_for(desk: Desk, **changes: object) -> dict[str, object]:
    return FORM | {"unit": str(desk.cast.district.id)} | changes


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def order(client: FlaskClient, form: dict[str, object]) -> str:
    page = client.post("/hr/obligations", data=form).text
    sent = form | {"seen": hidden(page, "seen"), "nonce": hidden(page, "nonce")}
    places = {client.post("/hr/obligations", data=sent).location for _click in range(2)}
    assert len(places) == 1
    return places.pop()


def test_from_the_rule_to_the_next_cycle(
    client: FlaskClient, session: Session, desk: Desk, app: Flask
) -> None:
    office = at_desk(client, desk, "hr_unit")
    look = office.post("/hr/obligations", data=form_for(desk))
    assert "mengenai 3 pegawai" in look.text and session.query(Obligation).count() == 0
    place = order(office, form_for(desk))
    assert session.query(Obligation).count() == 1
    page = text_of(office.get(place))
    assert "Berlaku 1" in page and "Belum pernah 2" in page and "SE 12/2026" in page
    assert "Tengku Zahara" in office.get(f"{place}/people?state=valid").text
    assert "Bulan Permatasari" not in office.get(f"{place}/people").text
    colleague = sign_in(app.test_client(), desk.cast.colleague)
    first = text_of(colleague.get("/profile/recurring"))  # never done: nothing comes "next"
    assert "Paling lambat 31 Desember 2026" in first and "Berikutnya" not in first
    late = NOW + timedelta(days=320)
    with clock.frozen(late):
        learner = sign_in(app.test_client(), desk.cast.learner)
        page = text_of(learner.get("/profile/recurring"))
        assert "Segera berakhir" in page and "20 November 2027" in page and "Bagi petugas loket" in page
        home = text_of(learner.get("/"))
        assert "Pelatihan berkala" in home and "Berikutnya paling lambat 20 November 2027" in home
        first = text_of(sign_in(app.test_client(), desk.cast.colleague).get("/"))
        assert "Paling lambat 31 Desember 2026" in first and "Berikutnya paling" not in first
        assert learner.post("/courses/pelayanan/enrollment/retake").status_code == 303
        assert learner.post("/courses/pelayanan/enrollment/retake").status_code == 303
        rows = session.query(Enrollment).filter_by(user_id=desk.cast.learner.id).order_by(Enrollment.cycle)
        assert [(row.cycle, row.completed_on) for row in rows] == [(1, DONE), (2, None)]
        page = text_of(at_desk(client, desk, "hr_unit").get(place))
        assert "Segera berakhir 1" in page and "Jatuh tempo 2" in page


def test_before_the_window_nothing_is_opened(client: FlaskClient, session: Session, desk: Desk) -> None:
    order(at_desk(client, desk, "hr_unit"), form_for(desk))
    learner = sign_in(client, desk.cast.learner)
    assert "Dapat diulang mulai" in text_of(learner.get("/profile/recurring"))
    assert learner.post("/courses/pelayanan/enrollment/retake").status_code == 303
    assert session.query(Enrollment).filter_by(user_id=desk.cast.learner.id).count() == 1


def test_who_comes_is_asked_and_who_leaves_drops_out(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    order(at_desk(client, desk, "hr_unit"), form_for(desk))
    later = TODAY + timedelta(days=60)
    mover = desk.cast.stranger
    mover.unit_id = desk.cast.village.id
    session.add(Placement(user_id=mover.id, recorded_at=NOW, unit_id=desk.cast.clinic.id, since=None))
    session.add(Placement(user_id=mover.id, recorded_at=NOW, unit_id=desk.cast.village.id, since=later))
    desk.cast.colleague.unit_id = desk.cast.clinic.id
    new = make_user(session, "Bujang", "bujang@gurindam.example", desk.cast.village)
    new.created_at = NOW + timedelta(days=60)
    session.commit()
    due = {duty.user_id: duty for duty in obligations_due(session, None, later, valid=True)}
    assert desk.cast.colleague.id not in due
    assert due[new.id].state is State.NEVER and due[new.id].standing.due_on == later + timedelta(days=30)
    assert due[mover.id].done_on == DONE and due[mover.id].state is State.VALID
    assert [duty.user_id for duty in obligations_due(session, [new.id], later)] == [new.id]


def test_files_hold_the_list(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk))
    answer = office.post(f"{place}/people/file", data={"format": "xlsx", "state": "valid"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[1:]] == [["199002142015032003", "Tengku Zahara, A.Md."]]
    text = office.post(f"{place}/people/file", data={"format": "csv"}).data.decode("utf-8-sig")
    assert text.count("\r\n") == 4 and "199403052024212017,Siti," in text
    assert office.post(f"{place}/people/file", data={"format": "exe"}).status_code == 400
    assert session.query(AuditEntry).filter_by(verb="obligation.exported").count() == 2


def test_scope_and_closing(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    place = order(at_desk(client, desk, "bkpsdm"), form_for(desk, unit=str(desk.cast.clinic.id)))
    mine = at_desk(app.test_client(), desk, "hr_unit")
    assert mine.get(place).status_code == mine.get(f"{place}/people").status_code == 404
    assert mine.post(f"{place}/close").status_code == 404
    assert "Manajemen Pelayanan" not in mine.get("/hr/obligations").text
    wide = order(at_desk(client, desk, "bkpsdm"), form_for(desk, unit=str(desk.cast.city.id)))
    page = text_of(mine.get(wide))
    assert "Berlaku 1" in page and "Puskesmas" not in page
    assert mine.get(f"{wide}/people?unit={desk.cast.clinic.id}").status_code == 404
    assert mine.post(f"{wide}/close").status_code == 403
    assert at_desk(client, desk, "learner").get(wide).status_code == 403
    office = at_desk(client, desk, "bkpsdm")
    assert office.post(f"{wide}/close").status_code == 303
    assert "Manajemen Pelayanan" in office.get("/hr/obligations?state=closed").text
    assert obligations_due(session, [desk.cast.learner.id], TODAY, valid=True) == []


def test_wrong_rules_are_told(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    for changes, words in (
        ({"unit": str(desk.cast.clinic.id)}, "Pilih unit"),
        ({"unit": ""}, "Pilih unit"),
        ({"course": "tidak-ada"}, "Pilih pelatihan"),
        ({"position": "9999"}, "Pilih jabatan"),
        ({"months": ""}, "1 sampai 120"),
        ({"months": "121"}, "1 sampai 120"),
        ({"window_days": "400"}, "0 sampai 366"),
        ({"first_days": "0"}, "1 sampai 366"),
        ({"first_due_on": "2026-10-31"}, "sebelum aturan berlaku"),
        ({"starts_on": "2016-10-31"}, "lima tahun"),
        ({"rhythm": "weekly"}, "Harus diulang"),
    ):
        answer = office.post("/hr/obligations", data=form_for(desk, **changes))
        assert answer.status_code == 422 and words in answer.text, changes
    assert session.query(Obligation).count() == 0 and session.query(Course).count() == 2


def test_completions_are_looked_for_by_person(session: Session, desk: Desk) -> None:
    if session.get_bind().dialect.name != "sqlite":  # the other database chooses by what the tables hold
        return
    with statements() as sent:
        obligations_due(session, None, TODAY)
    [statement] = [one for one in sent if "obligation" in one]
    values = (0,) * statement.count("?")
    plan = str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
    assert "enrollment USING INDEX ix_enrollment_user_id" in plan, plan  # by course: seconds in a city
