"""When a course is to be done again, and how a person stands; pure. All days are calendar days in WIB."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """How a person stands with an obligation."""

    VALID = "valid"
    SOON = "soon"  # it holds, and may be renewed
    DUE = "due"  # never done, and the day is over
    EXPIRED = "expired"  # done once, and it holds no longer
    NEVER = "never"  # never done, and the day is to come


@dataclass(frozen=True)
class Terms:
    """The rule: again after `months`, or (None) once in each calendar year.

    `first_due_on` is for those who are there on `starts_on`; everybody else has `first_days` from the day
    they came (from `starts_on`, when they were there before).
    """

    starts_on: date
    months: int | None
    window_days: int
    first_due_on: date | None
    first_days: int


@dataclass(frozen=True)
class Standing:
    """State, the last day, and the day from which the course may be done (again)."""

    state: State
    due_on: date
    opens_on: date

    @property
    def renewable(self) -> bool:
        """Whether a completed course may be taken again now."""
        return self.state in {State.SOON, State.EXPIRED}


def valid_until(completed_on: date, months: int | None) -> date:
    """Return the last day on which a completion holds.

    The same day so many months later; a day that the month lacks becomes its last day. Without months: the
    end of the next calendar year, since the course is done once in each.
    """
    if months is None:
        return date(completed_on.year + 1, 12, 31)
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + months, 12)
    return date(year, month + 1, min(completed_on.day, monthrange(year, month + 1)[1]))


def first_due(terms: Terms, since: date) -> date:
    """Return until when somebody who belongs to the group since a day has to do it for the first time."""
    days = max(since, terms.starts_on) + timedelta(days=terms.first_days)
    if terms.first_due_on is None:
        return days
    return terms.first_due_on if since <= terms.starts_on else max(terms.first_due_on, days)


def standing(terms: Terms, completed_on: date | None, since: date, today: date) -> Standing:
    """Return how a person stands.

    A completion from before the rule holds at least until the first day that the rule sets.
    """
    first = first_due(terms, since)
    if completed_on is None:
        return Standing(State.DUE if today > first else State.NEVER, first, max(since, terms.starts_on))
    until = valid_until(completed_on, terms.months)
    due, opens = max(until, first), until - timedelta(days=terms.window_days)
    if today > due:
        return Standing(State.EXPIRED, due, opens)
    return Standing(State.SOON if today >= opens else State.VALID, due, opens)


@dataclass(frozen=True)
class Group:
    """Where a rule holds: the subtree of a unit, one position or all."""

    path: str
    position_id: int | None

    def holds(self, path: str | None, position_id: int | None) -> bool:
        """Whether a place belongs to it."""
        return (path or "").startswith(self.path) and self.position_id in {None, position_id}


Place = tuple[date | None, str | None, int | None]
"""Since when (None: before records were kept), path of the unit, position."""


def member_since(group: Group, places: Sequence[Place], start: date) -> date:
    """Return since when a person belongs to the group without a break, at the earliest `start`.

    `places` are those up to today, the oldest first.
    """
    found = date.max if places else start
    for since, path, position_id in places:
        if not group.holds(path, position_id):
            found = date.max
        elif found == date.max:
            found = since or start
    return start if found == date.max else max(start, found)
