"""What assessments found: of one person, and of everybody as a relation for sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import User
from lms.domain.competencies.models import Competency, Evidence, Rating
from lms.domain.competencies.rules.plans import Found


@dataclass(frozen=True)
class Rated:
    """One assessed level as it was entered."""

    code: str
    name: str
    level: int
    assessed_on: date
    method: str
    assessor: str
    valid_until: date | None
    recorded_at: datetime
    by: str | None


def ratings_of(session: Session, user_id: int) -> list[Rated]:
    """Return all assessed levels of a person, the newest first (one statement)."""
    rows = session.execute(
        select(Rating, Competency.code, Competency.name, User.name)
        .join(Competency, Competency.id == Rating.competency_id)
        .outerjoin(User, User.id == Rating.recorded_by)
        .where(Rating.user_id == user_id)
        .order_by(Rating.assessed_on.desc(), Competency.position, Rating.id.desc())
    )
    return [
        Rated(
            code, name, row.level, row.assessed_on, row.method, row.assessor, row.valid_until,
            row.recorded_at, by,
        )
        for row, code, name, by in rows
    ]  # fmt: skip


def found_by(on: date) -> Subquery:
    """Return (user_id, competency_id, level) of the newest assessment that holds on a day."""
    later = aliased(Rating)
    holds = or_(Rating.valid_until.is_(None), Rating.valid_until >= on)
    newer = (
        select(literal(1))
        .where(
            later.user_id == Rating.user_id,
            later.competency_id == Rating.competency_id,
            later.assessed_on <= on,
            or_(later.valid_until.is_(None), later.valid_until >= on),
            or_(
                later.assessed_on > Rating.assessed_on,
                (later.assessed_on == Rating.assessed_on) & (later.id > Rating.id),
            ),
        )
        .exists()
    )
    return (
        select(Rating.user_id, Rating.competency_id, Rating.level)
        .where(Rating.assessed_on <= on, holds, ~newer)
        .subquery("found_by")
    )


def found_on(days: Sequence[date]) -> Subquery:
    """Return (user_id, competency_id, level_0, level_1 ...): the levels as `found_by` has them on each day.

    One pass over the assessments for all days; NULL where none holds.
    """
    if len(days) == 1:
        one = found_by(days[0])
        return select(one.c.user_id, one.c.competency_id, one.c.level.label("level_0")).subquery("found_on")
    pair = Rating.user_id, Rating.competency_id
    order = Rating.assessed_on, Rating.id
    ranked = (
        select(
            *pair, Rating.assessed_on, Rating.valid_until,
            (func.row_number().over(partition_by=pair, order_by=order) * 8 + Rating.level).label("mark"),
        )
        .where(Rating.assessed_on <= max(days), _until(Rating.valid_until, min(days)))
        .subquery("ranked")
    )  # fmt: skip
    holds = [(ranked.c.assessed_on <= day) & _until(ranked.c.valid_until, day) for day in days]
    levels = [
        (func.max(case((one, ranked.c.mark))) % 8).label(f"level_{turn}")  # a level is below 8
        for turn, one in enumerate(holds)
    ]
    pairs = ranked.c.user_id, ranked.c.competency_id
    return select(*pairs, *levels).group_by(*pairs).subquery("found_on")


def learnt_on(days: Sequence[date]) -> Subquery:
    """Return the same of evidence from learning, the highest level that holds on each day."""
    pair = Evidence.user_id, Evidence.competency_id
    levels = [
        func.max(
            case(((Evidence.shown_on <= day) & _until(Evidence.valid_until, day), Evidence.level))
        ).label(f"level_{turn}")
        for turn, day in enumerate(days)
    ]
    return select(*pair, *levels).group_by(*pair).subquery("learnt_on")


def _until(column: Any, day: date) -> ColumnElement[bool]:
    return or_(column.is_(None), column >= day)


def latest(session: Session, people: Sequence[int]) -> dict[tuple[int, int, date, str], Found]:
    """Return {(person, competency, day, method): what was entered last} of these people, 500 at a time."""
    kept: dict[tuple[int, int, date, str], Found] = {}
    for start in range(0, len(people), 500):
        rows = session.execute(
            select(
                Rating.user_id, Rating.competency_id, Rating.level, Rating.assessed_on, Rating.method,
                Rating.assessor, Rating.valid_until,
            )
            .where(Rating.user_id.in_(people[start : start + 500]))
            .order_by(Rating.id)
        )  # fmt: skip
        for row in rows:
            item = Found(*row)
            kept[item.key] = item
    return kept


def learnt_by(on: date) -> Subquery:
    """Return (user_id, competency_id, level) of the highest evidence from learning that holds on a day."""
    return (
        select(Evidence.user_id, Evidence.competency_id, func.max(Evidence.level).label("level"))
        .where(Evidence.shown_on <= on, or_(Evidence.valid_until.is_(None), Evidence.valid_until >= on))
        .group_by(Evidence.user_id, Evidence.competency_id)
        .subquery("learnt_by")
    )
