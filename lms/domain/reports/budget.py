"""What a course cost, and what the same people would have cost in a classroom: estimates; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lms.domain.settings.rates import Rates


@dataclass(frozen=True)
class Cost:
    """A cost in rupiah for so many people and JP each."""

    total: float
    people: int
    jp: int

    @property
    def per_person(self) -> float:
        """Rupiah a person."""
        return self.total / self.people

    @property
    def per_jp(self) -> float:
        """Rupiah for one JP of one person."""
        return self.total / (self.people * self.jp)


@dataclass(frozen=True)
class Budget:
    """The course beside a classroom; both are estimates by the rates."""

    rates: Rates
    course: Cost
    classroom: Cost
    classes: int
    days: int

    @property
    def difference(self) -> float:
        """Rupiah a person that the classroom would cost more (negative: less)."""
        return self.classroom.per_person - self.course.per_person


def budget_of(rates: Rates | None, people: int, jp: int, all_completions: int) -> Budget | None:
    """Return the estimate for people who completed a course of `jp` JP in a year.

    Classroom: classes = people / class size, rounded up; days = JP / JP a day, rounded up; each class costs
    JP x honorarium + days x room, each person days x meals + travel. Course: its writing spread over the
    years named, and of a year's hosting the share of its completions among all. None without rates, people
    or JP.
    """
    if rates is None or not people or not jp:
        return None
    value: Mapping[str, int] = rates.values
    classes, days = math.ceil(people / value["class_size"]), math.ceil(jp / value["jp_per_day"])
    room = classes * (jp * value["honor_per_jp"] + days * value["room_per_day"])
    classroom = room + people * (days * value["meals_per_person_day"] + value["travel_per_person"])
    share = people / max(people, all_completions)
    course = value["writing_per_course"] / value["writing_years"] + share * value["hosting_per_year"]
    return Budget(rates, Cost(course, people, jp), Cost(classroom, people, jp), classes, days)
