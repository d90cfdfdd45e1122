"""Mark that a newer rule of law replaces or amends an older one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.audit.actions import record
from lms.domain.regulations.actions.work import settle_all
from lms.domain.regulations.models import Regulation, RegulationChange
from lms.domain.regulations.rules import EFFECTS


def mark(
    session: Session, row: Regulation, newer: Regulation, effect: str, since: date, *, by: int, now: datetime
) -> RegulationChange:
    """Note that `newer` replaces or amends a rule since a day; the list of work follows.

    The same pair again changes effect and day of the one that is there. Raises Refused:
    "regulation.same" for a rule by itself or in a circle, "regulation.effect".
    """
    if effect not in EFFECTS:
        raise Refused("regulation.effect", "effect")
    if row.id == newer.id or row.id in _followers(session, newer.id):
        raise Refused("regulation.same", "by")
    change = session.scalars(
        select(RegulationChange).where(
            RegulationChange.regulation_id == row.id, RegulationChange.by_id == newer.id
        )
    ).one_or_none()
    if change is None:
        change = RegulationChange(
            regulation_id=row.id, by_id=newer.id, effect=effect, since=since, noted_at=now, noted_by=by
        )
        session.add(change)
    elif (change.effect, change.since, change.withdrawn_at) == (effect, since, None):
        return change
    else:
        change.effect, change.since, change.withdrawn_at = effect, since, None
        change.noted_at, change.noted_by = now, by
    session.flush()
    record(
        session, "regulation.changed", now=now, actor=by, subject=("regulation", row.id), name=row.short,
        effect=effect, newer=newer.short, since=since.isoformat(),
    )  # fmt: skip
    settle_all(session, now=now)
    return change


def withdraw(session: Session, change: RegulationChange, *, by: int, now: datetime) -> bool:
    """Take a change back that was marked by mistake; its open work is closed. False when it was already."""
    if change.withdrawn_at is not None:
        return False
    change.withdrawn_at = now
    record(session, "regulation.unchanged", now=now, actor=by, subject=("regulation", change.regulation_id))
    session.flush()
    settle_all(session, now=now)
    return True


def _followers(session: Session, first: int) -> set[int]:
    """Ids of the rules that changed a rule, and those that changed these."""
    pairs = session.execute(
        select(RegulationChange.regulation_id, RegulationChange.by_id).where(
            RegulationChange.withdrawn_at.is_(None)
        )
    ).all()
    found: set[int] = set()
    new = {first}
    while new:
        new = {newer for older, newer in pairs if older in new} - found
        found |= new
    return found
