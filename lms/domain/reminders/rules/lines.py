"""What a reminder says, line by line: codes, names and days; words are made where it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """Why a line is in a reminder."""

    ASSIGNED_LATE = "assigned_late"
    ASSIGNED_DUE = "assigned_due"
    RECURRING_LATE = "recurring_late"  # training that comes round again, or its first time
    RECURRING_DUE = "recurring_due"
    DEADLINE_LATE = "deadline_late"  # of the course itself, from the day of joining
    DEADLINE_DUE = "deadline_due"
    HALFWAY = "halfway"
    PLAN = "plan"  # an agreed activity of the own plan whose quarter ends or is over
    ANSWERS = "answers"  # proposals of the own staff that wait for an answer
    STAFF_LATE = "staff_late"  # somebody of the own staff is late


ORDER = list(Why)
URGENT = frozenset({Why.ASSIGNED_DUE, Why.RECURRING_DUE, Why.DEADLINE_DUE})
SHOWN = 12
"""Lines of one message; the rest is counted."""


@dataclass(frozen=True)
class Line:
    """One thing to do. `title` of the course or activity; `day` until when, or since when it lies."""

    why: Why
    title: str
    slug: str = ""  # of the course
    day: date | None = None
    letter: str = ""  # number of the letter of assignment, or the basis of recurring training
    letter_on: date | None = None
    name: str = ""  # of the own staff
    count: int = 0  # days late, or proposals

    @property
    def key(self) -> str:
        """What makes it the same thing in two messages."""
        return f"{self.slug or self.title}:{self.day}"

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept in a row; empty values are left out."""
        found: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if value:
                found[name] = value.isoformat() if isinstance(value, date) else value
        return found


def line_of(plain: dict[str, Any]) -> Line:
    """Return the line that a row keeps."""
    values: dict[str, Any] = {**plain, "why": Why(plain["why"])}
    for name in {"day", "letter_on"} & plain.keys():
        values[name] = date.fromisoformat(plain[name])
    return Line(**values)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return lines as a message shows them: what is late first, then by day and title."""
    far = date.max
    return sorted(lines, key=lambda one: (ORDER.index(one.why), one.day or far, one.title, one.name))


def is_urgent(line: Line, today: date, days: int) -> bool:
    """Whether a line is due within so many days (0: nothing is urgent)."""
    return days > 0 and line.why in URGENT and line.day is not None and 0 <= (line.day - today).days <= days


def told_keys(messages: Iterable[tuple[date, Sequence[Line]]], days: int) -> set[str]:
    """Return the keys of lines that a person was told of within `days` before they were due."""
    return {line.key for day, lines in messages for line in lines if is_urgent(line, day, days)}


def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter (1 to 4)."""
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return after - timedelta(days=1)
