"""The map of gaps: what many people have against what their positions require, unit by competency; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from lms.domain.accounts.models import OrgUnit
from lms.domain.accounts.queries import UnitRow
from lms.domain.reports.rules import unit_spans

MEASURES = ("share", "gap", "match")


@dataclass(frozen=True)
class Tally:
    """What some people have of one competency (or of several) against what is required of them.

    `required`: people (or person-competency pairs) of whom it is required; `assessed`: of these, with a
    level that holds; `met`: of these, at or above the required level. `lacking`: levels that the assessed
    lack in all; `have` and `need`: sums of min(LKI, LKJ) and of LKJ over the assessed.
    """

    required: int = 0
    assessed: int = 0
    met: int = 0
    lacking: int = 0
    have: int = 0
    need: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add field by field."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def share(self) -> float | None:
        """Percent of the assessed that meet the standard; None when nobody is assessed."""
        return 100 * self.met / self.assessed if self.assessed else None

    @property
    def gap(self) -> float | None:
        """Mean gap of the assessed in levels, 0 or negative (LKI - LKJ, positive counts as 0); or None."""
        return -self.lacking / self.assessed if self.assessed else None

    @property
    def match(self) -> float | None:
        """Job person match in percent: sum of min(LKI, LKJ) / sum of LKJ x 100 over all of them; or None."""
        return 100 * self.have / self.need if self.need else None

    @property
    def coverage(self) -> float | None:
        """Percent of those required that are assessed; None when nobody is required."""
        return 100 * self.assessed / self.required if self.required else None

    def measure(self, name: str) -> float | None:
        """Return one of MEASURES. Raises AttributeError for another name."""
        value: float | None = getattr(self, name)
        return value


Cells = Mapping[int | None, Mapping[int, Tally]]
"""{unit: {competency: tally}} of the people who belong to the unit itself."""


Heads = Mapping[tuple[int | None, int], int]
"""{(unit, position): people}."""
Found = Mapping[tuple[int | None, int, int, int], int]
"""{(unit, position, competency, level): people of whom that level is known}."""


def tally_cells(
    heads: Heads, found: Found, standard: Mapping[int, Mapping[int, int]], wanted: Collection[int] | None
) -> Cells:
    """Return the sums by unit and competency: people and levels by place, against what places require.

    `standard`: {position: {competency: level}}; `wanted`: only these competencies (None: all).
    """
    sums: dict[tuple[int | None, int], list[int]] = {}
    for (unit, position), people in heads.items():
        for competency in standard.get(position, ()):
            if wanted is None or competency in wanted:
                sums.setdefault((unit, competency), [0] * 6)[0] += people
    for (unit, position, competency, level), people in found.items():
        need = standard.get(position, {}).get(competency)
        row = sums.get((unit, competency))
        if need is None or row is None:
            continue
        have = min(level, need)
        row[1] += people
        row[2] += people if level >= need else 0
        row[3] += people * (need - have)
        row[4] += people * have
        row[5] += people * need
    cells: dict[int | None, dict[int, Tally]] = {}
    for (unit, competency), row in sums.items():
        cells.setdefault(unit, {})[competency] = Tally(*row)
    return cells


@dataclass(frozen=True)
class MapLine:
    """A row of the map: a unit with all below it (`direct`: only its own people), or everybody (`whole`).

    Without either: people in no open unit.
    """

    unit: OrgUnit | None
    direct: bool
    cells: Mapping[int, Tally]
    whole: bool = False

    @property
    def total(self) -> Tally:
        """All competencies together: pairs of person and competency."""
        return sum(self.cells.values(), Tally())


def map_lines(rows: Sequence[UnitRow], cells: Cells, top: OrgUnit | None) -> list[MapLine]:
    """Return the rows under `top`; units where nothing is required of anybody are left out."""
    lines = [
        MapLine(span.unit, span.direct, _summed(cells, span.ids)) for span in unit_spans(rows, cells, top)
    ]
    return [line for line in lines if line.cells]


def whole_line(cells: Cells) -> MapLine:
    """Return the row of everybody."""
    return MapLine(None, False, _summed(cells, cells.keys()), whole=True)


def _summed(cells: Cells, units: Collection[int | None]) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for unit in units:
        for key, tally in cells.get(unit, {}).items():
            found[key] = found[key] + tally if key in found else tally
    return found


def steps(measure: str, meets: int, almost: int) -> tuple[float, float, float, float]:
    """Return the four bounds at which a figure gets a darker colour, from light to dark.

    Shares and job matches: percent missing to 100, the bands of the job match among them; gaps: levels.
    """
    if measure == "gap":
        return (0.05, 0.25, 0.5, 1.0)
    return (5, 15, 30, 45) if measure == "share" else (5, 100 - meets, 100 - almost, 120 - almost)


def shade(measure: str, value: float | None, bounds: Sequence[float]) -> int:
    """Return the step of colour of a figure: 0 (nothing to do, or unknown) to 4 (most to do)."""
    if value is None:
        return 0
    missing = -value if measure == "gap" else 100 - value
    return sum(missing >= bound for bound in bounds)


def quarter_ends(today: date, count: int) -> list[date]:
    """Return the last days of the `count` quarters before today, then today, the oldest first."""
    days = [today]
    for _ in range(count):
        first = date(days[0].year, 3 * ((days[0].month - 1) // 3) + 1, 1)
        days.insert(0, first - timedelta(days=1))
    return days
