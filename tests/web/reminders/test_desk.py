"""Reminders at the desk and for the person: scope, trial, log, texts, days off, WhatsApp, choices."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.audit.models import AuditEntry
from lms.domain.reminders.models import Holiday, ReminderChoice, ReminderMessage, ReminderText
from lms.domain.settings.actions import change
from lms.domain.settings.queries import policy
from lms.mail.tokens import stop_token
from tests.cast import NOW, Cast, sign_in
from tests.mail_server import MailBox, MailServer
from tests.web.hr.desk import text_of
from tests.web.reminders.conftest import MONDAY, order, run_at, use

TEXT = {"subject": "Pekan ini: {jumlah} hal", "greeting": "Halo {nama} dari {unit}", "closing": "Salam"}
SETTINGS = {
    "reminders_on": "1", "reminder_weekday": "2", "reminder_time": "09.30", "reminder_quiet_from": "16.00",
    "reminder_quiet_until": "08:00", "reminder_quiet_weekend": "1", "reminder_week_cap": "2",
    "reminder_urgent_days": "2", "reminder_soon_days": "10", "reminder_idle_days": "30",
    "reminder_escalation_days": "5", "reminder_keep_days": "90",
}  # fmt: skip


def test_the_trial_shows_the_own_people_and_its_counts_add_up(
    client: FlaskClient, session: Session, office: Cast
) -> None:
    order(session, office, [office.stranger], date(2026, 12, 2))
    change(session, {"reminder_week_cap": 1}, by=office.bkpsdm.id, now=NOW)
    session.add(ReminderChoice(user_id=office.colleague.id, changed_at=NOW, weekly=False))
    session.commit()
    with clock.frozen(NOW):
        page = sign_in(client, office.hr_unit).get("/hr/reminders")
        text = text_of(page)
        assert office.learner.name in text and office.stranger.name not in text
        assert "Senin, 30 November 2026, 08.00 WIB" in text and "Tidak dikirimi, dimatikan" in text
        inside = session.query(User).filter(User.unit_id.in_([office.district.id, office.village.id])).count()
        figures = re.findall(r"<dt>[^<]+</dt><dd>(\d+)", page.text)
        assert [int(figure) for figure in figures] == [inside, inside - 2, 1, 1]
        off = text_of(client.get("/hr/reminders?outcome=off"))
        assert office.colleague.name in off and office.learner.name not in off
        assert client.get(f"/hr/reminders?unit={office.clinic.id}").status_code == 404
        csv = client.post("/hr/reminders/file", data={"run": "weekly"}).data.decode("utf-8-sig")
        assert csv.count("\r\n") == 3 and "surat 800/12/2026" in csv and office.stranger.name not in csv
        assert "199002142015032003" not in csv
        daily = text_of(client.get("/hr/reminders?run=daily"))
        assert "Rabu, 25 November 2026, 08.00 WIB" in daily and "Tidak ada yang perlu diingatkan" in daily
    assert session.scalars(select(ReminderMessage)).all() == []


def test_the_log_shows_the_own_people_and_a_refused_address_is_used_again(
    app: Flask, client: FlaskClient, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    order(session, office, [office.stranger], date(2026, 12, 2))
    session.commit()
    box.answers = {"peserta@gurindam.example": "550 5.1.1 <b>no mailbox</b>"}
    run_at(app, MONDAY)
    with clock.frozen(MONDAY + timedelta(hours=1)):
        page = sign_in(client, office.hr_unit).get("/hr/reminders/log")
        assert "&lt;b&gt;no mailbox" in page.text and office.stranger.name not in page.text
        assert "ditolak tetap" in text_of(page)
        failed = text_of(client.get("/hr/reminders/log?state=failed&first=2026-11-30&last=2026-11-30"))
        assert office.learner.name in failed and office.colleague.name not in failed
        assert "Tidak ada yang cocok" in text_of(client.get("/hr/reminders/log?last=2026-11-29"))
        assert client.post(f"/hr/reminders/addresses/{office.stranger.id}/again").status_code == 404
        for _double_click in range(2):
            assert client.post(f"/hr/reminders/addresses/{office.learner.id}/again").status_code == 303
    assert session.get_one(ReminderChoice, office.learner.id).refused_address is None


def test_the_office_sets_times_and_what_cannot_be_is_refused(
    client: FlaskClient, session: Session, office: Cast
) -> None:
    sign_in(client, office.bkpsdm)
    for field, value in (("reminder_time", "25.00"), ("reminder_weekday", "8"), ("reminder_week_cap", "0"),
                         ("reminder_quiet_from", ""), ("reminder_keep_days", "banyak")):  # fmt: skip
        answer = client.post("/hr/reminders/office/settings", data={**SETTINGS, field: value})
        assert answer.status_code == 422, field
    assert policy(session).reminder_weekday == 1
    assert client.post("/hr/reminders/office/settings", data=SETTINGS).status_code == 303
    now = policy(session)
    assert (now.reminder_weekday, now.reminder_time, now.reminder_quiet_until) == (2, "09.30", "08.00")
    assert sign_in(client, office.admin).get("/admin/settings/reminders").status_code == 200


def test_texts_are_checked_shown_with_real_data_and_kept(
    client: FlaskClient, session: Session, office: Cast
) -> None:
    sign_in(client, office.bkpsdm)
    url = "/hr/reminders/texts/weekly/id"
    refused: tuple[tuple[dict[str, str], str], ...] = (
        ({"subject": "{nip}"}, "bukan isian otomatis"),
        ({"greeting": "{nama"}, "kurung kurawal"),
        ({"closing": "199002142015032003"}, "terbaca sebagai NIP"),
        ({"greeting": ""}, "1 sampai 1000"),
        ({"subject": "x" * 151}, "1 sampai 150"),
    )
    for wrong, said in refused:
        answer = client.post(url, data={**TEXT, **wrong})
        assert answer.status_code == 422 and said in text_of(answer), wrong
    with clock.frozen(NOW):
        seen = client.post(url, data={**TEXT, "act": "preview", "who": "1990 0214 2015 0320 03"})
        assert f"Halo {office.learner.name} dari Kelurahan Penyengat" in text_of(seen)
        assert "karena ditugaskan dengan surat 800/12/2026" in text_of(seen)
        assert stop_token("only-for-tests", office.learner.id) not in seen.text and "/stop/..." in seen.text
        assert session.scalars(select(AuditEntry.verb)).all().count("staff.viewed") == 1
        nobody = client.post(url, data={**TEXT, "act": "preview", "who": "tak-ada@x.example"})
        assert nobody.status_code == 200 and "Halo Tengku" not in nobody.text
        for kind in ("escalation", "whatsapp", "urgent"):
            shown = client.post(f"/hr/reminders/texts/{kind}/en", data={**TEXT, "act": "preview"})
            assert shown.status_code == 200, kind
    assert session.scalars(select(ReminderText)).all() == []
    for _double_click in range(2):
        assert client.post(url, data=TEXT).status_code == 303
    [row] = session.scalars(select(ReminderText))
    assert row.greeting == TEXT["greeting"] and office.bkpsdm.name in client.get(url).text
    assert client.get("/hr/reminders/texts/weekly/de").status_code == 404
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_kind == "reminder_text")).all()
    assert verbs == ["reminders.text"]


def test_days_off_by_hand_and_by_file(client: FlaskClient, session: Session, office: Cast) -> None:
    sign_in(client, office.bkpsdm)
    url = "/hr/reminders/office/days"
    assert client.post(url, data={"day": "2026-12-25", "name": " "}).status_code == 422
    for _double_click in range(2):
        assert client.post(url, data={"day": "2026-12-25", "name": "Hari Natal"}).status_code == 303

    def send(data: bytes) -> int:
        return client.post(f"{url}/file", data={"file": (io.BytesIO(data), "libur.csv")}).status_code

    assert send(b"2026-12-26;Cuti\nbesok;X\n") == send(b"") == send(b"x" * 100_001) == 422
    assert [row.day for row in session.scalars(select(Holiday))] == [date(2026, 12, 25)]
    assert send(b"tanggal;nama\n25/12/2026;Natal\n1/1/2027;Tahun Baru\n") == 303
    assert {row.name for row in session.scalars(select(Holiday))} == {"Natal", "Tahun Baru"}
    with clock.frozen(NOW):
        assert "Jumat, 25 Desember 2026" in text_of(client.get(url))
    for day in ("2026-12-25", "2026-12-25", "kemarin"):
        assert client.post(f"{url}/remove", data={"day": day}).status_code == 303
    assert [row.name for row in session.scalars(select(Holiday))] == ["Tahun Baru"]


def test_a_whatsapp_link_needs_a_number_and_consent_and_is_seen_by_the_own_office(
    client: FlaskClient, session: Session, office: Cast
) -> None:
    with clock.frozen(NOW):
        sign_in(client, office.learner)
        form = {"weekly": "1", "by_email": "1", "phone": "nol delapan", "whatsapp": "1"}
        assert client.post("/reminders/settings", data=form).status_code == 422
        assert client.post("/reminders/settings", data={**form, "phone": ""}).status_code == 422
        assert session.get(ReminderChoice, office.learner.id) is None
        assert client.post("/reminders/settings", data={**form, "phone": "0812-3456-7890"}).status_code == 303
        assert "+6281234567890" in client.get("/reminders/settings").text
        sign_in(client, office.hr_unit)
        page = client.get(f"/hr/reminders/contacts?unit={office.district.id}").text
        [link] = re.findall(r'href="(https://wa\.me/[^"]+)"', page)
        assert (
            link.startswith("https://wa.me/6281234567890?text=Yth.%20Tengku")
            and "199002142015032003" not in link
        )
        assert client.get(f"/hr/reminders/contacts?unit={office.clinic.id}").status_code == 404
        assert "reminders.phones_viewed" in session.scalars(select(AuditEntry.verb)).all()
        sign_in(client, office.learner).post("/reminders/settings", data={**form, "phone": "0812-3456-7890",
                                                                          "whatsapp": ""})  # fmt: skip
        page = sign_in(client, office.hr_unit).get(f"/hr/reminders/contacts?unit={office.district.id}").text
        assert "wa.me/" not in page and "6281234567890" not in page


def test_the_link_of_a_mail_stops_mails_with_one_post_and_no_session(
    app: Flask, client: FlaskClient, session: Session, office: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    url = f"/reminders/stop/{stop_token('only-for-tests', office.learner.id)}"
    page = client.get(url)
    assert page.status_code == 200 and office.learner.name not in page.text
    assert session.get(ReminderChoice, office.learner.id) is None
    for _twice in range(2):
        assert client.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    choice = session.get_one(ReminderChoice, office.learner.id)
    assert not choice.by_email and choice.weekly
    assert client.post(url[:-2] + "xx").status_code == 404
    use(app, 1)
    run_at(app, MONDAY)
    row = session.scalars(select(ReminderMessage).where(ReminderMessage.user_id == office.learner.id)).one()
    assert (row.state, row.channel, row.reason) == ("sent", "app", "app_chosen")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with clock.frozen(MONDAY + timedelta(hours=1)):
        sign_in(client, office.learner)
        assert "karena ditugaskan dengan surat 800/12/2026" in client.get("/reminders").text
        assert "Pengingat tentang yang menunggu Anda" in client.get("/notices").text
        assert "Ditugaskan kepada Anda" in client.get("/").text
        assert "Belum ada pengingat" in sign_in(client, office.stranger).get("/reminders").text


def test_a_test_mail_is_ordered_and_its_end_is_in_the_log(
    app: Flask, client: FlaskClient, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    quiet = MONDAY - timedelta(hours=10)
    with clock.frozen(quiet):
        sign_in(client, office.bkpsdm)
        for _double_click in range(2):
            assert client.post("/hr/reminders/office/test").status_code == 303
    run_at(app, quiet)
    assert [mail["Subject"] for mail in box.mails] == ["Surel uji dari Gurindam"]
    assert "Surel uji" in text_of(client.get("/hr/reminders/log?kind=test"))
    app.config["SMTP_HOST"] = ""
    client.post("/hr/reminders/office/test")
    assert session.query(ReminderMessage).count() == 1
