"""Whom the next run reminds and why, what was sent, and texts for WhatsApp; each office its own people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units, staff_for, user_for
from lms.domain.audit.actions import record
from lms.domain.reminders.actions import try_address_again
from lms.domain.reminders.queries import (
    Forecast,
    LogWanted,
    Planned,
    addressees,
    count_messages,
    done_runs,
    find_messages,
    forecast,
    lines_of,
    phones_of,
    runs,
    schedule_of,
    text_of,
)
from lms.domain.reminders.rules import time_of
from lms.domain.reports.spreadsheet import Cell, Column
from lms.mail.letters import whatsapp_text
from lms.mail.server import mail_server
from lms.mail.words import Said, said
from lms.web.access import me, person
from lms.web.context import policy
from lms.web.hr.scope import unit_of, unit_options
from lms.web.listing import page_of
from lms.web.recording import record_view
from lms.web.reminder_words import CHANNELS, KINDS, OUTCOMES, STATES, reason_text
from lms.web.tables_sent import send_table

reminders = Blueprint("reminders", __name__, url_prefix="/reminders")
RUNS = ("weekly", "daily")
TEXT_MAX = 100


def _people(args: Mapping[str, str]) -> Select[int]:
    unit = unit_of(args.get("unit"))
    found = staff_for(me())
    return (found.where(in_units((unit.path,))) if unit else found).with_only_columns(User.id)


def _next(args: Mapping[str, str]) -> tuple[str, datetime | None, Forecast]:
    """Return the run asked for, when it comes (None: no open hour in sight), and what it would do."""
    session, now, rule = db.session(), clock.now(), policy()
    run = "daily" if args.get("run") == "daily" else "weekly"
    schedule, done = schedule_of(session, rule, now), done_runs(session, now)
    at = schedule.next_daily(now, done) if run == "daily" else schedule.next_weekly(now, done)
    server = mail_server(current_app.config) is not None
    found = forecast(session, run, _people(args), rule, at=at, server=server) if at else Forecast()
    return run, at, found


@reminders.get("")
def index() -> str:
    """Show the next run: whom it writes to and who is left out, with reasons. Nothing is sent."""
    run, at, found = _next(request.args)
    wanted = request.args.get("outcome", "")
    rows = [row for row in found.rows if row.outcome == wanted] if wanted else found.rows
    page = page_of(request.args, len(rows))
    now = clock.now()
    return render_template(
        "hr/reminders/index.html", run=run, at=at, found=found, page=page, outcomes=OUTCOMES, kinds=KINDS,
        rows=[(row, _said(row))
              for row in rows[page.offset : page.offset + page.size]],
        wanted=wanted, on=policy().reminders_on, units=unit_options(), newest=runs(db.session(), 1),
        server=mail_server(current_app.config), cap=policy().reminder_week_cap,
        postponed=at is not None and at > now and _is_postponed(at),
    )  # fmt: skip


def _said(row: Planned) -> list[Said]:
    return [said(line, whole=False) for line in row.lines]


def _is_postponed(at: datetime) -> bool:
    return at.astimezone(clock.WIB).time() != time_of(policy().reminder_time)


@reminders.post("/file")
def file() -> Response:
    """Send the next run as a CSV: everybody it touches, with the outcome and the reasons."""
    run, _at, found = _next(request.form)
    columns = [
        Column(str(word))
        for word in (_("Name"), _("Unit"), _("Kind"), _("What happens"), _("How many"), _("Reasons"))
    ]
    rows: list[list[Cell]] = [
        [
            row.to.name, row.to.unit, str(KINDS[row.kind]), str(OUTCOMES[row.outcome].word), len(row.lines),
            "; ".join(f"{one.title} ({one.reason})" for one in _said(row)),
        ]
        for row in found.rows
    ]  # fmt: skip
    record(db.session(), "reminders.exported", now=clock.now(), actor=me().id, count=len(rows))
    db.session.commit()
    return send_table("csv", f"pengingat-{run}", _("Reminders"), columns, rows)


@reminders.get("/log")
def log() -> str:
    """Show what was sent to whom, when, by which channel, with what result."""
    session, actor, args = db.session(), me(), request.args
    unit = unit_of(args.get("unit"))
    wanted = LogWanted(
        text=args.get("q", "")[:TEXT_MAX].strip(), unit_path=unit.path if unit else "",
        kind=_one_of("kind", KINDS), state=_one_of("state", STATES), channel=_one_of("channel", CHANNELS),
        since=_midnight(args.get("first")), until=_midnight(args.get("last"), after=1),
    )  # fmt: skip
    page = page_of(args, count_messages(session, wanted, actor))
    rows = find_messages(session, wanted, actor, limit=page.size, offset=page.offset)
    return render_template(
        "hr/reminders/log.html", rows=rows, page=page, kinds=KINDS, states=STATES, channels=CHANNELS,
        units=unit_options(), reason_text=reason_text, days=policy().reminder_keep_days,
    )  # fmt: skip


def _one_of(name: str, offered: Mapping[str, object]) -> str:
    text = request.args.get(name, "")
    return text if text in offered else ""


def _midnight(text: str | None, after: int = 0) -> datetime | None:
    try:
        day = date.fromisoformat(text or "")
        return datetime.combine(day + timedelta(days=after), time(), clock.WIB)
    except (ValueError, OverflowError):
        return None


@reminders.post("/addresses/<int:user_id>/again")
def address_again(user_id: int) -> Response:
    """Write again to an address that a mail server refused, after it was looked at."""
    session, actor = db.session(), me()
    user = user_for(session, actor, user_id) or abort(404)
    if try_address_again(session, user, by=actor, now=clock.now()):
        flash(_("The next message goes to this address again."), "ok")
    else:
        flash(_("Nothing was changed."), "info")
    session.commit()
    return redirect(url_for("hr.reminders.log"), 303)


@reminders.get("/contacts")
def contacts() -> str:
    """Show who of a unit has something to do, with a text to copy and, where agreed, a WhatsApp link."""
    session, rule, now = db.session(), policy(), clock.now()
    unit = unit_of(request.args.get("unit"))
    if unit is None:
        return render_template(
            "hr/reminders/contacts.html", unit=None, units=unit_options(), rows=[], page=None
        )
    people = _people(request.args)
    waiting = lines_of(session, people, rule, now)
    known = [to for to in addressees(session, people).values() if to.user_id in waiting]
    page = page_of(request.args, len(known))
    shown = known[page.offset : page.offset + page.size]
    phones = phones_of(session, [to.user_id for to in shown])
    words = {locale: text_of(session, "whatsapp", locale) for locale in ("id", "en")}
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    rows = []
    for to in shown:
        text = whatsapp_text(app, words[to.locale], to, waiting[to.user_id], rule)
        number = phones.get(to.user_id)
        link = f"https://wa.me/{number}?text={quote(text, safe='')}" if number else ""
        rows.append((to, len(waiting[to.user_id]), text, link))
    if phones:
        _log_phones(unit.id, len(phones))
    return render_template(
        "hr/reminders/contacts.html", unit=unit, units=unit_options(), rows=rows, page=page
    )  # fmt: skip


def _log_phones(unit_id: int, count: int) -> None:
    actor = person().id

    def write(session: Session) -> None:
        record(
            session, "reminders.phones_viewed", now=clock.now(), actor=actor, subject=("unit", unit_id),
            count=count,
        )  # fmt: skip

    record_view(write)
