"""The tree of units, and positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, false, func, or_, select, true
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.rules import subtree_paths


@dataclass(frozen=True)
class UnitRow:
    """A unit in its place in the tree; `people`: open accounts of the unit, `staff`: of its subtree."""

    unit: OrgUnit
    depth: int
    people: int
    staff: int
    children: int


@dataclass(frozen=True)
class Crumb:
    """A unit above another one."""

    id: int
    name: str


def subtree(*paths: str) -> ColumnElement[bool]:
    """Return the condition on OrgUnit "lies in one of these subtrees"; no paths: nothing does."""
    return or_(false(), *(OrgUnit.path.startswith(path, autoescape=True) for path in paths))


def unit_rows(session: Session, *, closed: bool = True, root: OrgUnit | None = None) -> list[UnitRow]:
    """Return the tree (or the subtree of `root`) in reading order with head counts: two statements."""
    condition = subtree(root.path) if root is not None else true()
    units = session.scalars(select(OrgUnit).where(condition).order_by(func.lower(OrgUnit.name))).all()
    counted = session.execute(
        select(User.unit_id, func.count())
        .where(User.closed_at.is_(None), User.unit_id.is_not(None))
        .group_by(User.unit_id)
    ).all()
    people = {row[0]: row[1] for row in counted}
    shown = [unit for unit in units if closed or unit.closed_on is None]
    return _in_order(shown, people, root.parent_id if root is not None else None)


def _in_order(units: Sequence[OrgUnit], people: dict[int | None, int], top: int | None) -> list[UnitRow]:
    below: defaultdict[int | None, list[OrgUnit]] = defaultdict(list)
    known = {unit.id for unit in units}
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else top].append(unit)
    staff = {unit.id: people.get(unit.id, 0) for unit in units}
    for unit in sorted(units, key=lambda unit: unit.path.count("/"), reverse=True):
        if unit.parent_id in staff:
            staff[unit.parent_id] += staff[unit.id]
    rows: list[UnitRow] = []
    waiting = [(unit, 0) for unit in reversed(below[top])]
    while waiting:
        unit, depth = waiting.pop()
        children = below[unit.id]
        rows.append(UnitRow(unit, depth, people.get(unit.id, 0), staff[unit.id], len(children)))
        waiting.extend((child, depth + 1) for child in reversed(children))
    return rows


def open_units(session: Session) -> list[UnitRow]:
    """Return the units that are not closed, in reading order."""
    return unit_rows(session, closed=False)


def units_for(session: Session, actor: User) -> list[UnitRow]:
    """Return the open units whose staff the actor looks after (the actor's grants must be loaded)."""
    paths = subtree_paths(actor)
    if paths is None:
        return open_units(session)
    rows = [row for row in open_units(session) if any(row.unit.path.startswith(path) for path in paths)]
    top = min((row.depth for row in rows), default=0)
    return [UnitRow(row.unit, row.depth - top, row.people, row.staff, row.children) for row in rows]


def ancestors(session: Session, unit: OrgUnit) -> list[Crumb]:
    """Return the units above a unit, the root first."""
    ids = [int(part) for part in unit.path.split("/") if part and int(part) != unit.id]
    rows = session.execute(select(OrgUnit.id, OrgUnit.name).where(OrgUnit.id.in_(ids))).all()
    names = {row.id: row.name for row in rows}
    return [Crumb(key, names[key]) for key in ids if key in names]


def unit_by_code(session: Session, code: str) -> OrgUnit | None:
    """Return the unit of a code."""
    return session.scalar(select(OrgUnit).where(func.lower(OrgUnit.code) == code.strip().lower()))


def positions(session: Session, *, closed: bool = False) -> Sequence[Position]:
    """Return the positions by name, without the closed ones unless asked."""
    condition = true() if closed else Position.closed_on.is_(None)
    return session.scalars(
        select(Position).where(condition).order_by(func.lower(Position.name), Position.id)
    ).all()


def place_names(
    session: Session, unit_ids: Collection[int], position_ids: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of units and of positions by id: two statements."""
    units = select(OrgUnit.id, OrgUnit.name).where(OrgUnit.id.in_(unit_ids))
    held = select(Position.id, Position.name).where(Position.id.in_(position_ids))
    return (
        {row.id: row.name for row in session.execute(units)},
        {row.id: row.name for row in session.execute(held)},
    )


def position_rows(session: Session) -> Sequence[Row[Position, int]]:
    """Return every position with the number of open accounts that hold it, by name."""
    holders = (
        select(User.position_id, func.count().label("n"))
        .where(User.closed_at.is_(None))
        .group_by(User.position_id)
        .subquery()
    )
    return session.execute(
        select(Position, func.coalesce(holders.c.n, 0))
        .outerjoin(holders, holders.c.position_id == Position.id)
        .order_by(func.lower(Position.name), Position.id)
    ).all()
