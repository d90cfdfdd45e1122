"""Means, variances, covariances and intervals of lists of numbers; variances divide by n - 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

SAME = 1e-9
"""Numbers that lie closer than this are one number: marks are kept to six decimals."""
Z95 = 1.959963984540054
"""Quantile of the normal distribution for a two-sided 95 % interval."""


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean. Raises ZeroDivisionError for no values."""
    return math.fsum(values) / len(values)


def median(values: Sequence[float]) -> float:
    """Return the middle value, of an even number the mean of both in the middle. Raises IndexError."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def centred(values: Sequence[float]) -> list[float]:
    """Return the values less their mean; of values that do not differ exact zeros."""
    if max(values) - min(values) < SAME:
        return [0.0] * len(values)
    middle = mean(values)
    return [value - middle for value in values]


def product(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the covariance of two centred lists; 0 for a single pair."""
    return sum(map(mul, first, second)) / (len(first) - 1) if len(first) > 1 else 0.0


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (0 to 1) seen among `count` people.

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212. For marks in parts, whose variance is never
    larger, it is wide enough.
    """
    square = Z95 * Z95 / count
    middle = (share + square / 2) / (1 + square)
    half = Z95 / (1 + square) * math.sqrt(share * (1 - share) / count + square / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation_interval(value: float, count: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a correlation (-1 to 1) by Fisher's z; None below four people."""
    if count < 4:
        return None
    if abs(value) >= 1 - SAME:
        return value, value
    middle, half = math.atanh(value), Z95 / math.sqrt(count - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def mean_interval(middle: float, deviation: float, count: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a mean by the normal distribution; None below ten values."""
    if count < 10:
        return None
    half = Z95 * deviation / math.sqrt(count)
    return middle - half, middle + half
