"""The city's own rates for a training in a classroom and for e-learning, by the year they begin; pure.

No rate is built in: until the office has entered some, nothing is reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.domain.settings.rules import Policy

CLASSROOM = (
    "honor_per_jp", "room_per_day", "meals_per_person_day", "travel_per_person", "class_size", "jp_per_day",
)  # fmt: skip
ELEARNING = ("hosting_per_year", "writing_per_course", "writing_years")
RATE_FIELDS = CLASSROOM + ELEARNING
"""What a row of rates says, in the order of the form; money in whole rupiah."""


@dataclass(frozen=True)
class Rates:
    """Rates from 1 January (WIB) of a year on; `source` is what the office rests them on, `noted` the day."""

    since: int
    values: Mapping[str, int]
    source: str
    noted: date  # on which they were entered


def all_rates(policy: Policy) -> list[Rates]:
    """Return all rates, the oldest first."""
    rows = sorted(policy.classroom_rates, key=lambda one: int(one["since"]))
    return [
        Rates(
            one["since"],
            {name: one[name] for name in RATE_FIELDS},
            one["source"],
            date.fromisoformat(one["noted"]),
        )
        for one in rows
    ]


def rates_of(policy: Policy, year: int) -> Rates | None:
    """Return the rates that hold in a year: the newest that began in it or earlier; None before any."""
    found = [one for one in all_rates(policy) if one.since <= year]
    return found[-1] if found else None


def with_rates(
    policy: Policy, since: int, values: Mapping[str, int], source: str, noted: date
) -> list[dict[str, Any]]:
    """Return `classroom_rates` with rates from a year on, in place of those that begin in the same year."""
    kept = [one for one in policy.classroom_rates if one["since"] != since]
    added = {
        "since": since,
        **{name: values[name] for name in RATE_FIELDS},
        "source": source,
        "noted": noted.isoformat(),
    }
    return sorted([*kept, added], key=lambda one: int(one["since"]))
