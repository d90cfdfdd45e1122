"""Reminders on their way: planned once, checked when their turn comes, sent by a real mail server."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.accounts.models import Superior, User
from lms.domain.notices.models import Notice
from lms.domain.reminders.actions import choose, keep_holidays
from lms.domain.reminders.models import ReminderChoice, ReminderMessage
from lms.domain.reminders.queries import Addressee
from lms.domain.reminders.rules import Words
from lms.domain.settings.actions import change
from lms.mail import delivery
from lms.mail.letters import Letter
from tests.cast import NOW, Cast
from tests.learning import complete, office_of
from tests.mail_server import PASSWORD, USER, MailBox, MailServer, protected
from tests.web.reminders.conftest import MONDAY, order, run_at, use

LEARNER, COLLEAGUE = "peserta@gurindam.example", "siti@gurindam.example"


def states(session: Session) -> dict[tuple[int, str], tuple[str, str, str]]:
    rows = session.scalars(select(ReminderMessage).execution_options(populate_existing=True))
    return {(row.user_id, row.kind): (row.state, row.channel, row.reason) for row in rows}


def test_a_digest_says_what_is_due_and_why_and_goes_out_once(
    app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    office.learner.name = "Tengku Zahara\r\nBcc: semua@gurindam.example, A.Md. \u202e" + "panjang " * 12
    office.colleague.locale = "en"
    session.commit()
    for at in (MONDAY - timedelta(days=1), MONDAY - timedelta(minutes=2), MONDAY):
        run_at(app, at)
    [mail] = box.to(LEARNER)
    assert len(box.mails) == 2
    assert "Bcc" not in mail and len(mail["To"].addresses) == 1
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == MONDAY and mail["Subject"] == "Ringkasan pekan ini: 1 hal menunggu Anda"
    assert mail["From"].addresses[0].addr_spec == "lms@gurindam.example"
    assert re.fullmatch(r"<2026-11-30\.[0-9a-f]{24}@gurindam\.example>", mail["Message-ID"])
    assert re.fullmatch(r"<https://gurindam\.example/reminders/stop/\S+>", mail["List-Unsubscribe"].strip())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = (part.get_content() for part in mail.iter_parts())
    for text in (plain, html):
        assert "karena ditugaskan dengan surat 800/12/2026 tanggal 2 November 2026" in text
        assert "paling lambat 2 Desember 2026" in text and "https://gurindam.example/courses/" in text
        assert "199002142015032003" not in text
    [other] = box.to(COLLEAGUE)
    assert other["Subject"] == "Waiting for you this week: 1"
    assert "because it was assigned by the letter 800/12/2026" in other.get_body(("plain",)).get_content()
    assert max(len(line) for raw in box.raw for line in raw.split(b"\r\n")) < 200
    assert states(session)[office.learner.id, "weekly"] == ("sent", "email", "email")
    run_at(app, MONDAY + timedelta(hours=2))
    run_at(app, MONDAY + timedelta(days=1))  # due in one day: told on Monday already
    assert len(box.mails) == 2


def test_who_is_done_before_the_turn_comes_hears_nothing(
    app: Flask, session: Session, office: Cast, box: MailBox
) -> None:
    use(app, 1)  # nobody answers there
    run_at(app, MONDAY)
    assert {state for state, _channel, _reason in states(session).values()} == {"waiting"}
    session.expire_all()
    complete(session, office.learner, office_of(app, session), now=MONDAY)
    session.commit()
    made = MailServer(box)
    made.start()
    try:
        use(app, made.port)
        run_at(app, MONDAY + timedelta(minutes=20))
    finally:
        made.stop()
    assert box.to(LEARNER) == [] and len(box.to(COLLEAGUE)) == 1
    assert states(session)[office.learner.id, "weekly"] == ("left", "", "nothing")


def test_refused_for_good_and_for_a_while(
    app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    box.answers = {LEARNER: "550 5.1.1 no such mailbox", COLLEAGUE: "451 4.7.1 greylisted"}
    run_at(app, MONDAY)
    assert states(session)[office.learner.id, "weekly"] == ("failed", "email", "refused")
    assert states(session)[office.colleague.id, "weekly"][0] == "waiting"
    assert session.get_one(ReminderChoice, office.learner.id).refused_address == LEARNER
    mine = select(Notice.kind).where(Notice.user_id == office.learner.id)
    assert session.scalars(mine).all() == ["reminder"]  # what the mail would have said stands in the site
    box.answers = {}
    run_at(app, MONDAY + timedelta(minutes=3))
    assert box.mails == []  # too early
    run_at(app, MONDAY + timedelta(minutes=6))
    assert len(box.to(COLLEAGUE)) == 1 and box.to(LEARNER) == []
    order(session, office, [office.learner], date(2026, 12, 9))
    session.commit()
    run_at(app, MONDAY + timedelta(days=7))
    row = session.scalars(
        select(ReminderMessage).where(ReminderMessage.user_id == office.learner.id)
        .order_by(ReminderMessage.id.desc())
    ).first()  # fmt: skip
    assert row is not None and (row.state, row.channel, row.reason) == ("sent", "app", "app_refused")
    assert session.scalars(mine).all() == ["reminder", "reminder"]


def test_a_lost_connection_repeats_the_mail_under_its_message_id(
    app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    choose(session, office.colleague.id, weekly=False, by_email=True, phone="", whatsapp=False, now=NOW)
    session.commit()
    box.drop = True
    run_at(app, MONDAY)
    box.drop = False
    run_at(app, MONDAY + timedelta(minutes=6))
    first, second = box.to(LEARNER)
    assert first["Message-ID"] == second["Message-ID"]
    done = ("sent", "email", "email")
    assert states(session) == {
        (office.learner.id, "weekly"): done,
        (office.colleague.id, "urgent"): done,  # no digest, but what is urgent comes
    }


def test_after_the_last_try_it_is_given_up(
    app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    box.data_answer = "452 4.3.1 no space"
    run_at(app, MONDAY)
    for hours in (1, 2, 4, 9, 25, 49):  # the ninth hour is quiet
        run_at(app, MONDAY + timedelta(hours=hours))
    found = states(session)[office.learner.id, "weekly"]
    assert found == ("failed", "email", "given_up")
    assert session.get(ReminderChoice, office.learner.id) is None  # the address is not to blame


def test_quiet_days_off_caps_and_the_superior(
    app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox
) -> None:
    keep_holidays(session, [(MONDAY.date(), "Hari daerah")], by=office.bkpsdm, now=NOW)
    change(session, {"reminder_escalation": True, "reminder_week_cap": 1}, by=office.bkpsdm.id, now=NOW)
    session.add(Superior(user_id=office.stranger.id, superior_id=office.trainer.id, set_at=NOW))
    order(session, office, [office.stranger], date(2026, 11, 20))
    session.commit()
    run_at(app, MONDAY)
    assert box.mails == []
    tuesday = MONDAY + timedelta(days=1) - timedelta(hours=1)
    run_at(app, tuesday)
    [mail] = box.to("pengajar@gurindam.example")
    text = mail.get_body(("plain",)).get_content()
    assert "Bulan Permatasari" in text and "Terlambat 11 hari" in text and "199206302023212041" not in text
    assert len(box.mails) == 4
    order(session, office, [office.learner], date(2026, 12, 3), "second")
    session.commit()
    run_at(app, tuesday + timedelta(days=1, hours=1))
    assert len(box.mails) == 4  # one a week is the cap


def test_switched_off_nobody_hears_anything(app: Flask, session: Session, office: Cast, box: MailBox) -> None:
    change(session, {"reminders_on": False}, by=office.bkpsdm.id, now=NOW)
    session.commit()
    run_at(app, MONDAY)
    assert states(session) == {}


def test_old_messages_are_forgotten_also_when_nobody_is_reminded_any_more(
    app: Flask, session: Session, office: Cast
) -> None:
    run_at(app, MONDAY)
    assert len(states(session)) == 2
    change(session, {"reminders_on": False}, by=office.bkpsdm.id, now=MONDAY)
    session.commit()
    run_at(app, MONDAY + timedelta(days=364))
    assert len(states(session)) == 2
    run_at(app, MONDAY + timedelta(days=366))
    assert states(session) == {}


def test_starttls_with_a_password_that_no_page_or_row_shows(
    app: Flask, session: Session, office: Cast, box: MailBox, tmp_path: Path
) -> None:
    made, certificate = protected(tmp_path, box)
    made.start()
    try:
        secret = tmp_path / "password"
        secret.write_text("keliru\n")
        safe = {"SMTP_SECURITY": "starttls", "SMTP_USER": USER, "SMTP_PASSWORD_FILE": str(secret)}
        use(app, made.port, **safe)
        run_at(app, MONDAY)  # the certificate is of nobody we know
        errors = session.scalars(select(ReminderMessage.error)).all()
        assert any("CERTIFICATE_VERIFY_FAILED" in error for error in errors)
        use(app, made.port, **safe, SMTP_CA_FILE=str(certificate))
        run_at(app, MONDAY + timedelta(minutes=20))  # a wrong password
        errors = session.scalars(select(ReminderMessage.error)).all()
        assert any(error.startswith("535") for error in errors) and "keliru" not in str(errors)
        secret.write_text(f"{PASSWORD}\n")
        run_at(app, MONDAY + timedelta(hours=4))
    finally:
        made.stop()
    assert len(box.mails) == 2
    assert {state for state, _channel, _reason in states(session).values()} == {"sent"}


def test_the_commands(app: Flask, session: Session, office: Cast, server: MailServer, box: MailBox) -> None:
    runner = app.test_cli_runner()
    with clock.frozen(NOW):
        dry = runner.invoke(args=["reminders", "dry-run"])
        assert dry.exit_code == 0 and "30 November 2026" in dry.output
        assert f"email\tweekly\t1\t{office.learner.name}" in dry.output and "email: 2" in dry.output
        total = session.query(User).filter(User.closed_at.is_(None)).count()
        assert f"nothing: {total - 2}" in dry.output
        sent = runner.invoke(args=["reminders", "test-mail", "uji@gurindam.example"])
        assert sent.exit_code == 0 and len(box.to("uji@gurindam.example")) == 1
        box.answers = {"uji@gurindam.example": "550 no"}
        assert runner.invoke(args=["reminders", "test-mail", "uji@gurindam.example"]).exit_code == 1
    with clock.frozen(MONDAY):
        assert runner.invoke(args=["reminders", "run"]).output == "1 jobs done\n"
    assert len(box.mails) == 3


def test_two_workers_and_a_lost_lease_send_nothing_twice(
    app: Flask,
    session: Session,
    office: Cast,
    server: MailServer,
    box: MailBox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_at(app, MONDAY - timedelta(minutes=2))
    beats: list[int] = []

    def beat(_job: int, _attempt: int) -> None:
        beats.append(1)
        if len(beats) == 2:
            raise jobs_thread.LeaseLost

    monkeypatch.setattr(jobs_thread, "_beat", beat)
    run_at(app, MONDAY)
    assert len(box.mails) == 1
    monkeypatch.undo()
    with clock.frozen(MONDAY + timedelta(minutes=10)):
        jobs_thread.run_due(app)
    db.session.expire_all()
    assert len(box.to(LEARNER)) == len(box.to(COLLEAGUE)) == 1


def test_a_message_that_cannot_be_written_stops_no_other(
    app: Flask,
    session: Session,
    office: Cast,
    server: MailServer,
    box: MailBox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = delivery.letter

    def some(app: Flask, words: Words, to: Addressee, *rest: Any, **more: Any) -> Letter:
        if to.user_id == office.learner.id:
            raise KeyError("broken")
        return whole(app, words, to, *rest, **more)

    monkeypatch.setattr(delivery, "letter", some)
    run_at(app, MONDAY)
    assert box.to(LEARNER) == [] and len(box.to(COLLEAGUE)) == 1
    assert states(session)[office.learner.id, "weekly"] == ("left", "", "broken")
