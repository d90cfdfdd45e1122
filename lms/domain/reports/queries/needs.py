"""Needs analysis (AKPK): every gap of every person, with what is planned for it; sums by unit."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.competencies.models import Competency
from lms.domain.plans.models import PlanItem
from lms.domain.plans.rules import COUNTING
from lms.domain.reports.queries.gap_sums import GapsWanted, kept_sums
from lms.domain.reports.queries.gaps import gap_statement


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


def _newest(year: int) -> Subquery:
    """The newest counting activity of the year for a person and competency."""
    return (
        select(PlanItem.user_id, PlanItem.competency_id, func.max(PlanItem.id).label("item_id"))
        .where(PlanItem.year == year, PlanItem.state.in_(COUNTING), PlanItem.competency_id.is_not(None))
        .group_by(PlanItem.user_id, PlanItem.competency_id)
        .subquery("newest")
    )


def _gaps(wanted: GapsWanted, actor: User) -> Select[Any]:
    """Pairs of person and competency below the standard."""
    statement, need, have = gap_statement(wanted, actor)
    columns = need.c.competency_id, need.c.level.label("required"), have.c.level.label("level")
    return statement.add_columns(User.unit_id, *columns).where(have.c.level < need.c.level)


def need_sums(session: Session, wanted: GapsWanted, year: int, *, actor: User) -> dict[int | None, NeedSum]:
    """Return the sums by the unit that the people belong to.

    Gaps are kept until something they follow from changes; what is planned for them is read anew.
    """
    planned = _planned_sums(session, wanted, year, actor)
    return {
        unit: replace(sums, **planned.get(unit, {}))
        for unit, sums in _gap_sums(session, wanted, actor).items()
    }


def _gap_sums(session: Session, wanted: GapsWanted, actor: User) -> dict[int | None, NeedSum]:
    def make() -> dict[int | None, NeedSum]:
        found = _gaps(wanted, actor).subquery("gaps")
        rows = session.execute(
            select(
                found.c.unit_id, func.count(found.c.id.distinct()), func.count(),
                func.sum(found.c.required - found.c.level),
            ).group_by(found.c.unit_id)
        )  # fmt: skip
        return {row[0]: NeedSum(row[1], row[2], int(row[3])) for row in rows}

    return kept_sums(session, wanted, actor, "needs", make)


def _planned_sums(
    session: Session, wanted: GapsWanted, year: int, actor: User
) -> dict[int | None, dict[str, int]]:
    """Gaps with an activity, its JP and how many are done, by unit; only people with a plan are looked at."""
    newest = _newest(year)
    planners = select(PlanItem.user_id).where(PlanItem.year == year, PlanItem.competency_id.is_not(None))
    found = _gaps(wanted, actor).where(User.id.in_(planners)).subquery("gaps")
    rows = session.execute(
        select(
            found.c.unit_id, func.count(), func.sum(PlanItem.jp),
            func.sum(case((PlanItem.state == "done", 1), else_=0)),
        )
        .select_from(found)
        .join(newest, (newest.c.user_id == found.c.id) & (newest.c.competency_id == found.c.competency_id))
        .join(PlanItem, PlanItem.id == newest.c.item_id)
        .group_by(found.c.unit_id)
    )  # fmt: skip
    return {row[0]: {"planned": int(row[1]), "jp": int(row[2]), "done": int(row[3])} for row in rows}


def _units_of_page(
    session: Session, sums: dict[int | None, NeedSum], limit: int, offset: int
) -> tuple[list[int | None], int]:
    """Return the units whose gaps a page shows, and the offset among these: one statement.

    Units of the same name stand together; people without a unit come last.
    """
    name = func.lower(OrgUnit.name)
    named = session.execute(
        select(name, OrgUnit.id).where(OrgUnit.id.in_([key for key in sums if key])).order_by(name)
    ).all()
    lines = [[row[1] for row in rows] for _name, rows in groupby(named, key=lambda row: row[0])]
    shown: list[int | None] = []
    before = upto = 0
    for units in [*lines, [None]]:
        count = sum(sums[unit].gaps for unit in units if unit in sums)
        if upto < offset + limit and upto + count > offset:
            shown += units
        elif upto + count <= offset:
            before += count
        upto += count
    return shown, offset - before


def find_needs(
    session: Session, wanted: GapsWanted, year: int, *, actor: User, limit: int, offset: int = 0
) -> list[NeedRow]:
    """Return a page of gaps by unit, name and competency: gaps are looked for in the units it shows."""
    units, offset = _units_of_page(session, _gap_sums(session, wanted, actor), limit, offset)
    inside = or_(
        User.unit_id.in_([unit for unit in units if unit is not None]),
        and_(User.unit_id.is_(None), literal(None in units)),
    )
    found, newest = _gaps(wanted, actor).where(inside).subquery("gaps"), _newest(year)
    its = (newest.c.user_id == found.c.id) & (newest.c.competency_id == found.c.competency_id)
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
        .outerjoin(newest, its)
        .outerjoin(PlanItem, PlanItem.id == newest.c.item_id)
        .order_by(func.lower(OrgUnit.name).nulls_last(), func.lower(User.name), User.id, Competency.position)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [NeedRow(**row._mapping) for row in rows]
