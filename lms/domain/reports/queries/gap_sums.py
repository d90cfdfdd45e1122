"""Gaps of many people as sums by unit and competency, kept until anything they follow from changes.

The database counts people by place (unit and position) and by the level found; what places require is
laid against these counts in `matching.tally_cells`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Select, cast, func, select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.domain.accounts.models import OrgUnit, Placement, User
from lms.domain.accounts.queries import in_units, staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.competencies.models import Competency, CompetencyEdition, Evidence, Rating, Requirement
from lms.domain.competencies.queries.ratings import found_on, learnt_on
from lms.domain.competencies.queries.standards import standards_on
from lms.domain.reports.matching import Cells, Tally, tally_cells, whole_line

SOURCES = ("assessed", "learnt")
Kept = TypeVar("Kept")
_kept: Cache[tuple[Hashable, ...], Any] = Cache(256)


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


def people_of(wanted: GapsWanted, actor: User) -> Select[User]:
    """Return the people asked for, of those the actor looks after, as a statement."""
    statement = staff_for(actor)
    if wanted.unit_path:
        statement = statement.where(in_units((wanted.unit_path,)))
    if wanted.unit_id is not None:
        statement = statement.where(User.unit_id == wanted.unit_id)
    return statement


def gap_cells(session: Session, wanted: GapsWanted, *, actor: User) -> Cells:
    """Return the sums of the people the actor looks after, by unit and competency."""
    return _sums(session, wanted, (wanted.on,), actor, by_unit=True)[0]


def gap_trend(session: Session, wanted: GapsWanted, days: Sequence[date], *, actor: User) -> list[Tally]:
    """Return the sum of all of them on each of these days."""
    found = _sums(session, wanted, days, actor, by_unit=False)
    return [whole_line(cells).total for cells in found]


def kept_sums(session: Session, wanted: GapsWanted, actor: User, what: str, make: Callable[[], Kept]) -> Kept:
    """Return other sums of gaps that follow from the same things, made anew when one of them changed."""
    stamp = _stamps(session, wanted.source, (wanted.on,))[0]
    found: Kept = _kept.get((session.get_bind().engine, subtree_paths(actor), what, wanted, stamp), make)
    return found


def _sums(
    session: Session, wanted: GapsWanted, days: Sequence[date], actor: User, *, by_unit: bool
) -> list[Cells]:
    """Return the sums of each day: kept ones after two cheap statements, missing ones after three more."""
    stamps = _stamps(session, wanted.source, days)
    base = (session.get_bind().engine, subtree_paths(actor), by_unit)
    keys = [(*base, replace(wanted, on=day), stamp) for day, stamp in zip(days, stamps, strict=True)]
    found: dict[date, Cells | None] = {day: _kept.peek(key) for day, key in zip(days, keys, strict=True)}
    missing = [day for day in days if found[day] is None]
    if missing:
        made = dict(zip(missing, _reckon(session, wanted, missing, actor, by_unit), strict=True))
        found |= {day: _kept.keep(key, made[day]) for day, key in zip(days, keys, strict=True) if day in made}
    return [cells for cells in found.values() if cells is not None]


def _stamps(session: Session, source: str, days: Sequence[date]) -> list[tuple[Any, ...]]:
    """Return for each day what differs as soon as people, units, standards or levels of that day differ.

    Ratings, requirements and editions are only ever added, so that of ratings up to a day the count says
    it all; a move or correction of a person has its placement, beside the sums over those who are there.
    """
    person = cast(User.id, BigInteger)
    people = (
        select(
            func.count().label("heads"), func.sum(person * User.unit_id).label("units"),
            func.sum(person * User.position_id).label("positions"),
        )
        .where(User.closed_at.is_(None))
        .subquery("people")
    )  # fmt: skip
    evidence = cast(Evidence.id, BigInteger) * Evidence.level
    learnt = func.count(Evidence.id), func.max(Evidence.id), func.sum(evidence)
    followed = [
        func.count(Requirement.id), func.max(Requirement.id), func.max(CompetencyEdition.id),
        func.max(Placement.id), func.sum(cast(OrgUnit.id, BigInteger) * func.coalesce(OrgUnit.parent_id, 0)),
        *(learnt if source == "learnt" else ()),
    ]  # fmt: skip
    parts = (select(one).scalar_subquery() for one in followed)
    common = tuple(session.execute(select(people, *parts)).one())
    if source == "learnt":
        return [common for _day in days]
    by_day = session.execute(select(Rating.assessed_on, func.count()).group_by(Rating.assessed_on)).all()
    return [(*common, sum(count for on, count in by_day if on <= day)) for day in days]


def _reckon(
    session: Session, wanted: GapsWanted, days: Sequence[date], actor: User, by_unit: bool
) -> list[Cells]:
    """Count people and levels by place, for all days at once, and lay the standards against them."""
    people = people_of(wanted, actor).where(User.position_id.is_not(None))
    place: tuple[Any, ...] = (User.position_id, User.unit_id) if by_unit else (User.position_id,)
    heads = people.with_only_columns(*place, func.count()).group_by(*place)
    have = learnt_on(days) if wanted.source == "learnt" else found_on(days)
    levels = [have.c[f"level_{turn}"] for turn in range(len(days))]
    each = have.c.competency_id, *levels, *place
    rows = session.execute(
        people.join(have, have.c.user_id == User.id).with_only_columns(*each, func.count()).group_by(*each)
    ).all()
    counted = {(row[1] if by_unit else None, row[0]): row[-1] for row in session.execute(heads)}
    kind = _of_kind(session, wanted.kind) if wanted.kind else None
    found = []
    for turn, standard in enumerate(standards_on(session, days)):
        known: Counter[tuple[int | None, int, int, int]] = Counter()
        for row in rows:
            level = row[1 + turn]
            if level is not None:
                unit = row[2 + len(days)] if by_unit else None
                known[unit, row[1 + len(days)], row[0], level] += row[-1]
        found.append(tally_cells(counted, known, standard, kind))
    return found


def _of_kind(session: Session, kind: str) -> frozenset[int]:
    return frozenset(session.scalars(select(Competency.id).where(Competency.kind == kind)))
