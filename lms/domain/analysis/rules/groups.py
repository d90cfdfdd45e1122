"""Who belongs to the strongest and weakest of a test, and to which quarter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.domain.analysis.rules.numbers import SAME

SHARE = 0.27
QUARTERS = 4


@dataclass(frozen=True)
class Groups:
    """Places of people: the strongest and the weakest of 27 %, and the quarter (0 to 3) of everybody.

    Whoever ties with the last one of a group is in it, and people of one total are in one quarter, so that
    no result hangs on the order of the rows.
    """

    top: tuple[int, ...]
    bottom: tuple[int, ...]
    quarter: tuple[int, ...]


def groups_of(totals: Sequence[float]) -> Groups:
    """Return the groups of people by their totals."""
    order = sorted(range(len(totals)), key=totals.__getitem__)
    size = max(1, math.floor(SHARE * len(totals) + 0.5))
    low, high = totals[order[size - 1]] + SAME, totals[order[-size]] - SAME
    return Groups(
        top=tuple(place for place in order if totals[place] >= high),
        bottom=tuple(place for place in order if totals[place] <= low),
        quarter=_quarters(totals, order),
    )


def _quarters(totals: Sequence[float], order: Sequence[int]) -> tuple[int, ...]:
    """People of one total share the quarter of their middle rank."""
    found, start, count = [0] * len(order), 0, len(order)
    while start < count:
        end = start
        while end < count and totals[order[end]] - totals[order[start]] < SAME:
            end += 1
        quarter = min(QUARTERS - 1, QUARTERS * (start + end) // (2 * count))
        for place in order[start:end]:
            found[place] = quarter
        start = end
    return tuple(found)


def top_bottom(marks: Sequence[float], maximum: float, top: Sequence[int], bottom: Sequence[int]) -> float:
    """Return how much better the strongest did than the weakest, as a share of the points (-1 to 1)."""
    high = math.fsum(marks[place] for place in top) / len(top)
    low = math.fsum(marks[place] for place in bottom) / len(bottom)
    return (high - low) / maximum


def quarter_means(marks: Sequence[float], maximum: float, quarter: Sequence[int]) -> tuple[float | None, ...]:
    """Return the mean mark of each quarter in percent, the weakest quarter first; None for an empty one."""
    sums, counts = [0.0] * QUARTERS, [0] * QUARTERS
    for mark, place in zip(marks, quarter, strict=True):
        sums[place] += mark
        counts[place] += 1
    return tuple(
        100 * total / count / maximum if count else None for total, count in zip(sums, counts, strict=True)
    )
