"""Decisions about enrolments."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from lms.clock import local_date


class EnrollmentState(StrEnum):
    """State of an enrolment, derived from its dates."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


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
