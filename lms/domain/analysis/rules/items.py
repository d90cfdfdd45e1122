"""Figures of the questions of a quiz and of the quiz as a whole (classical test theory).

The formulas are those of Moodle's quiz statistics (its calculator and its documentation of 2012): marks
x, total T, rest mark y = T - x, for a question drawn from a group y = T. Everything that is divided by a
spread of nothing is None, never an error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.domain.analysis.rules.groups import groups_of, quarter_means, top_bottom
from lms.domain.analysis.rules.numbers import SAME, centred, correlation_interval, mean, product, wilson
from lms.domain.analysis.rules.totals import TotalFigures, total_figures


@dataclass(frozen=True)
class Item:
    """The marks of one question, one a person; None: this person was not asked.

    `drawn`: not everybody is asked. `random` is what guessing earns in percent, None where not defined.
    """

    maximum: float
    marks: Sequence[float | None]
    drawn: bool = False
    random: float | None = None


@dataclass(frozen=True)
class ItemFigures:
    """Figures of one question. Percentages but for `top_bottom` (-1 to 1); None: not defined.

    `facility_interval` and `discrimination_interval` hold the true value in 95 of 100 cases.
    `negative`: who has this question right has a lower total, so it has no effective weight.
    """

    count: int
    random: float | None
    facility: float | None = None
    facility_interval: tuple[float, float] | None = None
    spread: float | None = None
    intended: float | None = None
    effective: float | None = None
    negative: bool = False
    discrimination: float | None = None
    discrimination_interval: tuple[float, float] | None = None
    efficiency: float | None = None
    top_bottom: float | None = None
    top: int = 0
    bottom: int = 0
    quarters: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """The figures of each question in the order given, and of the whole quiz (None for nobody)."""

    items: tuple[ItemFigures, ...]
    whole: TotalFigures | None


def analyse(items: Sequence[Item]) -> Analysis:
    """Return all figures of a quiz; every item holds a mark or None for the same people in one order."""
    totals = [math.fsum(mark or 0.0 for mark in row) for row in zip(*(i.marks for i in items), strict=True)]
    same = not any(item.drawn for item in items)
    figures = [_figures(item, totals) for item in items]
    weights = [_weight(item, totals) for item in items] if same and len(totals) > 1 else []
    all_points = sum(item.maximum for item in items)
    sum_of_roots = math.fsum(math.sqrt(weight) for weight in weights if weight >= 0)
    return Analysis(
        tuple(
            _weighed(one, item, weights[place] if weights else None, sum_of_roots, all_points if same else 0)
            for place, (one, item) in enumerate(zip(figures, items, strict=True))
        ),
        total_figures(totals, [(i.maximum, [m or 0.0 for m in i.marks]) for i in items] if same else None),
    )


def _figures(item: Item, totals: Sequence[float]) -> ItemFigures:
    asked = [(mark, total) for mark, total in zip(item.marks, totals, strict=True) if mark is not None]
    if not asked:
        return ItemFigures(0, item.random)
    marks, theirs = [mark for mark, _ in asked], [total for _, total in asked]
    share, count = mean(marks) / item.maximum, len(marks)
    low, high = wilson(min(1.0, max(0.0, share)), count)
    groups = groups_of(theirs)
    off = centred(marks)
    variance = product(off, off)
    rest = theirs if item.drawn else [total - mark for mark, total in asked]
    discrimination, efficiency, interval = _differences(off, variance, marks, rest)
    return ItemFigures(
        count=count,
        random=item.random,
        facility=100 * share,
        facility_interval=(100 * low, 100 * high),
        spread=100 * math.sqrt(variance) / item.maximum if count > 1 else None,
        discrimination=discrimination,
        discrimination_interval=interval,
        efficiency=efficiency,
        top_bottom=top_bottom(marks, item.maximum, groups.top, groups.bottom),
        top=len(groups.top),
        bottom=len(groups.bottom),
        quarters=quarter_means(marks, item.maximum, groups.quarter),
    )


def _differences(
    off: Sequence[float], variance: float, marks: Sequence[float], rest: Sequence[float]
) -> tuple[float | None, float | None, tuple[float, float] | None]:
    """Discrimination, its efficiency, and the interval of the discrimination."""
    rest_off = centred(rest)
    rest_variance = product(rest_off, rest_off)
    if variance <= 0 or rest_variance <= 0:
        return None, None, None
    shared = product(off, rest_off)
    value = max(-1.0, min(1.0, shared / math.sqrt(variance * rest_variance)))
    most = product(centred(sorted(marks)), centred(sorted(rest)))
    interval = correlation_interval(value, len(marks))
    return (
        100 * value,
        100 * shared / most if most > SAME else None,
        (100 * interval[0], 100 * interval[1]) if interval else None,
    )


def _weight(item: Item, totals: Sequence[float]) -> float:
    """The covariance of a question with the total."""
    return product(centred([mark or 0.0 for mark in item.marks]), centred(totals))


def _weighed(
    figures: ItemFigures, item: Item, weight: float | None, sum_of_roots: float, all_points: float
) -> ItemFigures:
    """The figures with intended and effective weight, where everybody got the same questions."""
    if not all_points:
        return figures
    effective = None
    if weight is not None and weight >= 0 and sum_of_roots > 0:
        effective = 100 * math.sqrt(weight) / sum_of_roots
    return ItemFigures(
        **{
            **vars(figures),
            "intended": 100 * item.maximum / all_points,
            "effective": effective,
            "negative": weight is not None and weight < 0,
        }
    )
