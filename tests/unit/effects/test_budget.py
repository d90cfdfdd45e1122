"""Cost of a course beside a classroom: figures worked out by hand; rates by their year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.reports.budget import budget_of
from lms.domain.settings.rates import Rates, all_rates, rates_of, with_rates
from lms.domain.settings.rules import DEFAULTS, Policy

VALUES = {
    "honor_per_jp": 300_000, "room_per_day": 1_000_000, "meals_per_person_day": 60_000,
    "travel_per_person": 100_000, "class_size": 30, "jp_per_day": 8, "hosting_per_year": 24_000_000,
    "writing_per_course": 9_000_000, "writing_years": 3,
}  # fmt: skip
RATES = Rates(2026, VALUES, "SK 1/2026", date(2026, 11, 24))


def test_a_course_of_ten_jp_for_forty_people() -> None:
    """Two classes of 30, two days of 8 JP.

    Classroom: 2 x (10 x 300.000 + 2 x 1.000.000) = 10.000.000; 40 x (2 x 60.000 + 100.000) = 8.800.000.
    Course: 9.000.000 / 3 + 24.000.000 x 40 / 160 = 9.000.000.
    """
    found = budget_of(RATES, 40, 10, 160)
    assert found is not None
    assert (found.classes, found.days) == (2, 2)
    assert found.classroom.total == 18_800_000 and found.classroom.per_person == 470_000
    assert found.classroom.per_jp == 47_000
    assert found.course.total == 9_000_000 and found.course.per_person == 225_000
    assert found.course.per_jp == 22_500
    assert found.difference == 245_000


def test_one_full_class_and_day_is_not_rounded_up() -> None:
    found = budget_of(RATES, 30, 8, 30)
    assert found is not None and (found.classes, found.days) == (1, 1)
    assert found.classroom.total == 8 * 300_000 + 1_000_000 + 30 * 160_000
    assert found.course.total == 27_000_000, "all completions of the year bear the whole server"


@pytest.mark.parametrize(("people", "jp"), [(0, 10), (40, 0), (0, 0)])
def test_nothing_is_reckoned_without_people_jp_or_rates(people: int, jp: int) -> None:
    assert budget_of(RATES, people, jp, 160) is None
    assert budget_of(None, 40, 10, 160) is None


def test_no_rate_is_built_in_and_a_year_takes_the_newest_before_it() -> None:
    assert DEFAULTS.classroom_rates == [] and rates_of(DEFAULTS, 2026) is None
    rows = with_rates(DEFAULTS, 2027, {**VALUES, "class_size": 25}, "SK 2", date(2026, 11, 24))
    policy = Policy(classroom_rates=rows)
    rows = with_rates(policy, 2025, VALUES, "SK 0", date(2026, 11, 25))
    policy = replace(policy, classroom_rates=rows)
    assert [one.since for one in all_rates(policy)] == [2025, 2027]
    assert rates_of(policy, 2024) is None
    for year, size in ((2025, 30), (2026, 30), (2027, 25), (2030, 25)):
        found = rates_of(policy, year)
        assert found is not None and found.values["class_size"] == size
    again = with_rates(policy, 2027, VALUES, "SK 3", date(2026, 11, 26))
    assert [(one["since"], one["source"]) for one in again] == [(2025, "SK 0"), (2027, "SK 3")]
