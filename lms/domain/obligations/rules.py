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
    EXEMPT = "exempt"  # nothing is asked for now; out of the denominator, listed


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
class Waiver:
    """An exemption: the day it was given, and its last day; without one it is for the cycle of that day."""

    given_on: date
    until: date | None


def waive(
    terms: Terms, plain: Standing, completed_on: date | None, waivers: Sequence[Waiver], today: date
) -> tuple[Standing, int | None]:
    """Return how a person stands with exemptions, and which of them holds today (its place), None for none.

    Without a last day the cycle counts as done on the day it was due: nothing is asked until the next one
    opens. It is spent when the course was completed after it was given, and a second one within the same
    cycle adds nothing. With a last day nothing is asked until then, and afterwards the person has at least
    `first_days`. What holds by a completion stays valid.
    """
    due, opens = plain.due_on, plain.opens_on
    ends: list[tuple[date, int]] = []
    cycle_ends: date | None = None
    for place, one in sorted(enumerate(waivers), key=lambda pair: pair[1].given_on):
        if one.until is not None:
            ends.append((one.until, place))
            if due <= one.until:
                due = one.until + timedelta(days=terms.first_days)
            continue
        spent = completed_on is not None and completed_on > one.given_on
        if spent or (cycle_ends is not None and one.given_on <= cycle_ends):
            continue
        due = valid_until(due, terms.months)
        opens = due - timedelta(days=terms.window_days)
        cycle_ends = opens - timedelta(days=1)
        ends.append((cycle_ends, place))
    last, place = max(ends, default=(date.min, 0))
    holding = place if today <= last else None
    if plain.state is State.VALID:
        return plain, None
    if holding is not None:
        return Standing(State.EXEMPT, due, opens), holding
    if today > due:
        state = State.EXPIRED if completed_on else State.DUE
    elif completed_on:
        state = State.SOON if today >= opens else State.VALID
    else:
        state = State.NEVER
    return Standing(state, due, opens), None


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
