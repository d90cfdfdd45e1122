"""The activity log: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request
from sqlalchemy import select

from lms.clock import WIB
from lms.db import db
from lms.domain.accounts.models import OrgUnit
from lms.domain.accounts.queries import ids_matching, names_of
from lms.domain.audit.models import AuditEntry
from lms.domain.audit.queries import LogFilter, LogPage, log_page
from lms.web.admin.log_words import detail_text, verb_choices, verb_text

audit = Blueprint("audit", __name__, url_prefix="/log")

TEXT_MAX = 100


@dataclass(frozen=True)
class Line:
    """One act as the page prints it."""

    entry: AuditEntry
    actor: str
    what: str
    detail: str
    subject: str


@audit.get("")
def index() -> str:
    """Show the newest acts, narrowed by actor, act, day or the person concerned."""
    args = request.args
    text = args.get("q", "")[:TEXT_MAX].strip()
    user_id = args.get("user", "")
    wanted = LogFilter(
        actor_ids=tuple(ids_matching(db.session(), text)) if text else None,
        verb=args.get("verb", ""),
        since=_midnight(args.get("from", "")),
        until=_midnight(args.get("to", ""), days=1),
        subject=("user", user_id) if user_id.isascii() and user_id.isdigit() else None,
    )
    before = args.get("before", "")
    page = log_page(
        db.session(), wanted, before=int(before) if before.isascii() and before.isdigit() else None
    )
    return render_template(
        "admin/audit/index.html", lines=lines_of(page), page=page, filtered=wanted != LogFilter(),
        verbs=verb_choices(), oldest=page.entries[-1].id if page.entries else None, before=before,
    )  # fmt: skip


def _midnight(text: str, days: int = 0) -> datetime | None:
    """Return the beginning in WIB of a day given as 2026-11-24, or of a day later."""
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day + timedelta(days=days), time(), WIB)
    except (ValueError, OverflowError):
        return None


def lines_of(page: LogPage) -> list[Line]:
    """Return the entries in words; names of people and units are read in two statements."""
    entries = page.entries
    people = {entry.actor_id for entry in entries if entry.actor_id is not None}
    people |= {int(entry.subject_id) for entry in entries if _is_id(entry, "user")}
    names = names_of(db.session(), people)
    unit_ids = {int(entry.subject_id) for entry in entries if _is_id(entry, "unit")}
    unit_ids |= {value for entry in entries if isinstance(value := entry.detail.get("unit"), int)}
    rows = db.session.execute(select(OrgUnit.id, OrgUnit.name).where(OrgUnit.id.in_(unit_ids)))
    units = {row.id: row.name for row in rows}
    return [_line(entry, names, units) for entry in entries]


def _is_id(entry: AuditEntry, kind: str) -> bool:
    return entry.subject_kind == kind and entry.subject_id.isdigit()


def _line(entry: AuditEntry, names: dict[int, str], units: dict[int, str]) -> Line:
    subject = ""
    if _is_id(entry, "user") and int(entry.subject_id) != entry.actor_id:
        subject = names.get(int(entry.subject_id), "")
    elif _is_id(entry, "unit"):
        subject = units.get(int(entry.subject_id), "")
    elif entry.subject_kind not in {"user", ""}:
        subject = entry.subject_id
    return Line(
        entry=entry,
        actor=names.get(entry.actor_id or 0, ""),
        what=verb_text(entry.verb),
        detail=detail_text(entry.detail, units),
        subject=subject,
    )
