"""Figures of a quiz as a whole: totals, their shape, how far they can be relied on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.domain.analysis.rules.numbers import SAME, centred, mean, median, product

Marks = Sequence[tuple[float, Sequence[float]]]
"""Each question: the most it gives, and what everybody got."""


@dataclass(frozen=True)
class TotalFigures:
    """Figures of the totals, in points but for `consistency` and `error_ratio` (percent).

    `consistency` (CIC) is 100 times Cronbach's alpha; it, the error of measurement `error` and `kr20` are
    None unless everybody got the same questions. `kr20` is for questions right or wrong of one weight.
    """

    count: int
    mean: float
    median: float
    deviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    consistency: float | None = None
    error_ratio: float | None = None
    error: float | None = None
    kr20: float | None = None


def total_figures(totals: Sequence[float], items: Marks | None) -> TotalFigures | None:
    """Return the figures of totals and of the questions that make them up; None for nobody.

    `items` is None when people got different questions.
    """
    count = len(totals)
    if not count:
        return None
    off = centred(totals)
    second, third, fourth = (math.fsum(value**power for value in off) / count for power in (2, 3, 4))
    k2 = count * second / (count - 1) if count > 1 else 0.0
    k3 = count**2 * third / ((count - 1) * (count - 2)) if count > 2 else 0.0
    k4 = _fourth(second, fourth, count) if count > 3 else 0.0
    consistency = _consistency(items, k2) if items and k2 > 0 else None
    ratio = None if consistency is None else 100 * math.sqrt(max(0.0, 1 - consistency / 100))
    return TotalFigures(
        count=count,
        mean=mean(totals),
        median=median(totals),
        deviation=math.sqrt(k2) if count > 1 else None,
        skewness=k3 / k2**1.5 if count > 2 and k2 > 0 else None,
        kurtosis=k4 / k2**2 if count > 3 and k2 > 0 else None,
        consistency=consistency,
        error_ratio=ratio,
        error=None if ratio is None else ratio * math.sqrt(k2) / 100,
        kr20=_kr20(items, second) if items and second > 0 else None,
    )


def near(totals: Sequence[float], border: float, error: float) -> int:
    """Return how many totals lie within one error of measurement of the border: chance may decide them."""
    return sum(abs(total - border) <= error + SAME for total in totals)


def _fourth(second: float, fourth: float, count: int) -> float:
    """The fourth k-statistic."""
    top = count**2 * ((count + 1) * fourth - 3 * (count - 1) * second**2)
    return top / ((count - 1) * (count - 2) * (count - 3))


def _consistency(items: Marks, k2: float) -> float | None:
    if len(items) < 2:
        return None
    spreads = math.fsum(product(off, off) for off in (centred(marks) for _maximum, marks in items))
    return 100 * len(items) / (len(items) - 1) * (1 - spreads / k2)


def _kr20(items: Marks, second: float) -> float | None:
    """Kuder and Richardson's formula 20; None unless each question is right or wrong and weighs the same."""
    first = items[0][0]
    if len(items) < 2 or any(maximum != first for maximum, _marks in items):
        return None
    if any(mark not in (0.0, first) for _maximum, marks in items for mark in marks):
        return None
    shares = [mean(marks) / first for _maximum, marks in items]
    uncertain = math.fsum(share * (1 - share) for share in shares) * first**2
    return len(items) / (len(items) - 1) * (1 - uncertain / second)
