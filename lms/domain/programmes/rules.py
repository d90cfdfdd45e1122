"""How far a person is on a learning path, and what a new edition changes; pure.

Nothing is ticked by hand: everything follows from completed courses. Editions are given from the one that a
person joined with to the newest, and for each the courses completed while it counted. A step that was done
in an earlier edition stays done, and whoever had done all of an edition while it held has completed the path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_COURSES = 40
"""Courses of an edition: each is a bit of a number in the statement that counts people."""


class State(StrEnum):
    """How far a person is with a path."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"
    LATE = "late"  # assigned, not done, and the day is over


@dataclass(frozen=True)
class Step:
    """`choose` of these courses (ids); `key` names the step in all editions."""

    key: int
    choose: int
    courses: tuple[int, ...]

    def met(self, done: Collection[int]) -> bool:
        """Whether the courses done are enough."""
        return sum(course in done for course in self.courses) >= self.choose


@dataclass(frozen=True)
class Edition:
    """What counts of an edition: its steps in order, and completions from and to which day (inclusive)."""

    number: int
    ordered: bool
    steps: tuple[Step, ...]
    opened_on: date
    counts_from: date | None = None
    replaced_on: date | None = None

    def counts(self, day: date) -> bool:
        """Whether a completion of that day counts for it."""
        after = self.counts_from is None or day >= self.counts_from
        return after and (self.replaced_on is None or day <= self.replaced_on)


@dataclass(frozen=True)
class Standing:
    """Which steps of the newest edition are done, and the number of the edition that was completed."""

    done: tuple[bool, ...]
    completed: int | None

    @property
    def count(self) -> int:
        """Steps done."""
        return sum(self.done)

    @property
    def next(self) -> int | None:
        """Place of the first step that is not done; None once the path is completed."""
        if self.completed is not None:
            return None
        return next((place for place, one in enumerate(self.done) if not one), None)


def standing(editions: Sequence[Edition], done: Sequence[Collection[int]]) -> Standing:
    """Return how far somebody is who completed, of each edition, these courses while it counted."""
    kept: set[int] = set()
    completed: int | None = None
    flags: tuple[bool, ...] = ()
    for edition, courses in zip(editions, done, strict=True):
        kept |= {step.key for step in edition.steps if step.met(courses)}
        flags = tuple(step.key in kept for step in edition.steps)
        if completed is None and flags and all(flags):
            completed = edition.number
    return Standing(flags, completed)


def counted(editions: Sequence[Edition], days: Mapping[int, Collection[date]]) -> list[set[int]]:
    """Return for each edition the courses completed while it counted; `days` are all of a person."""
    return [
        {
            course for step in edition.steps for course in step.courses
            if any(edition.counts(day) for day in days.get(course, ()))
        }
        for edition in editions
    ]  # fmt: skip


def completed_on(
    editions: Sequence[Edition], days: Mapping[int, Collection[date]], joined_on: date
) -> date | None:
    """Return the first day on which the person was on the path and all of an open edition was done."""
    moments = {joined_on} | {edition.opened_on for edition in editions}
    moments |= {day for several in days.values() for day in several}
    for moment in sorted(day for day in moments if day >= joined_on):
        seen = {course: [day for day in several if day <= moment] for course, several in days.items()}
        there = [edition for edition in editions if edition.opened_on <= moment]
        if there and standing(there, counted(there, seen)).completed is not None:
            return moment
    return None


def locked(edition: Edition, found: Standing, place: int) -> bool:
    """Whether a step waits for the one before it: in order only, and never a step that is done."""
    return edition.ordered and not found.done[place] and found.next is not None and place > found.next


def state_of(found: Standing, begun: bool, due_on: date | None, today: date) -> State:
    """Return the state; `begun`: a course of the path was started or completed."""
    if found.completed is not None:
        return State.DONE
    if due_on is not None and due_on < today:
        return State.LATE
    return State.BEGUN if begun or found.count else State.NOT_BEGUN


def hours_between(choose: int, hours: Iterable[int]) -> tuple[int, int]:
    """Return the least and the most JP that `choose` of courses with these JP come to."""
    known = sorted(hours)
    return sum(known[:choose]), sum(known[-choose:])


@dataclass(frozen=True)
class Changes:
    """What a new edition changes: keys of steps, and whether order or counting of completions differ."""

    added: tuple[int, ...]
    removed: tuple[int, ...]
    altered: tuple[int, ...]
    moved: bool
    ordered: bool
    counts_from: bool

    @property
    def any(self) -> bool:
        """Whether anything that counts differs."""
        kinds = (self.added, self.removed, self.altered, self.moved, self.ordered, self.counts_from)
        return any(bool(one) for one in kinds)


def changes(old: Edition, new: Edition) -> Changes:
    """Compare two editions by the keys of their steps."""
    before = {step.key: step for step in old.steps}
    after = {step.key: step for step in new.steps}
    both = [key for key in after if key in before]
    return Changes(
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        tuple(
            key for key in both
            if (before[key].choose, set(before[key].courses)) != (after[key].choose, set(after[key].courses))
        ),
        both != [key for key in before if key in after],
        old.ordered != new.ordered,
        old.counts_from != new.counts_from,
    )  # fmt: skip


def problems(steps: Sequence[Step], live: Collection[int], title: str) -> tuple[str, ...]:
    """Return why a draft cannot be opened: "title", "steps", "short:<n>", "gone:<n>" (n from 1).

    A step is short with fewer courses than are to be chosen; gone, when too few of them are published.
    """
    found = [] if title else ["title"]
    if not steps:
        found.append("steps")
    for place, step in enumerate(steps, 1):
        if len(step.courses) < step.choose:
            found.append(f"short:{place}")
        elif sum(course in live for course in step.courses) < step.choose:
            found.append(f"gone:{place}")
    return tuple(found)
