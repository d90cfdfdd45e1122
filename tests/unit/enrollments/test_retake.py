"""When a completed course may be taken again, and what its hours count."""

from __future__ import annotations

from datetime import date

from lms.domain.enrollments.rules import Retake, retake

UNTIL = date(2027, 11, 24)
OPEN = date(2027, 8, 26)


def asked(today: date, **changes: object) -> Retake:
    rule = {"refresh": "changed", "at_any_time": False, "valid_until": UNTIL, "window_days": 90} | changes
    return retake(today=today, **rule)  # type: ignore[arg-type]


def test_it_opens_so_many_days_before_the_certificate_ends_and_stays_open() -> None:
    assert asked(date(2027, 8, 25)) == Retake(False, OPEN)
    assert asked(OPEN) == asked(date(2030, 1, 1)) == Retake(True, OPEN)


def test_what_never_ends_is_taken_again_only_where_the_author_says_so() -> None:
    assert asked(OPEN, valid_until=None) == Retake(False)
    assert asked(OPEN, valid_until=None, at_any_time=True) == Retake(True)
    assert asked(OPEN, refresh="none", at_any_time=True) == Retake(False)
