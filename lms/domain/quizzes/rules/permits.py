"""Who may start an attempt, how long it is open, how many are left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from lms.content.course import Quiz
from lms.domain.quizzes.rules.papers import Paper


class Refusal(StrEnum):
    """Why an attempt cannot be started, or an answer not be taken."""

    OPEN = "open"  # an attempt is open: go on with that one
    PASSED = "passed"  # passed, and another try could only harm or would show known answers
    USED_UP = "used_up"
    WAIT = "wait"
    MARKING = "marking"  # essays of an earlier attempt wait to be marked
    CLOSED = "closed"  # handed in
    LATE = "late"  # the time has passed
    UNKNOWN = "unknown"  # no such question on this paper
    FIXED = "fixed"  # it was checked, its key was shown
    NEWER = "newer"  # another device or tab saved a later answer


class Timed(Protocol):
    """What these rules need of an attempt."""

    @property
    def number(self) -> int: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def deadline_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Permit:
    """Whether an attempt may be started; `wait_until` is set when only the waiting time is missing."""

    refusal: Refusal | None = None
    wait_until: datetime | None = None

    @property
    def allowed(self) -> bool:
        """No reason against it."""
        return self.refusal is None


@dataclass(frozen=True)
class Extra:
    """What a trainer gave one person at one quiz beyond its conditions: minutes and attempts, in all."""

    minutes: int = 0
    attempts: int = 0


class Given(Protocol):
    """Minutes and attempts of one allowance."""

    @property
    def minutes(self) -> int: ...
    @property
    def attempts(self) -> int: ...


def total(given: Sequence[Given]) -> Extra:
    """Return what several allowances add up to."""
    return Extra(sum(one.minutes for one in given), sum(one.attempts for one in given))


NO_EXTRA = Extra()
MOST_MINUTES, MOST_ATTEMPTS = 600, 10
"""The most that may be given at once."""


def deadline(quiz: Quiz, started_at: datetime, extra: Extra = NO_EXTRA) -> datetime | None:
    """Return the end of an attempt that starts then; None without a time limit."""
    limit = quiz.minutes_limit
    return started_at + timedelta(minutes=limit + extra.minutes) if limit else None


def is_open(attempt: Timed, now: datetime) -> bool:
    """Tell whether answers are taken: not handed in, before the deadline (which itself is late)."""
    return attempt.submitted_at is None and (attempt.deadline_at is None or now < attempt.deadline_at)


def is_overdue(attempt: Timed, now: datetime) -> bool:
    """Tell whether the attempt is past its deadline and was not closed yet."""
    return attempt.submitted_at is None and not is_open(attempt, now)


def may_start(
    quiz: Quiz, attempts: Sequence[Timed], passed: bool, now: datetime, *, waits: bool = False,
    extra: Extra = NO_EXTRA,
) -> Permit:  # fmt: skip
    """Decide whether another attempt may be started; an overdue one counts as closed at its deadline.

    After passing another try is refused where it could only harm (the latest result counts) or where
    passing showed the answers; practice may always be repeated. `waits`: marks of an earlier attempt are
    missing that may still matter, so a new one is refused until they are there. `extra` attempts of the
    person count like those of the quiz.
    """
    if any(is_open(attempt, now) for attempt in attempts):
        return Permit(Refusal.OPEN)
    if passed and quiz.use != "practice" and (quiz.counts == "latest" or quiz.reveal == "after_passing"):
        return Permit(Refusal.PASSED)
    if waits and quiz.use != "practice":
        return Permit(Refusal.MARKING)
    if remaining(quiz, attempts, extra) == 0:
        return Permit(Refusal.USED_UP)
    ends = [attempt.submitted_at or attempt.deadline_at for attempt in attempts]
    last = max((end for end in ends if end is not None), default=None)
    if last is not None and quiz.wait_hours and now < last + timedelta(hours=quiz.wait_hours):
        return Permit(Refusal.WAIT, last + timedelta(hours=quiz.wait_hours))
    return Permit()


def remaining(quiz: Quiz, attempts: Sequence[Timed], extra: Extra = NO_EXTRA) -> int | None:
    """Return how many attempts are left; None without a limit."""
    return None if quiz.attempts is None else max(0, quiz.attempts + extra.attempts - len(attempts))


def extension_minutes(
    paper: Paper, started_at: datetime, deadline_at: datetime | None, granted: int = 0
) -> int:
    """Return the minutes that may still be added: once, half of the limit, without a reason; else 0.

    `granted` minutes of the deadline were given by a trainer and use nothing up.
    Source: WCAG 2.2, 2.2.1: who needs more time may extend a limit.
    """
    limit = paper["minutes"]
    if not limit or deadline_at is None or deadline_at > started_at + timedelta(minutes=limit + granted):
        return 0
    return math.ceil(limit / 2)
