"""Gaps person by person: the relation behind lists, and the people behind one figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, func, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.assignments.rules import Rule
from lms.domain.competencies.models import Competency
from lms.domain.competencies.queries.ratings import found_by, learnt_by
from lms.domain.competencies.queries.standards import in_force
from lms.domain.reports.queries.gap_sums import GapsWanted, people_of


@dataclass(frozen=True)
class GapRow:
    """One person at one competency."""

    id: int
    name: str
    nip: str | None
    unit: str | None
    position: str | None
    required: int
    level: int | None

    @property
    def gap(self) -> int | None:
        """Level minus required level, at most 0; None where nothing is known."""
        return None if self.level is None else min(0, self.level - self.required)


def _levels(wanted: GapsWanted) -> Subquery:
    return learnt_by(wanted.on) if wanted.source == "learnt" else found_by(wanted.on)


def gap_statement(wanted: GapsWanted, actor: User) -> tuple[Select[Any], Subquery, Subquery]:
    """Return a select of ids: people of the actor x what their position requires, with the level found.

    Beside it the two relations joined: what is required, what was found.
    """
    need, have = in_force(wanted.on), _levels(wanted)
    statement = (
        people_of(wanted, actor)
        .with_only_columns(User.id)
        .join(need, need.c.position_id == User.position_id)
        .outerjoin(have, (have.c.user_id == User.id) & (have.c.competency_id == need.c.competency_id))
    )
    if wanted.kind:
        kind = select(Competency.id).where(Competency.kind == wanted.kind)
        statement = statement.where(need.c.competency_id.in_(kind))
    return statement, need, have


def count_behind(session: Session, wanted: GapsWanted, competency_id: int, *, actor: User, state: str) -> int:
    """Return how many people stand behind a figure (see find_behind)."""
    return (
        session.scalar(
            select(func.count()).select_from(_behind(wanted, competency_id, actor, state).subquery())
        )
        or 0
    )


def find_behind(
    session: Session, wanted: GapsWanted, competency_id: int, *, actor: User, state: str, limit: int,
    offset: int = 0,
) -> list[GapRow]:  # fmt: skip
    """Return a page of the people of whom a competency is required, the largest gap first: one statement.

    `state`: "below" (the standard), "met", "unknown" (no level), "" for all.
    """
    statement = _behind(wanted, competency_id, actor, state)
    found = statement.subquery()
    order = (
        (found.c.level - found.c.required).asc().nulls_last(), func.lower(found.c.name), found.c.id,
    )  # fmt: skip
    rows = session.execute(select(found).order_by(*order).limit(limit).offset(offset))
    return [GapRow(**row._mapping) for row in rows]


def _behind(wanted: GapsWanted, competency_id: int, actor: User, state: str) -> Select[Any]:
    statement, need, have = gap_statement(wanted, actor)
    statement = statement.with_only_columns(
        User.id,
        User.name,
        User.nip,
        OrgUnit.name.label("unit"),
        Position.name.label("position"),
        need.c.level.label("required"),
        have.c.level.label("level"),
        maintain_column_froms=True,
    )
    statement = (
        statement.outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .where(need.c.competency_id == competency_id)
    )
    if state == "below":
        return statement.where(have.c.level < need.c.level)
    if state == "met":
        return statement.where(have.c.level >= need.c.level)
    if state == "lacking":
        return statement.where(or_(have.c.level.is_(None), have.c.level < need.c.level))
    return statement.where(have.c.level.is_(None)) if state == "unknown" else statement


def lacking(actor: User, rule: Rule, on: date) -> Select[int]:
    """Select who of the actor's staff lacks the competency that a rule of assignments names."""
    state = "lacking" if rule.gap_unknown else "below"
    behind = _behind(GapsWanted(on), rule.gap or 0, actor, state).subquery("lacking")
    return select(behind.c.id)
