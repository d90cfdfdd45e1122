"""Bounds of JP by form of training elsewhere: dated, asked when a report is verified, never backwards."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.outside.models import OutsideTraining
from lms.domain.settings.queries import policy
from lms.domain.settings.rules import hours_rule
from tests.cast import NOW, Cast, sign_in
from tests.media import photo
from tests.web.hr.desk import text_of
from tests.web.test_hours_rules import FIELDS
from tests.web.test_outside import send


def test_a_form_counts_up_to_its_bound_in_a_year(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    with clock.frozen(NOW):
        sign_in(client, cast.learner)
        for place, (form, jp, day) in enumerate(
            (("seminar", "5", "2026-03-04"), ("seminar", "4", "2026-05-04"), ("bimtek", "30", "2026-06-04"),
             ("seminar", "9", "2025-05-04")),
        ):  # fmt: skip
            send(client, photo(), form=form, jp=jp, title=f"Kegiatan {place}", started_on=day, ended_on=day)
        rows = session.query(OutsideTraining).order_by(OutsideTraining.id).all()
        assert len(rows) == 4
        sign_in(client, cast.hr_unit)
        first = f"/hr/outside/{rows[0].id}"
        assert "paling banyak" not in text_of(client.get(first)), "no bound unless the office sets one"
        assert client.post(first, data={"act": "verify", "jp": "5"}).status_code == 303
        sign_in(client, cast.admin)
        for wrong in ("0", "401", "x", "-1", "9999"):
            answer = client.post("/admin/settings-hours", data={**FIELDS, "cap-seminar": wrong})
            assert answer.status_code == 422 and "1 sampai 400" in text_of(answer), wrong
        assert client.post("/admin/settings-hours", data={**FIELDS, "cap-seminar": "8"}).status_code == 303
        assert "paling banyak 8 JP" in text_of(client.get("/admin/settings-hours"))
        assert hours_rule(policy(session), 2026).caps == {"seminar": 8}
        assert hours_rule(policy(session), 2025).caps == {}, "a past year keeps its rule"
        sign_in(client, cast.hr_unit)
        second = f"/hr/outside/{rows[1].id}"
        assert "sudah terhitung 5" in text_of(client.get(second))
        over = client.post(second, data={"act": "verify", "jp": "4"})
        assert over.status_code == 422 and "tersisa 3 JP" in text_of(over), "8 - 5"
        session.expire_all()
        assert rows[1].state == "waiting" and rows[0].credited_jp == 5
        assert client.post(second, data={"act": "verify", "jp": "3"}).status_code == 303
        for row, jp in ((rows[2], "30"), (rows[3], "9")):
            assert client.post(f"/hr/outside/{row.id}", data={"act": "verify", "jp": jp}).status_code == 303
        session.expire_all()
        assert [row.credited_jp for row in rows] == [5, 3, 30, 9]
