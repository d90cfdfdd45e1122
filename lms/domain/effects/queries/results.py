"""Indicators of units: what holds now, and how it was entered before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, func, select
from sqlalchemy.orm import Session, aliased, contains_eager

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import subtree
from lms.domain.accounts.rules import subtree_paths
from lms.domain.effects.models import UnitResult


def _seen_by(actor: User) -> Select[UnitResult]:
    found = select(UnitResult).join(UnitResult.unit).options(contains_eager(UnitResult.unit))
    paths = subtree_paths(actor)
    return found if paths is None else found.where(subtree(*paths) if paths else false())


def _newest() -> ColumnElement[bool]:
    later = aliased(UnitResult)
    return ~exists().where(later.replaces_id == UnitResult.id)


def current_results(session: Session, actor: User, course_id: int) -> Sequence[UnitResult]:
    """Return the indicators for a course, of units the actor looks after, as corrected last."""
    return session.scalars(
        _seen_by(actor)
        .where(UnitResult.course_id == course_id, UnitResult.withdrawn.is_(False), _newest())
        .order_by(func.lower(OrgUnit.name), UnitResult.id)
    ).all()


def result_for(session: Session, actor: User, result_id: int) -> UnitResult | None:
    """Return a row of a unit that the actor looks after; else None."""
    return session.scalar(_seen_by(actor).where(UnitResult.id == result_id))


def result_history(session: Session, row: UnitResult) -> list[tuple[UnitResult, str]]:
    """Return a row and all it replaced, the newest first, with who entered each."""
    found: list[tuple[UnitResult, str]] = []
    steps = {
        one.id: (one, name)
        for one, name in session.execute(
            select(UnitResult, User.name).join(User, User.id == UnitResult.entered_by)
            .where(UnitResult.course_id == row.course_id, UnitResult.unit_id == row.unit_id)
        )
    }  # fmt: skip
    at: int | None = row.id
    while at is not None:
        one, name = steps[at]
        found.append((one, name))
        at = one.replaces_id
    return found
