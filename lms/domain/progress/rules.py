"""What is done, what is next, what is missing, and when a lesson may be called read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from lms.content.course import Lesson

if TYPE_CHECKING:
    from lms.domain.catalog.models import CourseVersion, Piece


class PieceState(StrEnum):
    """State of a lesson or quiz for one learner."""

    DONE = "done"
    NEXT = "next"  # the one to go on with
    OPEN = "open"
    LOCKED = "locked"  # what it opens after is not done yet


@dataclass(frozen=True)
class Step:
    """A lesson or quiz and its state."""

    piece: Piece
    state: PieceState
    waits_for: tuple[Piece, ...] = ()  # what must be done before a locked one opens; the first is open

    @property
    def done(self) -> bool:
        """Finished or passed."""
        return self.state is PieceState.DONE


@dataclass(frozen=True)
class Progress:
    """The way through a version: its steps in reading order."""

    steps: tuple[Step, ...]
    modules: tuple[Piece, ...]
    opened: frozenset[str] = frozenset()  # keys of lessons that were opened

    @property
    def required(self) -> list[Step]:
        """Steps that the course's rule asks for."""
        return [step for step in self.steps if step.piece.required]

    @property
    def missing(self) -> list[Step]:
        """Required steps that are not done."""
        return [step for step in self.required if not step.done]

    @property
    def done_count(self) -> int:
        """How many required steps are done."""
        return len(self.required) - len(self.missing)

    @property
    def complete(self) -> bool:
        """Whether the course's rule is fulfilled; a course that asks for nothing is never completed."""
        return bool(self.required) and not self.missing

    @property
    def minutes_left(self) -> int:
        """Estimated minutes of the missing steps."""
        return sum(step.piece.minutes for step in self.missing)

    @property
    def next(self) -> Step | None:
        """The step to go on with."""
        return next((step for step in self.steps if step.state is PieceState.NEXT), None)

    def onward(self, key: str) -> Step | None:
        """The step to go on with apart from that piece: the next one, else another required open one."""
        if self.next is not None and self.next.piece.key != key:
            return self.next
        others = (step for step in self.required if step.state is PieceState.OPEN)
        return next((step for step in others if step.piece.key != key), None)

    def step(self, key: str) -> Step | None:
        """Return the step of a piece."""
        return next((step for step in self.steps if step.piece.key == key), None)

    def after(self, key: str) -> Step | None:
        """Return the step that follows a piece in reading order."""
        keys = [step.piece.key for step in self.steps]
        position = keys.index(key) + 1 if key in keys else len(keys)
        return self.steps[position] if position < len(keys) else None

    def before(self, key: str) -> Step | None:
        """Return the step before a piece in reading order."""
        keys = [step.piece.key for step in self.steps]
        position = keys.index(key) if key in keys else 0
        return self.steps[position - 1] if position > 0 else None


def progress(pieces: Sequence[Piece], done: Collection[str], opened: Collection[str] = ()) -> Progress:
    """Return the state of each lesson and quiz, given the keys of those finished or passed.

    In a module that opens in order (`finish` of its row is "sequential") a piece is locked until all
    earlier required pieces of that module are done. A quiz of the whole course is locked until the
    required pieces of all such modules before it are done. A pre-test is never locked: it measures what
    is known before. The next step is the first required one that is open and not done, else the first
    open one.
    """
    steps = _steps(tuple(pieces), frozenset(done))
    return Progress(steps, tuple(piece for piece in pieces if piece.kind == "module"), frozenset(opened))


@lru_cache(2048)
def _steps(pieces: tuple[Piece, ...], done: frozenset[str]) -> tuple[Step, ...]:
    """Kept, since most pages ask again for the same rows (which never change) and the same done ones."""
    sequential = {piece.key for piece in pieces if piece.kind == "module" and piece.finish == "sequential"}
    missing: list[Piece] = []
    found: list[Step] = []
    for piece in pieces:
        if piece.kind == "module":
            continue
        if piece.key in done:
            found.append(Step(piece, PieceState.DONE))
            continue
        waits = () if piece.use == "pretest" else _before(piece, missing)
        found.append(Step(piece, PieceState.LOCKED if waits else PieceState.OPEN, waits))
        if piece.required and piece.module_key in sequential:
            missing.append(piece)
    chosen = _next_of(found)
    return tuple(replace(step, state=PieceState.NEXT) if step.piece.key == chosen else step for step in found)


