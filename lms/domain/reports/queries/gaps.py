"""Gaps of many people, summed in the database; and the people behind one figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, Subquery, case, cast, func, or_, select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.domain.accounts.models import OrgUnit, Placement, Position, User
from lms.domain.accounts.queries import in_units, staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.assignments.rules import Rule
from lms.domain.competencies.models import Competency, CompetencyEdition, Evidence, Rating, Requirement
from lms.domain.competencies.queries.ratings import found_by, learnt_by
from lms.domain.competencies.queries.standards import in_force
from lms.domain.reports.matching import Cells, Tally

SOURCES = ("assessed", "learnt")
_cells: Cache[tuple[Hashable, ...], Cells] = Cache(128)


@dataclass(frozen=True)
class GapsWanted:
    """Whose gaps: `unit_path` a subtree, `unit_id` one unit alone, `kind` of competencies ("": all).

    `source` is one of SOURCES.
    """

    on: date
    unit_path: str = ""
    unit_id: int | None = None
    kind: str = ""
    source: str = "assessed"


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
        staff_for(actor)
        .with_only_columns(User.id)
        .join(need, need.c.position_id == User.position_id)
        .outerjoin(have, (have.c.user_id == User.id) & (have.c.competency_id == need.c.competency_id))
    )
    if wanted.unit_path:
        statement = statement.where(in_units((wanted.unit_path,)))
    if wanted.unit_id is not None:
        statement = statement.where(User.unit_id == wanted.unit_id)
    if wanted.kind:
        kind = select(Competency.id).where(Competency.kind == wanted.kind)
        statement = statement.where(need.c.competency_id.in_(kind))
    return statement, need, have


def gap_cells(session: Session, wanted: GapsWanted, *, actor: User) -> Cells:
    """Return the sums of the people the actor looks after, by unit and competency.

    They are kept until anything changes that they follow from: one cheap statement tells (`_stamp`), and
    a second one sums anew.
    """
    return gap_trend(session, wanted, (wanted.on,), actor=actor)[0]


def gap_trend(session: Session, wanted: GapsWanted, days: Sequence[date], *, actor: User) -> list[Cells]:
    """Return the sums of several days, each as `gap_cells` gives them."""
    known = (session.get_bind().engine, subtree_paths(actor), _stamp(session, wanted.source))
    return [
        _cells.get((*known, one), lambda one=one: _sum(session, one, actor))  # type: ignore[misc]
        for one in (replace(wanted, on=day) for day in days)
    ]


def _stamp(session: Session, source: str) -> tuple[Any, ...]:
    """Return what differs as soon as people, units, standards or levels differ: one statement.

    Ratings, requirements and editions are only ever added; a move or correction of a person has its
    placement, beside the sums over those who are there.
    """
    there, person = User.closed_at.is_(None), cast(User.id, BigInteger)
    levels = (
        [
            func.count(Evidence.id),
            func.max(Evidence.id),
            func.sum(cast(Evidence.id, BigInteger) * Evidence.level),
        ]
        if source == "learnt"
        else [func.count(Rating.id), func.max(Rating.id)]
    )
    followed = [
        *levels, func.count(Requirement.id), func.max(Requirement.id), func.max(CompetencyEdition.id),
        func.max(Placement.id), func.sum(cast(OrgUnit.id, BigInteger) * func.coalesce(OrgUnit.parent_id, 0)),
        func.sum(person * User.unit_id).filter(there), func.sum(person * User.position_id).filter(there),
        func.count(User.id).filter(there),
    ]  # fmt: skip
    return tuple(session.execute(select(*(select(one).scalar_subquery() for one in followed))).one())


def _sum(session: Session, wanted: GapsWanted, actor: User) -> Cells:
    statement, need, have = gap_statement(wanted, actor)
    short = case((have.c.level < need.c.level, need.c.level - have.c.level), else_=0)
    rows = session.execute(
        statement.with_only_columns(
            User.unit_id,
            need.c.competency_id,
            func.count(),
            func.count(have.c.level),
            func.sum(case((have.c.level >= need.c.level, 1), else_=0)),
            func.sum(short),
            func.sum(case((have.c.level.is_not(None), need.c.level), else_=0)),
            maintain_column_froms=True,
        ).group_by(User.unit_id, need.c.competency_id)
    )
    found: defaultdict[int | None, dict[int, Tally]] = defaultdict(dict)
    for unit_id, competency_id, required, assessed, met, lacking, level in rows:
        found[unit_id][competency_id] = Tally(
            required, assessed, int(met), int(lacking), int(level) - int(lacking), int(level)
        )
    return found


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
