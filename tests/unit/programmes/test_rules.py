"""How far a person is on a path, by figures worked out by hand; what editions change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.programmes.rules import (
    Edition,
    State,
    Step,
    changes,
    completed_on,
    counted,
    hours_between,
    locked,
    problems,
    standing,
    state_of,
)

A, B, C, D, E = 1, 2, 3, 4, 5
FIRST = Edition(1, True, (Step(1, 1, (A,)), Step(2, 2, (B, C, D))), date(2026, 1, 10))
"""A, then two of B, C and D."""


def day(month: int, number: int = 1, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("done", "flags", "completed", "place"),
    [
        ((), (False, False), None, 0),
        ((A,), (True, False), None, 1),
        ((B, C), (False, True), None, 0),
        ((A, B), (True, False), None, 1),
        ((A, B, D), (True, True), 1, None),
        ((A, B, C, D, E), (True, True), 1, None),
    ],
)
def test_steps_follow_from_courses(
    done: tuple[int, ...], flags: tuple[bool, ...], completed: int | None, place: int | None
) -> None:
    found = standing([FIRST], [set(done)])
    assert (found.done, found.completed, found.next) == (flags, completed, place)


def test_a_step_done_stays_done_and_a_path_completed_stays_completed() -> None:
    old = replace(FIRST, replaced_on=day(6))
    new = Edition(2, True, (Step(1, 1, (E,)), Step(2, 2, (B, C)), Step(3, 1, (D,))), day(6))
    kept = standing([old, new], counted([old, new], {A: [day(2)]}))
    assert kept.done == (True, False, False) and kept.completed is None and kept.next == 1
    whole = standing([old, new], counted([old, new], {A: [day(2)], B: [day(3)], D: [day(6)]}))
    assert whole.completed == 1 and whole.next is None
    late = standing([old, new], counted([old, new], {A: [day(6, 2)], B: [day(3)], D: [day(3)]}))
    assert late.done == (False, True, True) and late.completed is None
    joined_later = standing([new], counted([new], {A: [day(2)], B: [day(3)], C: [day(3)]}))
    assert joined_later.done == (False, True, False)


def test_old_completions_count_from_the_day_set_and_a_retake_counts() -> None:
    edition = replace(FIRST, counts_from=day(3))
    assert counted([edition], {A: [day(2, 28)], B: [day(3)]}) == [{B}]
    assert counted([edition], {A: [day(2, 28), day(7)]}) == [{A}]
    assert counted([FIRST], {A: [date(2019, 5, 5)]}) == [{A}]


def test_the_day_of_completion() -> None:
    days = {A: [day(2)], B: [day(3)], C: [day(4)], D: [day(5)]}
    assert completed_on([FIRST], days, day(1)) == day(4)
    assert completed_on([FIRST], days, day(8)) == day(8)  # all was done before the person joined
    assert completed_on([FIRST], {A: [day(2)]}, day(1)) is None
    old, new = replace(FIRST, replaced_on=day(9)), Edition(2, True, (Step(1, 1, (A,)),), day(9))
    assert completed_on([old, new], {A: [day(2)]}, day(1)) == day(9)  # the new edition asks for less
    assert completed_on([old, new], days, day(1)) == day(4)


def test_in_order_a_step_waits_for_the_one_before_it() -> None:
    found = standing([FIRST], [set()])
    assert [locked(FIRST, found, place) for place in (0, 1)] == [False, True]
    free = replace(FIRST, ordered=False)
    assert not locked(free, found, 1)
    second_done = standing([FIRST], [{B, C}])
    assert not locked(FIRST, second_done, 1)


def test_states() -> None:
    nothing, some, all_of_it = (standing([FIRST], [set(done)]) for done in ((), (A,), (A, B, C)))
    today = day(7)
    assert state_of(nothing, False, None, today) is State.NOT_BEGUN
    assert state_of(nothing, True, None, today) is State.BEGUN
    assert state_of(some, False, day(7), today) is State.BEGUN
    assert state_of(some, True, day(6, 30), today) is State.LATE
    assert state_of(all_of_it, True, day(6, 30), today) is State.DONE


@pytest.mark.parametrize(
    ("choose", "hours", "pair"),
    [(1, [6], (6, 6)), (2, [2, 6, 3], (5, 9)), (3, [2, 6, 3], (11, 11)), (1, [], (0, 0)), (2, [4], (4, 4))],
)
def test_hours_of_a_choice(choose: int, hours: list[int], pair: tuple[int, int]) -> None:
    assert hours_between(choose, hours) == pair


def test_what_an_edition_changes() -> None:
    new = Edition(2, False, (Step(2, 1, (B, C, D)), Step(1, 1, (A,)), Step(9, 1, (E,))), day(6), day(1))
    found = changes(FIRST, new)
    assert (found.added, found.removed, found.altered) == ((9,), (), (2,))
    assert found.moved and found.ordered and found.counts_from and found.any
    assert not changes(FIRST, FIRST).any
    assert changes(new, FIRST).removed == (9,)


def test_why_a_draft_cannot_be_opened() -> None:
    live = {A, B, C}
    assert problems((Step(1, 1, (A,)),), live, "Jalur") == ()
    assert problems((), live, "") == ("title", "steps")
    assert problems((Step(1, 2, (A,)), Step(2, 1, (D,)), Step(3, 2, (B, C, D))), live, "Jalur") == (
        "short:1", "gone:2",
    )  # fmt: skip
