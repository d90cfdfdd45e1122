"""Exemptions for a cycle or until a day, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from lms.domain.obligations.rules import State, Terms, Waiver, standing, waive

START = date(2026, 1, 1)
YEARLY = Terms(START, 12, 60, date(2026, 6, 30), 30)
CYCLE = Waiver(date(2026, 6, 1), None)


def stand(done: date | None, today: date, *waivers: Waiver) -> tuple[State, date, int | None]:
    found, place = waive(YEARLY, standing(YEARLY, done, START, today), done, waivers, today)
    return found.state, found.due_on, place


@pytest.mark.parametrize(
    ("today", "state", "place"),
    [
        (date(2026, 6, 1), State.EXEMPT, 0),
        (date(2026, 7, 1), State.EXEMPT, 0),  # late without it
        (date(2027, 4, 30), State.EXEMPT, 0),  # 60 days before 30 June 2027 is 1 May
        (date(2027, 5, 1), State.NEVER, None),
        (date(2027, 6, 30), State.NEVER, None),
        (date(2027, 7, 1), State.DUE, None),
    ],
)
def test_a_cycle_counts_as_done_on_its_day(today: date, state: State, place: int | None) -> None:
    assert stand(None, today, CYCLE) == (state, date(2027, 6, 30), place)


def test_a_cycle_after_a_completion() -> None:
    done, given = date(2026, 5, 10), Waiver(date(2027, 4, 1), None)
    assert stand(done, date(2027, 6, 1), given) == (State.EXEMPT, date(2028, 5, 10), 0)
    assert stand(done, date(2028, 3, 11), given) == (State.SOON, date(2028, 5, 10), None)
    assert stand(done, date(2028, 5, 11), given) == (State.EXPIRED, date(2028, 5, 10), None)


def test_it_is_spent_by_a_completion() -> None:
    done = date(2026, 6, 20)
    assert stand(done, date(2026, 7, 1), CYCLE) == (State.VALID, date(2027, 6, 20), None)
    assert stand(done, date(2027, 6, 21), CYCLE) == (State.EXPIRED, date(2027, 6, 20), None)


def test_twice_within_a_cycle_is_once_and_the_next_cycle_needs_another() -> None:
    again, later = Waiver(date(2026, 8, 1), None), Waiver(date(2027, 5, 15), None)
    assert stand(None, date(2027, 7, 1), CYCLE, again) == (State.DUE, date(2027, 6, 30), None)
    assert stand(None, date(2027, 7, 1), CYCLE, later) == (State.EXEMPT, date(2028, 6, 30), 1)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 9, 30), State.EXEMPT), (date(2026, 10, 1), State.NEVER),
        (date(2026, 10, 30), State.NEVER), (date(2026, 10, 31), State.DUE),
    ],
)  # fmt: skip
def test_until_a_day_and_then_the_days_of_a_newcomer(today: date, state: State) -> None:
    leave = Waiver(date(2026, 6, 1), date(2026, 9, 30))
    assert stand(None, today, leave)[:2] == (state, date(2026, 10, 30))


def test_until_a_day_before_the_due_day_moves_nothing() -> None:
    leave = Waiver(date(2026, 2, 1), date(2026, 3, 31))
    assert stand(None, date(2026, 3, 31), leave) == (State.EXEMPT, date(2026, 6, 30), 0)
    assert stand(None, date(2026, 4, 1), leave) == (State.NEVER, date(2026, 6, 30), None)


def test_a_leave_does_not_use_up_an_exemption_of_the_cycle() -> None:
    leave = Waiver(date(2026, 5, 1), date(2026, 6, 15))
    assert stand(None, date(2026, 7, 1), leave, CYCLE) == (State.EXEMPT, date(2027, 6, 30), 1)
