"""What assessments found: of one person, and of everybody as a relation for sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, func, literal, or_, select
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
