"""Until when a course should be completed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lms.domain.enrollments.rules import Deadline, deadline

JOINED = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
"""1 November in WIB."""


def test_the_days_are_counted_from_the_day_of_joining_in_wib() -> None:
    last = datetime(2026, 12, 1, 16, 59, tzinfo=UTC)
    assert deadline(JOINED, 30, last) == Deadline(date(2026, 12, 1), late=False)
    assert deadline(JOINED, 30, datetime(2026, 12, 1, 17, 0, tzinfo=UTC)) == Deadline(
        date(2026, 12, 1), late=True
    )


def test_without_days_there_is_no_deadline() -> None:
    assert deadline(JOINED, None, JOINED) is None
