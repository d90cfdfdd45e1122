"""The admin sets minutes and targets by year; an older year keeps its rule on every page."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from pytest import MonkeyPatch
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.reports.shortest import Offer
from lms.domain.settings.queries import policy
from tests.cast import NOW, Cast, sign_in

YEAR_TURNS = datetime(2025, 12, 31, 17, tzinfo=UTC)  # midnight in WIB
FIELDS = {
    "since": "2026", "minutes_per_jp": "60", "target_jp_pns": "24", "target_jp_cpns": "20",
    "target_jp_pppk": "22", "target_jp_pppk_paruh_waktu": "10", "target_jp_lainnya": "0",
    "source": "SK Wali Kota 12/2026",
}  # fmt: skip


def test_a_rule_holds_from_its_year_on(client: FlaskClient, session: Session, cast: Cast, app: Flask) -> None:
    with clock.frozen(NOW):
        admin = sign_in(client, cast.admin)
        for _click in range(2):
            assert admin.post("/admin/settings-hours", data=FIELDS).status_code == 303
        page = admin.get("/admin/settings-hours").text
        assert "SK Wali Kota 12/2026" in page
        learner = sign_in(app.test_client(), cast.learner)
        assert "0 dari 24 JP" in learner.get("/profile/hours").text
        assert "60 menit" in learner.get("/profile/hours").text
        hours = learner.get("/profile/hours").text
        assert "belum cukup: masih kurang 24 JP" in hours and 'href="/profile/plan/new"' in hours
        office = sign_in(app.test_client(), cast.hr_unit)
        assert "0 dari 24 JP" in office.get(f"/hr/staff/{cast.learner.id}").text
        assert ">24<" in office.get("/hr/hours?year=2026&q=Zahara").text
    for moment, target in ((YEAR_TURNS - timedelta(seconds=1), 20), (YEAR_TURNS, 24)):
        with clock.frozen(moment):
            at_home = sign_in(app.test_client(), cast.learner)
            assert f"0 dari {target} JP" in at_home.get("/profile/hours").text
            office = sign_in(app.test_client(), cast.hr_unit)
            assert f">{target}<" in office.get("/hr/hours?q=Zahara").text
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.verb == "settings.changed")).all()) == 1


def test_what_cannot_be_is_refused(client: FlaskClient, session: Session, cast: Cast, app: Flask) -> None:
    with clock.frozen(NOW):
        admin = sign_in(client, cast.admin)
        wrong = (("since", "2025"), ("since", "2032"), ("since", "x"), ("target_jp_pns", "401"))
        for name, value in (*wrong, ("minutes_per_jp", "0"), ("source", "x" * 201)):
            answer = admin.post("/admin/settings-hours", data=FIELDS | {name: value})
            assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text, (name, value)
        for user in (cast.hr_unit, cast.learner):
            other = sign_in(app.test_client(), user)
            assert other.get("/admin/settings-hours").status_code == 403
            assert other.post("/admin/settings-hours", data=FIELDS).status_code == 403
    assert policy(session).hours_rules == []


def test_the_shortest_way_is_said(client: FlaskClient, cast: Cast, monkeypatch: MonkeyPatch) -> None:
    offers = [Offer("arsip", "Arsip", 135, 24), Offer("surat", "Surat", 140, 24)]
    monkeypatch.setattr(sys.modules["lms.web.learner.profile"], "offers_for", lambda *_: offers)
    with clock.frozen(NOW):
        page = sign_in(client, cast.learner).get("/profile/hours").text
    assert "Kurang 20 JP. Jalan tersingkat: 1 pelatihan, 2 jam 15 menit." in page
    assert 'href="/courses/arsip"' in page and "surat" not in page
