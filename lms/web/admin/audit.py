"""The activity log: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template, request

from lms.clock import WIB
from lms.db import db
from lms.domain.accounts.queries import ids_matching, names_of
from lms.domain.audit.models import AuditEntry
from lms.domain.audit.queries import LogFilter, LogPage, log_page
from lms.domain.reports.log_subjects import Subject, subject_names
from lms.web.admin.settings_forms import GROUPS
from lms.web.log_words import detail_text, verb_choices, verb_text

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
        db.session(),
        wanted,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None,
    )
    return render_template(
        "admin/audit/index.html", lines=lines_of(page), page=page, filtered=wanted != LogFilter(),
        verbs=verb_choices(), oldest=page.entries[-1].id if page.entries else None, before=before,
    )  # fmt: skip


def _midnight(text: str, days: int = 0) -> datetime | None:
    """Return the beginning in WIB of a day given as 2026-11-24, or of a day later."""
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day + timedelta(days=days), time(), WIB).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def lines_of(page: LogPage) -> list[Line]:
    """Return the entries in words; the number of statements does not depend on their number."""
    actors = {entry.actor_id for entry in page.entries if entry.actor_id is not None}
    names = names_of(db.session(), actors)
    subjects = subject_names(db.session(), page.entries)
    return [_line(entry, names, subjects) for entry in page.entries]


def _line(entry: AuditEntry, names: dict[int, str], subjects: dict[Subject, str]) -> Line:
    own = (entry.subject_kind, entry.subject_id) == ("user", str(entry.actor_id))
    subject = "" if own else subjects.get((entry.subject_kind, entry.subject_id), "")
    if not subject and entry.subject_kind == "settings" and entry.subject_id in GROUPS:
        subject = str(GROUPS[entry.subject_id][0])
    return Line(
        entry=entry,
        actor=names.get(entry.actor_id or 0, ""),
        what=verb_text(entry.verb),
        detail=detail_text(entry.detail, subjects),
        subject=subject,
    )
