"""State and day of completion of an enrolment."""

from datetime import UTC, date, datetime

import pytest

from lms.domain.enrollments.rules import EnrollmentState, completion_day, state

THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "completed", "withdrawn", "expected"),
    [
        (None, None, None, EnrollmentState.NOT_STARTED),
        (THEN, None, None, EnrollmentState.IN_PROGRESS),
        (THEN, THEN, None, EnrollmentState.COMPLETED),
        (THEN, None, THEN, EnrollmentState.WITHDRAWN),
    ],
)
def test_state(
    started: datetime | None,
    completed: datetime | None,
    withdrawn: datetime | None,
    expected: EnrollmentState,
) -> None:
    assert state(started_at=started, completed_at=completed, withdrawn_at=withdrawn) is expected


@pytest.mark.parametrize(
    ("utc", "day", "year"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 31), 2026),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1), 2027),
    ],
)
def test_the_year_turns_at_midnight_in_wib(utc: datetime, day: date, year: int) -> None:
    assert completion_day(utc) == (day, year)
