"""Read the activity log, newest first, in pages that begin below an id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from lms.domain.audit.models import AuditEntry


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed to; None and "" do not narrow. `until` is the first instant left out."""

    actor_ids: tuple[int, ...] | None = None
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None
    subject: tuple[str, str] | None = None


@dataclass(frozen=True)
class LogPage:
    """Entries and whether older ones follow."""

    entries: Sequence[AuditEntry]
    has_older: bool


def log_page(session: Session, wanted: LogFilter, *, before: int | None = None, limit: int = 50) -> LogPage:
    """Return the newest entries that match, with ids below `before` where given: one statement."""
    statement = select(AuditEntry).where(*_conditions(wanted))
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    rows = session.scalars(statement.order_by(AuditEntry.id.desc()).limit(limit + 1)).all()
    return LogPage(rows[:limit], len(rows) > limit)


def seen_since(session: Session, verb: str, actor_id: int, subject: tuple[str, object], at: datetime) -> bool:
    """Tell whether the log has this act of this person on this subject at or after an instant."""
    kind, key = subject
    return bool(
        session.scalar(
            select(
                exists().where(
                    AuditEntry.subject_kind == kind,
                    AuditEntry.subject_id == str(key),
                    AuditEntry.verb == verb,
                    AuditEntry.actor_id == actor_id,
                    AuditEntry.at >= at,
                )
            )
        )
    )


def reasons_of(session: Session, verb: str, kind: str, ids: Collection[int]) -> dict[int, str]:
    """Return the newest reason that the log has for an act on each of these subjects: one statement."""
    rows = session.execute(
        select(AuditEntry.subject_id, AuditEntry.detail)
        .where(
            AuditEntry.verb == verb,
            AuditEntry.subject_kind == kind,
            AuditEntry.subject_id.in_([str(key) for key in ids]),
        )
        .order_by(AuditEntry.id)
    )
    return {int(row.subject_id): str(row.detail.get("reason", "")) for row in rows}


def _conditions(wanted: LogFilter) -> Collection[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor_ids is not None:
        found.append(AuditEntry.actor_id.in_(wanted.actor_ids))
    if wanted.verb:
        found.append(AuditEntry.verb == wanted.verb)
    if wanted.since is not None:
        found.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEntry.at < wanted.until)
    if wanted.subject is not None:
        kind, key = wanted.subject
        found += [AuditEntry.subject_kind == kind, AuditEntry.subject_id == key]
    return found
