"""Whom an assignment touches and how far a person is with it; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far a person is with an assignment."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"
    LATE = "late"  # not done and the day is over
    EXEMPT = "exempt"  # out of the denominator, listed


@dataclass(frozen=True)
class Rule:
    """Whom it touches: people who are in one of the units (with all below), hold one of the positions, have
    one of the statuses and lack a competency; what is empty does not narrow. `people` are named one by one,
    beside the rest.

    `gap` is the key of a competency whose level is below what the position requires; with `gap_unknown`
    those without any level count, too.
    """

    units: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    employment: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    gap: int | None = None
    gap_unknown: bool = False

    @property
    def by_trait(self) -> bool:
        """Whether it narrows by anything but names."""
        return bool(self.units or self.positions or self.employment or self.gap)

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept in the row."""
        return {
            "units": list(self.units), "positions": list(self.positions),
            "employment": list(self.employment), "people": list(self.people),
            "gap": self.gap, "gap_unknown": self.gap_unknown,
        }  # fmt: skip


def rule_of(plain: dict[str, Any]) -> Rule:
    """Return the rule that a row keeps."""
    return Rule(
        tuple(plain.get("units", ())), tuple(plain.get("positions", ())),
        tuple(plain.get("employment", ())), tuple(plain.get("people", ())),
        plain.get("gap"), bool(plain.get("gap_unknown")),
    )  # fmt: skip


def newcomer_due(due_on: date, days: int, today: date) -> date:
    """Return the day for somebody added later: that of the order, or `days` from today if later."""
    return max(due_on, today + timedelta(days=days))


def due_since(days: int, today: date) -> date:
    """Return the day of somebody who is assigned today and has so many days; today is not counted."""
    return today + timedelta(days=days)


@dataclass(frozen=True)
class Counts:
    """People of an assignment by state."""

    not_begun: int = 0
    begun: int = 0
    done: int = 0
    late: int = 0
    exempt: int = 0

    @property
    def asked(self) -> int:
        """The denominator: everybody but the exempt."""
        return self.not_begun + self.begun + self.done + self.late

    @property
    def share(self) -> float:
        """Percent of those asked who are done; 0 when nobody is asked."""
        return 100 * self.done / self.asked if self.asked else 0.0
