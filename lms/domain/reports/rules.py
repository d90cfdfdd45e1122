"""What HR reports count: scope in words, states, totals of a tree of units; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from lms.domain.accounts.models import OrgUnit
from lms.domain.accounts.queries import UnitRow


class Activation(StrEnum):
    """Whether a person has set a password."""

    ACTIVE = "active"
    CODE = "code"  # a code that still works is in somebody's hand
    NONE = "none"


class NoCertificate(StrEnum):
    """Why a completion has no certificate."""

    HOURS_WAITING = "hours_waiting"  # BKPSDM has approved no hours of the course
    HOURS_DIFFER = "hours_differ"  # it approved other hours than the version claims
    NOT_GIVEN = "not_given"  # the version gives none
    UNDER_WAY = "under_way"  # approved; the job that issues it has not come to it yet


def why_none(gives_certificate: bool, jp: int, approved: int | None) -> NoCertificate:
    """Return why a completion has no certificate: the version's claim against what BKPSDM approved."""
    if not gives_certificate:
        return NoCertificate.NOT_GIVEN
    if not jp or approved == jp:
        return NoCertificate.UNDER_WAY
    return NoCertificate.HOURS_WAITING if approved is None else NoCertificate.HOURS_DIFFER


@dataclass(frozen=True)
class Root:
    """The top of a subtree that an actor looks after; `below` counts the open units under it."""

    unit: OrgUnit
    below: int


@dataclass(frozen=True)
class Scope:
    """Whose staff an actor looks after: everybody's, or that of some units and all below them."""

    everywhere: bool
    roots: tuple[Root, ...]

    @property
    def code(self) -> str:
        """The code of the only root, for names of files; "" where there is none or several."""
        return self.roots[0].unit.code if len(self.roots) == 1 and not self.everywhere else ""


def scope_of(rows: Sequence[UnitRow], *, everywhere: bool) -> Scope:
    """Return the scope that a list of visible units (in reading order) amounts to."""
    shown = {row.unit.id for row in rows}
    tops = [row.unit for row in rows if row.unit.parent_id not in shown]
    sizes = {top.id: sum(row.unit.path.startswith(top.path) for row in rows) for top in tops}
    return Scope(everywhere, tuple(Root(top, sizes[top.id] - 1) for top in tops))


@dataclass(frozen=True)
class Totals:
    """Lesson hours of some people in one year; those without a target are counted in `people` only."""

    people: int = 0
    targeted: int = 0  # people with a yearly target
    met: int = 0  # of these, who reached it
    jp: int = 0  # credited
    waiting: int = 0  # JP of completions whose hours are not approved
    lacking_jp: int = 0  # sum of what is missing to the targets
    unused: int = 0  # people without a password
    late: int = 0  # people in a course whose deadline is over

    def __add__(self, other: Totals) -> Totals:
        """Add field by field."""
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def lacking(self) -> int:
        """How many people have not reached their target."""
        return self.targeted - self.met

    @property
    def average(self) -> float:
        """JP a head; 0 without people."""
        return self.jp / self.people if self.people else 0.0

    @property
    def share(self) -> float:
        """Percent of those with a target that reached it; 0 without any."""
        return 100 * self.met / self.targeted if self.targeted else 0.0


@dataclass(frozen=True)
class UnitTotals:
    """A line of a recap: a unit with all below it, or (`direct`) only its own people, or nobody's unit."""

    unit: OrgUnit | None
    totals: Totals
    direct: bool = False


@dataclass(frozen=True)
class Span:
    """The units of one line: a unit with all below it, or (`direct`) only itself, or those left over."""

    unit: OrgUnit | None
    ids: tuple[int | None, ...]
    direct: bool = False


def unit_spans(rows: Sequence[UnitRow], peopled: Collection[int | None], top: OrgUnit | None) -> list[Span]:
    """Return the lines under `top`: its own people, then each unit right below with its whole subtree.

    Without `top` the lines are the roots of the visible units; a single root stands for `top`. People
    without a unit, or in a closed one, come last without a unit. `peopled` are the units that have people;
    each of them is in exactly one line.
    """
    shown = {row.unit.id for row in rows}
    roots = [row.unit for row in rows if row.unit.parent_id not in shown]
    start = top or (roots[0] if len(roots) == 1 else None)
    lines: list[Span] = []
    if start is not None:
        children = [row.unit for row in rows if row.unit.parent_id == start.id]
        if start.id in peopled or not children:
            lines.append(Span(start, (start.id,), direct=bool(children)))
    else:
        children = roots
    for child in children:
        inside = tuple(row.unit.id for row in rows if row.unit.path.startswith(child.path))
        lines.append(Span(child, inside))
    rest = tuple(key for key in peopled if key not in shown)
    return [*lines, Span(None, rest)] if rest else lines


def by_unit(
    rows: Sequence[UnitRow], sums: Mapping[int | None, Totals], top: OrgUnit | None
) -> list[UnitTotals]:
    """Return the sums of the lines under `top` (see unit_spans); they add up to the sum of `sums`."""
    return [
        UnitTotals(
            span.unit, sum((sums[key] for key in span.ids if key in sums), Totals()), direct=span.direct
        )
        for span in unit_spans(rows, sums.keys(), top)
    ]


def whole(lines: Iterable[UnitTotals]) -> Totals:
    """Return the sum of the lines."""
    return sum((line.totals for line in lines), Totals())


def file_stem(kind_word: str, unit_code: str, day: date) -> str:
    """Return the name of a file without its ending: "Sertifikat_KEC-01_2026-11-24"."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", unit_code)
    return f"{kind_word}_{plain.strip('-.') or 'semua-unit'}_{day.isoformat()}"
