"""Who chose what: a table of the answers to one question."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lms.domain.analysis.rules.groups import groups_of
from lms.domain.analysis.rules.numbers import centred, mean, product


@dataclass(frozen=True)
class Offer:
    """An answer as it may be given: an option, or a text that somebody typed. `worth` is 0 to 1."""

    key: str
    text: str
    worth: float

    @property
    def right(self) -> bool:
        """Whether it earns all points."""
        return self.worth > 0.99999

    @property
    def wrong(self) -> bool:
        """Whether it earns nothing."""
        return self.worth < 0.00001


@dataclass(frozen=True)
class Choice:
    """An answer and those who gave it. Shares are 0 to 1 of everybody, of the strongest, of the weakest.

    `mean` is their mean total in percent. `correlation` (-1 to 1) with the rest of the quiz is above 0 when
    the stronger ones choose it.
    """

    offer: Offer
    count: int
    share: float
    top: float
    bottom: float
    mean: float | None
    correlation: float | None


def choices_of(
    offers: Sequence[Offer], given: Sequence[Collection[str]], totals: Sequence[float],
    rests: Sequence[float], max_total: float,
) -> list[Choice]:  # fmt: skip
    """Return the table of a question: each offer with those people (keys in `given`) who chose it."""
    groups, rest_off = groups_of(totals), centred(rests)
    rest_variance = product(rest_off, rest_off)
    found = []
    for offer in offers:
        took = [1.0 if offer.key in keys else 0.0 for keys in given]
        theirs = [total for total, one in zip(totals, took, strict=True) if one]
        off = centred(took)
        both = product(off, off) * rest_variance
        found.append(
            Choice(
                offer,
                len(theirs),
                len(theirs) / len(given),
                mean([took[place] for place in groups.top]),
                mean([took[place] for place in groups.bottom]),
                100 * mean(theirs) / max_total if theirs and max_total > 0 else None,
                product(off, rest_off) / math.sqrt(both) if both > 0 else None,
            )
        )
    return found
