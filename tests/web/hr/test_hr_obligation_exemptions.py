"""Recurring training is not asked of somebody for a time: figures, reminders, words, records."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.obligations.models import ObligationExemption
from lms.domain.obligations.queries import obligations_due
from tests.cast import NOW, sign_in
from tests.unit.reports.desk import TODAY, Desk, statements
from tests.web.hr.desk import at_desk, text_of
from tests.web.hr.test_hr_obligations import form_for, order

GIVEN = {"term": "cycle", "reason": "Cuti di luar tanggungan negara", "document": "SK 31/2026"}


def asked(session: Session, user_id: int) -> bool:
    return bool(obligations_due(session, [user_id], TODAY))


def test_from_the_exemption_to_its_end(client: FlaskClient, session: Session, desk: Desk, app: Flask) -> None:
    office, siti = at_desk(client, desk, "hr_unit"), desk.cast.colleague
    place = order(office, form_for(desk))
    assert asked(session, siti.id)
    for wrong, words in (
        ({"id": ""}, "Centang"), ({"reason": ""}, "Tulis alasan"),
        ({"term": "until", "until": ""}, "belum lewat"),
        ({"term": "until", "until": "2026-11-01"}, "belum lewat"),
        ({"proof": (io.BytesIO(b"MZ"), "a.pdf")}, "bukan foto"),
    ):  # fmt: skip
        answer = office.post(f"{place}/exemptions", data={"id": str(siti.id), **GIVEN} | wrong)
        assert answer.status_code == 422 and words in answer.text, wrong
    assert session.query(ObligationExemption).count() == 0
    proof = {"proof": (io.BytesIO(b"%PDF-1.4 cuti"), "cuti.pdf")}
    sent = office.post(f"{place}/exemptions", data={"id": str(siti.id), **GIVEN, **proof})
    assert sent.status_code == 303
    row = session.query(ObligationExemption).one()
    assert (row.user_id, row.kind, row.reason) == (siti.id, "cycle", GIVEN["reason"])
    assert not asked(session, siti.id)
    page = text_of(office.get(place))
    assert "Dikecualikan 1" in page and "Dari 3 pegawai, 1 dikecualikan" in page
    assert GIVEN["reason"] in text_of(office.get(f"{place}/people?state=exempt"))
    csv = office.post(f"{place}/people/file", data={"format": "csv"}).data.decode("utf-8-sig")
    assert "SK 31/2026" in csv
    listed = office.get(f"{place}/exemptions")
    assert (
        siti.name in listed.text and office.get(f"{place}/exemptions/{row.id}/document").data[:5] == b"%PDF-"
    )
    own = text_of(sign_in(app.test_client(), siti).get("/profile/recurring"))
    assert "Dikecualikan untuk putaran ini: Cuti di luar tanggungan negara." in own and "SK 31/2026" in own
    end = f"{place}/exemptions/{row.id}/end"
    assert "Tulis alasan" in office.get(office.post(end, data={"reason": " "}).location).text
    for _click in range(2):
        assert office.post(end, data={"reason": "Sudah kembali bekerja"}).status_code == 303
    assert session.query(ObligationExemption).count() == 2 and asked(session, siti.id)
    assert "Sudah kembali bekerja" in office.get(f"{place}/exemptions").text


def test_a_whole_unit_until_a_day(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk))
    given = GIVEN | {"term": "until", "until": "2027-01-31", "whole": str(desk.cast.clinic.id)}
    assert office.post(f"{place}/exemptions", data=given).status_code == 422
    given["whole"] = str(desk.cast.village.id)
    assert office.post(f"{place}/exemptions", data=given).status_code == 303
    with clock.frozen(NOW + timedelta(days=50)):
        page = text_of(at_desk(client, desk, "hr_unit").get(place))
        assert "Dikecualikan 1" in page and "Berlaku 1" in page and "Jatuh tempo 1" in page
    with clock.frozen(NOW + timedelta(days=100)):
        page = text_of(at_desk(client, desk, "hr_unit").get(place))
        assert "Dikecualikan 0" in page and "Jatuh tempo 2" in page


def test_a_button_pressed_twice_stores_once(client: FlaskClient, session: Session, desk: Desk) -> None:
    office, siti = at_desk(client, desk, "hr_unit"), desk.cast.colleague
    place = order(office, form_for(desk))
    whole = GIVEN | {"whole": str(desk.cast.village.id)}
    for given in (GIVEN | {"id": str(siti.id)}, whole) * 2:
        assert "Disimpan" in office.get(office.post(f"{place}/exemptions", data=given).location).text
    assert session.query(ObligationExemption).count() == 2
    for row in session.query(ObligationExemption).all():
        office.post(f"{place}/exemptions/{row.id}/end", data={"reason": "Keliru"})
    assert asked(session, siti.id)
    office.post(f"{place}/exemptions", data=GIVEN | {"id": str(siti.id)})
    assert session.query(ObligationExemption).count() == 5 and not asked(session, siti.id)


def test_nobody_exempts_oneself_or_people_of_others(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    office, cast = at_desk(client, desk, "hr_unit"), desk.cast
    place = order(office, form_for(desk))
    ids = [str(cast.hr_unit.id), str(cast.stranger.id), "x", "9" * 30]
    assert office.post(f"{place}/exemptions", data=GIVEN | {"id": ids}).status_code == 303
    assert session.query(ObligationExemption).count() == 0
    whole = GIVEN | {"whole": str(cast.district.id)}
    assert office.post(f"{place}/exemptions", data=whole).status_code == 303
    assert asked(session, cast.hr_unit.id) and not asked(session, cast.colleague.id)


def test_after_the_rule_is_closed_nothing_is_given(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk))
    office.post(f"{place}/close")
    answer = office.post(f"{place}/exemptions", data=GIVEN | {"id": str(desk.cast.colleague.id)})

    assert "sudah ditutup" in office.get(answer.location).text
    assert session.query(ObligationExemption).count() == 0


def test_records_stay_and_cost_one_statement(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = order(office, form_for(desk))
    with statements() as before:
        obligations_due(session, None, TODAY)
    for user in (desk.cast.colleague, desk.cast.learner):
        office.post(f"{place}/exemptions", data=GIVEN | {"id": str(user.id)})
    with statements() as after:
        obligations_due(session, None, TODAY)
    assert len(after) == len(before) + 1
    row = session.query(ObligationExemption).first()
    assert row is not None
    row.reason = "lain"
    with pytest.raises(DBAPIError):
        session.flush()
    session.rollback()
