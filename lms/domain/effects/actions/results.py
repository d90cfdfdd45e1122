"""Enter an indicator of a unit, correct it, take it out: each is a row of its own."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.actions.refusals import unique
from lms.domain.audit.actions import record
from lms.domain.effects.models import UnitResult
from lms.domain.effects.rules import ResultDraft, result_problem


def enter_result(
    session: Session, course_id: int, unit_id: int, draft: ResultDraft, *, by: int, now: datetime,
    replaces_id: int | None = None, withdrawn: bool = False,
) -> UnitResult:  # fmt: skip
    """Append an indicator of a unit for a course. Raises Refused for wrong days or half an entry."""
    problem = result_problem(draft, local_date(now))
    if problem is not None:
        raise Refused(problem[1], problem[0])
    if replaces_id is None and (same := _same(session, course_id, unit_id, draft)) is not None:
        return same
    row = UnitResult(
        course_id=course_id, unit_id=unit_id, **asdict(draft), entered_at=now, entered_by=by,
        replaces_id=replaces_id, withdrawn=withdrawn,
    )  # fmt: skip
    with unique(session, Refused("result.changed")):
        session.add(row)
    record(session, "result.entered", now=now, actor=by, subject=("course", course_id), unit=unit_id)
    session.flush()
    return row


def _same(session: Session, course_id: int, unit_id: int, draft: ResultDraft) -> UnitResult | None:
    """A form that was sent twice: the row it made the first time."""
    newest = session.scalar(
        select(UnitResult).where(UnitResult.course_id == course_id, UnitResult.unit_id == unit_id)
        .order_by(UnitResult.id.desc()).limit(1)
    )  # fmt: skip
    return newest if newest is not None and not newest.withdrawn and draft_of(newest) == draft else None


def correct_result(
    session: Session, row: UnitResult, draft: ResultDraft, *, by: int, now: datetime
) -> UnitResult:
    """Append a correction of an indicator; the row before stays. Raises Refused when it was corrected."""
    return enter_result(session, row.course_id, row.unit_id, draft, by=by, now=now, replaces_id=row.id)


def withdraw_result(session: Session, row: UnitResult, reason: str, *, by: int, now: datetime) -> UnitResult:
    """Take an indicator out of the report, with a reason; all its rows stay readable. Raises Refused."""
    if not 1 <= len(reason) <= 500:
        raise Refused("result.reason", "note")
    kept = replace(draft_of(row), note=reason)
    return enter_result(
        session, row.course_id, row.unit_id, kept, by=by, now=now, replaces_id=row.id, withdrawn=True
    )


def draft_of(row: UnitResult) -> ResultDraft:
    """Return what a row says, to begin a correction from."""
    return ResultDraft(
        row.name, row.measure, row.lower_is_better, row.before_value, row.before_on, row.source,
        row.after_value, row.after_on, row.note,
    )  # fmt: skip
