"""How a person stands with a rule, by hand; the edges of years, months and memberships."""

from __future__ import annotations

from datetime import date

import pytest

from lms.domain.obligations.rules import (
    Group,
    Place,
    State,
    Terms,
    first_due,
    member_since,
    standing,
    valid_until,
)

START = date(2026, 1, 1)
YEARLY = Terms(START, 12, 60, date(2026, 6, 30), 30)


@pytest.mark.parametrize(
    ("done", "months", "until"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 1), None, date(2027, 12, 31)),
        (date(2026, 12, 31), None, date(2027, 12, 31)),
    ],
)
def test_the_last_day(done: date, months: int | None, until: date) -> None:
    assert valid_until(done, months) == until


@pytest.mark.parametrize(
    ("done", "today", "state", "due"),
    [
        (None, date(2026, 6, 30), State.NEVER, date(2026, 6, 30)),
        (None, date(2026, 7, 1), State.DUE, date(2026, 6, 30)),
        (date(2026, 5, 10), date(2027, 3, 10), State.VALID, date(2027, 5, 10)),
        (date(2026, 5, 10), date(2027, 3, 11), State.SOON, date(2027, 5, 10)),
        (date(2026, 5, 10), date(2027, 5, 10), State.SOON, date(2027, 5, 10)),
        (date(2026, 5, 10), date(2027, 5, 11), State.EXPIRED, date(2027, 5, 10)),
        (date(2023, 5, 10), date(2026, 6, 30), State.SOON, date(2026, 6, 30)),
        (date(2023, 5, 10), date(2026, 7, 1), State.EXPIRED, date(2026, 6, 30)),
    ],
)
def test_states(done: date | None, today: date, state: State, due: date) -> None:
    found = standing(YEARLY, done, START, today)
    assert (found.state, found.due_on) == (state, due)
    assert found.renewable == (state in {State.SOON, State.EXPIRED})


def test_who_begins_in_november_is_not_asked_again_in_january() -> None:
    terms = Terms(START, None, 90, None, 30)
    assert standing(terms, date(2026, 11, 20), date(2026, 11, 1), date(2027, 1, 2)).state is State.VALID


def test_who_comes_later_has_days() -> None:
    assert first_due(YEARLY, date(2020, 1, 1)) == date(2026, 6, 30)
    assert first_due(YEARLY, date(2026, 6, 20)) == date(2026, 7, 20)
    assert first_due(YEARLY, date(2026, 2, 1)) == date(2026, 6, 30)
    assert first_due(Terms(START, 12, 0, None, 14), date(2020, 1, 1)) == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("places", "since"),
    [
        ([], START),
        ([(None, "/1/2/", 7)], START),
        ([(None, "/1/9/", 7), (date(2026, 3, 1), "/1/2/5/", 7)], date(2026, 3, 1)),
        ([(date(2019, 1, 1), "/1/2/4/", 7), (date(2026, 3, 1), "/1/2/5/", 7)], START),
        ([(None, "/1/2/", 7), (date(2026, 2, 1), "/1/9/", 7), (date(2026, 4, 1), "/1/2/", 7)],
         date(2026, 4, 1)),
        ([(None, "/1/2/", 8), (date(2026, 5, 1), "/1/2/", 7)], date(2026, 5, 1)),
        ([(date(2026, 5, 1), None, 7)], START),
    ],
)  # fmt: skip
def test_a_membership_is_counted_without_its_breaks(places: list[Place], since: date) -> None:
    assert member_since(Group("/1/2/", 7), places, START) == since
