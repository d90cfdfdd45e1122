"""Announcements: for whom, for which days, withdrawn."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.announcements.models import Announcement
from tests.cast import NOW, Cast, sign_in
from tests.web.hr.desk import text_of

FORM = {"title": "Server dirawat", "body": "Sabtu pagi.\n\nTerima kasih <b>.", "unit_id": "",
        "shown_from": "2026-11-24", "shown_until": "2026-11-25"}  # fmt: skip


def test_an_announcement_stands_on_the_home_page_of_whom_it_is_for(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    with clock.frozen(NOW):
        sign_in(client, cast.bkpsdm)
        for wrong in ({"title": ""}, {"body": "x" * 1001}, {"shown_until": "2026-11-23"},
                      {"shown_until": "2027-11-23"}, {"unit_id": "999"},
                      {"shown_from": "kemarin"}):  # fmt: skip
            assert client.post("/hr/announcements", data={**FORM, **wrong}).status_code == 422, wrong
        assert session.scalars(select(Announcement)).all() == []
        for _double_click in range(2):
            assert client.post("/hr/announcements", data=FORM).status_code == 303
        sign_in(client, cast.admin)
        local = {**FORM, "title": "Hanya kecamatan", "unit_id": str(cast.district.id)}
        assert client.post("/admin/announcements", data=local).status_code == 303
        later = {**FORM, "title": "Besok", "shown_from": "2026-11-25"}
        client.post("/admin/announcements", data=later)
        assert "Direncanakan" in text_of(client.get("/admin/announcements"))
        sign_in(client, cast.learner)
        home = client.get("/").text
        assert home.count("Server dirawat") == 1 and "Hanya kecamatan" in home and "Besok" not in home
        assert "&lt;b&gt;" in home
        sign_in(client, cast.stranger)
        home = client.get("/").text
        assert "Server dirawat" in home and "Hanya kecamatan" not in home
    with clock.frozen(NOW + timedelta(days=1)):
        assert "Besok" in client.get("/").text
    with clock.frozen(NOW + timedelta(days=2)):
        assert "Server dirawat" not in client.get("/").text
    first = session.scalars(select(Announcement).order_by(Announcement.id)).first()
    assert first is not None
    with clock.frozen(NOW):
        sign_in(client, cast.admin)
        client.post(f"/admin/announcements/{first.id}/withdraw")
        assert "Server dirawat" not in client.get("/").text
        assert "Ditarik" in text_of(client.get("/admin/announcements"))
        assert client.post("/admin/announcements/999/withdraw").status_code == 404
