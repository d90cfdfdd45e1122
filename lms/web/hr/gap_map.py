"""What the map of gaps shows of its figures: words, colours, and the way to the people behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.models import OrgUnit
from lms.domain.competencies.queries import Kept
from lms.domain.reports.matching import MapLine, shade
from lms.domain.reports.queries.gap_sums import SOURCES, GapsWanted
from lms.domain.reports.rules import Span
from lms.i18n.formats import number

MEASURE_WORDS: dict[str, LazyString] = {
    "share": _l("Percent that meet the standard"),
    "gap": _l("Mean gap in levels"),
    "match": _l("Job Person Match (JPM)"),
}
SOURCE_WORDS: dict[str, LazyString] = {"assessed": _l("Assessment"), "learnt": _l("Evidence of learning")}


@dataclass(frozen=True)
class Chosen:
    """What the address asks for."""

    wanted: GapsWanted
    unit: OrgUnit | None
    measure: str

    @property
    def args(self) -> dict[str, str | int]:
        """The same as query values, defaults left out."""
        found: dict[str, str | int] = {}
        if self.unit:
            found["unit"] = self.unit.id
        if self.wanted.unit_id is not None:
            found["only"] = 1
        if self.wanted.kind:
            found["kind"] = self.wanted.kind
        if self.wanted.source != SOURCES[0]:
            found["source"] = self.wanted.source
        return found


Drawn = tuple[str, str, list[tuple[str, int, str]]]
"""A row as the macro `heat` takes it: name, address, (text, step of colour, address) by column."""


def drawn(chosen: Chosen, line: MapLine, columns: Sequence[Kept], bounds: Sequence[float]) -> Drawn:
    """Return a row of the map.

    Behind the competencies stand the measure of all together and the percent that is assessed.
    """
    args = _args(chosen, line)
    cells: list[tuple[str, int, str]] = []
    for kept in columns:
        value = line.cells[kept.id].measure(chosen.measure) if kept.id in line.cells else None
        url = ""
        if args is not None and kept.id in line.cells:
            url = url_for("hr.gaps.people", competency_id=kept.id, **args)  # type: ignore[arg-type]
        cells.append((text_of(value, chosen.measure), shade(chosen.measure, value, bounds), url))
    value = line.total.measure(chosen.measure)
    cells.append((text_of(value, chosen.measure), shade(chosen.measure, value, bounds), ""))
    cells.append((text_of(line.total.coverage, "share"), 0, ""))
    if args is None or line.whole or line.direct:
        return name_of(line), "", cells
    return name_of(line), url_for("hr.gaps.index", measure=chosen.measure, **args), cells  # type: ignore[arg-type]


def _args(chosen: Chosen, line: MapLine) -> dict[str, str | int] | None:
    """What the address of the people of a line says; None: they have no open unit that it could name."""
    if line.whole:
        return chosen.args
    if line.unit is None:
        return None
    return {**chosen.args, "unit": line.unit.id, **({"only": 1} if line.direct else {})}


def name_of(line: MapLine) -> str:
    """Return what a row is called."""
    return str(_("All together")) if line.whole else span_name(line)


def span_name(span: MapLine | Span) -> str:
    """Return what the people of a line are called: a unit, a unit alone, or nobody's unit."""
    if span.unit is None:
        return str(_("Without an open unit"))
    return str(_("%(unit)s, its own staff only", unit=span.unit.name)) if span.direct else span.unit.name


def weakest(total: MapLine, columns: Sequence[Kept], measure: str) -> Kept | None:
    """Return the competency with the lowest figure of all together; None when nothing is known."""
    known = [kept for kept in columns if figure(total, kept, measure) is not None]
    return min(known, key=lambda kept: figure(total, kept, measure) or 0.0, default=None)


def figure(line: MapLine, kept: Kept, measure: str) -> float | None:
    """Return a figure for a sheet, None where nothing is required or known."""
    return rounded(line.cells[kept.id].measure(measure), measure) if kept.id in line.cells else None


def rounded(value: float | None, measure: str) -> float | None:
    """Return a figure as the map shows it: gaps with two decimals, percents with one."""
    return None if value is None else round(value, _digits(measure))


def text_of(value: float | None, measure: str) -> str:
    """Return a figure for a cell."""
    return "–" if value is None else number(value, _digits(measure))


def _digits(measure: str) -> int:
    return 2 if measure == "gap" else 1
