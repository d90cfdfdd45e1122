"""Needs analysis (AKPK): every gap of every person, with what is planned for it; sums by unit."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.competencies.models import Competency
from lms.domain.plans.models import PlanItem
from lms.domain.plans.rules import COUNTING
from lms.domain.reports.queries.gaps import GapsWanted, gap_statement


@dataclass(frozen=True)
class NeedSum:
    """Needs of some people: people with a gap, gaps, levels lacking, gaps with a plan, its JP, gaps done."""

    people: int = 0
    gaps: int = 0
    lacking: int = 0
    planned: int = 0
    jp: int = 0
    done: int = 0

    def __add__(self, other: NeedSum) -> NeedSum:
        """Add field by field (a person belongs to one unit)."""
        return NeedSum(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class NeedRow:
    """One gap of one person, and the newest activity planned for it in the year."""

    id: int
    name: str
    nip: str | None
    unit: str | None
    position: str | None
    code: str
    competency: str
    required: int
    level: int
    form: str | None
    title: str | None
    quarter: int | None
    jp: int | None
    state: str | None

    @property
    def gap(self) -> int:
        """Level minus required level (negative)."""
        return self.level - self.required


def _gaps(wanted: GapsWanted, year: int, actor: User) -> Subquery:
    """Pairs of person and competency below the standard, with the newest counting activity of the year."""
    statement, need, have = gap_statement(wanted, actor)
    newest = (
        select(PlanItem.user_id, PlanItem.competency_id, func.max(PlanItem.id).label("item_id"))
        .where(PlanItem.year == year, PlanItem.state.in_(COUNTING), PlanItem.competency_id.is_not(None))
        .group_by(PlanItem.user_id, PlanItem.competency_id)
        .subquery("newest")
    )
    joined = (
        statement.add_columns(
            User.unit_id,
            need.c.competency_id,
            need.c.level.label("required"),
            have.c.level.label("level"),
            newest.c.item_id,
        )
        .outerjoin(newest, (newest.c.user_id == User.id) & (newest.c.competency_id == need.c.competency_id))
        .where(have.c.level < need.c.level)
    )
    return joined.subquery("gaps")


def need_sums(session: Session, wanted: GapsWanted, year: int, *, actor: User) -> dict[int | None, NeedSum]:
    """Return the sums by the unit that the people belong to: one statement."""
    found = _gaps(wanted, year, actor)
    rows = session.execute(
        select(
            found.c.unit_id,
            func.count(found.c.id.distinct()),
            func.count(),
            func.sum(found.c.required - found.c.level),
            func.count(found.c.item_id),
            func.coalesce(func.sum(PlanItem.jp), 0),
            func.sum(case((PlanItem.state == "done", 1), else_=0)),
        )
        .select_from(found)
        .outerjoin(PlanItem, PlanItem.id == found.c.item_id)
        .group_by(found.c.unit_id)
    )
    return {row[0]: NeedSum(*(int(value) for value in row[1:])) for row in rows}


def find_needs(
    session: Session, wanted: GapsWanted, year: int, *, actor: User, limit: int, offset: int = 0
) -> list[NeedRow]:
    """Return a page of gaps by unit, name and competency: one statement."""
    found = _gaps(wanted, year, actor)
    rows = session.execute(
        select(
            User.id, User.name, User.nip, OrgUnit.name.label("unit"), Position.name.label("position"),
            Competency.code, Competency.name.label("competency"), found.c.required, found.c.level,
            PlanItem.form, PlanItem.title, PlanItem.quarter, PlanItem.jp, PlanItem.state,
        )
        .select_from(found)
        .join(User, User.id == found.c.id)
        .join(Competency, Competency.id == found.c.competency_id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .outerjoin(PlanItem, PlanItem.id == found.c.item_id)
        .order_by(func.lower(OrgUnit.name).nulls_last(), func.lower(User.name), User.id, Competency.position)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [NeedRow(**row._mapping) for row in rows]
