"""The standard: which level each position requires of each competency, on a day, and how it came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import User
from lms.domain.competencies.models import Competency, Requirement

Levels = Mapping[int, Mapping[int, int]]
"""{position: {competency: level}}; 0: no longer required; absent: never set."""


@dataclass(frozen=True)
class Step:
    """One entry of the history of a position's standard."""

    code: str
    name: str
    level: int
    valid_from: date
    recorded_at: datetime | None
    by: str | None


def standard(session: Session, on: date, positions: Collection[int] | None = None) -> Levels:
    """Return the levels in force on a day, of these positions or of all (one statement)."""
    chosen = true() if positions is None else Requirement.position_id.in_(positions)
    rows = session.execute(
        select(Requirement.position_id, Requirement.competency_id, Requirement.level)
        .where(chosen, Requirement.valid_from <= on)
        .order_by(Requirement.valid_from, Requirement.id)
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for position_id, competency_id, level in rows:
        found[position_id][competency_id] = level
    return found


def standards_on(session: Session, days: Sequence[date]) -> list[Levels]:
    """Return the levels required on each of these days, as `in_force` has them: one statement."""
    rows = session.execute(
        select(Requirement.position_id, Requirement.competency_id, Requirement.level, Requirement.valid_from)
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(Requirement.valid_from <= max(days), Competency.retired_on.is_(None))
        .order_by(Requirement.valid_from, Requirement.id)
    ).all()
    found: list[Levels] = []
    for day in days:
        levels: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for row in rows:
            if row.valid_from <= day:
                levels[row.position_id][row.competency_id] = row.level
        found.append(
            {key: {one: level for one, level in own.items() if level} for key, own in levels.items()}
        )
    return found


def steps_of(session: Session, position_id: int) -> list[Step]:
    """Return all that was ever entered for a position, the newest first (one statement)."""
    rows = session.execute(
        select(Requirement, Competency.code, Competency.name, User.name)
        .join(Competency, Competency.id == Requirement.competency_id)
        .outerjoin(User, User.id == Requirement.recorded_by)
        .where(Requirement.position_id == position_id)
        .order_by(Requirement.id.desc())
    )
    return [Step(code, name, row.level, row.valid_from, row.recorded_at, by) for row, code, name, by in rows]


def in_force(on: date) -> Subquery:
    """Return (position_id, competency_id, level) required on a day; level 0 and retired ones are out."""
    later = aliased(Requirement)
    newer = (
        select(literal(1))
        .where(
            later.position_id == Requirement.position_id,
            later.competency_id == Requirement.competency_id,
            later.valid_from <= on,
            or_(
                later.valid_from > Requirement.valid_from,
                (later.valid_from == Requirement.valid_from) & (later.id > Requirement.id),
            ),
        )
        .exists()
    )
    return (
        select(Requirement.position_id, Requirement.competency_id, Requirement.level)
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(Requirement.valid_from <= on, Requirement.level > 0, Competency.retired_on.is_(None), ~newer)
        .subquery("in_force")
    )