def _before(piece: Piece, missing: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return which missing pieces of modules in order keep a piece locked: of its module, or of all."""
    return tuple(one for one in missing if piece.module_key in {None, one.module_key})


def _next_of(steps: Sequence[Step]) -> str | None:
    available = [step.piece for step in steps if step.state is PieceState.OPEN]
    required = [piece for piece in available if piece.required]
    return next((piece.key for piece in (*required, *available)), None)


@dataclass(frozen=True)
class Plan:
    """What becomes of the parts when a learner goes on in another version, in its reading order."""

    kept: tuple[Piece, ...] = ()  # done, and stay done
    again: tuple[Piece, ...] = ()  # were done, and their substance changed
    added: tuple[Piece, ...] = ()  # not in the version before
    gone: tuple[Piece, ...] = ()  # not in the other one, in their own order


def plan(
    before: Sequence[Piece], after: Sequence[Piece], done: Collection[str], changed: Collection[str]
) -> Plan:
    """Compare two versions for one learner; `done` are keys finished or passed, `changed` those of lessons
    whose substance changed. A quiz that was passed stays passed as long as it has the same key.
    """
    old = {row.key for row in before if row.kind != "module"}
    new = [row for row in after if row.kind != "module"]
    keys = {row.key for row in new}
    return Plan(
        kept=tuple(row for row in new if row.key in done and row.key not in changed),
        again=tuple(row for row in new if row.key in done and row.key in changed),
        added=tuple(row for row in new if row.key not in old),
        gone=tuple(row for row in before if row.kind != "module" and row.key not in keys),
    )


@dataclass(frozen=True)
class Supplement:
    """What a newer version offers to a person who has completed an earlier one; it changes no completion."""

    version: CourseVersion
    lessons: tuple[Piece, ...]
    done: Mapping[str, datetime]  # key of a lesson -> when it was read

    @property
    def left(self) -> tuple[Piece, ...]:
        """Lessons that are not read yet."""
        return tuple(row for row in self.lessons if row.key not in self.done)

    @property
    def minutes_left(self) -> int:
        """Estimated minutes of the lessons that are left."""
        return sum(row.minutes for row in self.left)


def supplement_lessons(
    before: Sequence[Piece], after: Sequence[Piece], named: Collection[str]
) -> tuple[Piece, ...]:
    """Return the named lessons of a version that are new or have another text than in the version before."""
    known = {row.key: row.digest for row in before}
    return tuple(
        row for row in after
        if row.kind == "lesson" and row.key in named and known.get(row.key) != row.digest
    )  # fmt: skip


def seconds_until_read(opened_at: datetime | None, minutes: int, share_percent: int, now: datetime) -> int:
    """Return how many seconds are left before a lesson counts as read; 0: it may be finished.

    The share of the lesson's minutes is a setting; a lesson whose opening was not recorded may be
    finished at once (the record of a view is allowed to be lost).
    """
    if opened_at is None or share_percent <= 0:
        return 0
    ready = opened_at + timedelta(seconds=minutes * 60 * share_percent / 100)
    return max(0, int((ready - now).total_seconds()))


class Answered(Protocol):
    """What the rule needs of the last answer to a question inside a lesson."""

    @property
    def count(self) -> int: ...


def open_checks(lesson: Lesson, answers: Mapping[str, Answered]) -> list[str]:
    """Return the questions inside a lesson that were not answered once, right or wrong, in reading order.

    `answers` are the last ones by question; a typed answer that could not be read does not count.
    """
    return [
        question.id
        for question in lesson.questions()
        if question.id not in answers or not answers[question.id].count
    ]
