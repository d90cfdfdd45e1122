"""Decisions about enrolments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.clock import local_date


class EnrollmentState(StrEnum):
    """State of an enrolment, derived from its dates."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Prior(StrEnum):
    """How far a person is with a course that another one asks for."""

    DONE = "done"
    UNDER_WAY = "under_way"
    OPEN = "open"  # not begun
    ABSENT = "absent"  # not published here: it cannot be asked for
    CIRCULAR = "circular"  # it asks for the other one in turn: none of the two can be asked for


@dataclass(frozen=True)
class Prerequisite:
    """A course to be done before another one, and how far the person is; absent ones go by their id."""

    slug: str
    title: str
    state: Prior

    @property
    def lacking(self) -> bool:
        """Whether it keeps the person from joining."""
        return self.state in {Prior.UNDER_WAY, Prior.OPEN}


def asking_back(slug: str, asked: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return those courses asked for before `slug` that ask for it in turn, directly or by others.

    `asked` names the courses that each course asks for. Without this rule nobody could join any of a circle.
    """
    found = set()
    for first in asked.get(slug, ()):
        seen: set[str] = set()
        todo = [first] if first != slug else []
        while todo:
            one = todo.pop()
            if one == slug:
                found.add(first)
                break
            if one not in seen:
                seen.add(one)
                todo += asked.get(one, ())
    return frozenset(found)


def state(
    *, started_at: datetime | None, completed_at: datetime | None, withdrawn_at: datetime | None
) -> EnrollmentState:
    """Return the state that the dates of an enrolment say."""
    if completed_at is not None:
        return EnrollmentState.COMPLETED
    if withdrawn_at is not None:
        return EnrollmentState.WITHDRAWN
    return EnrollmentState.IN_PROGRESS if started_at is not None else EnrollmentState.NOT_STARTED


def completion_day(last_act_at: datetime) -> tuple[date, int]:
    """Return the day (WIB) and the JP year of a completion.

    Both follow the learner's last act, also when an essay is graded in the next year.
    """
    day = local_date(last_act_at)
    return day, day.year


@dataclass(frozen=True)
class Deadline:
    """The last day (WIB) to complete a course; `late` once it is over. It never locks anything."""

    day: date
    late: bool


def deadline(enrolled_at: datetime, due_days: int | None, now: datetime) -> Deadline | None:
    """Return the deadline of an enrolment `due_days` after the day (WIB) of joining, None without one."""
    if not due_days:
        return None
    day = local_date(enrolled_at) + timedelta(days=due_days)
    return Deadline(day, local_date(now) > day)


@dataclass(frozen=True)
class Retake:
    """Whether a completed course may be taken again today; `since`: from that day on, where it is known."""

    allowed: bool
    since: date | None = None


def retake(
    *, refresh: str, at_any_time: bool, valid_until: date | None, window_days: int, today: date
) -> Retake:
    """Return whether a completed course may be taken again.

    `refresh` (`perbarui` of the live version) "none" forbids it, `at_any_time` (`ulang: ya`) allows it;
    else it is open from `window_days` before the last day of validity on. Without one there is nothing to
    renew.
    """
    if refresh == "none":
        return Retake(False)
    if at_any_time:
        return Retake(True)
    if valid_until is None:
        return Retake(False)
    since = valid_until - timedelta(days=window_days)
    return Retake(today >= since, since)
