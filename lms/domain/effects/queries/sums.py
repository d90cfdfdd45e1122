"""Answers of follow-ups as figures of a course; no person is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from lms.domain.effects.models import Followup, FollowupAnswer
from lms.domain.effects.rules import ENOUGH, ITEMS, ROLES
from lms.domain.enrollments.models import Enrollment


@dataclass(frozen=True)
class GroupSums:
    """The answers of learners, superiors or colleagues: how many, and item -> (marks, mean)."""

    people: int
    items: Mapping[str, tuple[int, float]]

    def mean(self, item: str) -> float | None:
        """Return the mean of an item, None below ENOUGH marks."""
        count, mean = self.items.get(item, (0, 0.0))
        return mean if count >= ENOUGH else None

    @property
    def overall(self) -> float | None:
        """The mean of the items' means, None while one of them has too few marks."""
        means = [self.mean(item) for item in ITEMS]
        known = [mean for mean in means if mean is not None]
        return sum(known) / len(known) if len(known) == len(ITEMS) else None


@dataclass(frozen=True)
class BehaviourSums:
    """Follow-ups of a course and year: how many there are, opened, with a plan; answers by group.

    `hindrances` counts those the learners named, None below ENOUGH learners.
    """

    all: int
    opened: int
    planned: int
    groups: Mapping[str, GroupSums]
    hindrances: Mapping[str, int] | None


def behaviour_of(session: Session, course_id: int, year: int) -> BehaviourSums:
    """Return the figures of those who completed the course in a year (WIB): three statements."""
    whose = (Enrollment.course_id == course_id, Enrollment.jp_year == year)
    all_, opened, planned = session.execute(
        select(func.count(), func.count(Followup.opened_at), func.count(Followup.planned_at))
        .select_from(Followup).join(Enrollment, Enrollment.id == Followup.enrollment_id).where(*whose)
    ).one()  # fmt: skip
    columns = [getattr(FollowupAnswer, item) for item in ITEMS]
    rows = session.execute(
        _of(whose, FollowupAnswer.role, func.count(), *(func.count(one) for one in columns),
            *(func.avg(one) for one in columns)).group_by(FollowupAnswer.role)
    ).all()  # fmt: skip
    groups = {role: GroupSums(0, {}) for role in ROLES}
    for role, people, *rest in rows:
        counts, means = rest[: len(ITEMS)], rest[len(ITEMS) :]
        groups[role] = GroupSums(
            people,
            {item: (count, float(mean or 0)) for item, count, mean in zip(ITEMS, counts, means, strict=True)},
        )
    named: dict[str, int] = {}
    for found in session.scalars(_of((*whose, FollowupAnswer.role == "self"), FollowupAnswer.hindrances)):
        for code in found:
            named[code] = named.get(code, 0) + 1
    return BehaviourSums(all_, opened, planned, groups, named if groups["self"].people >= ENOUGH else None)


def _of(conditions: tuple[ColumnElement[bool], ...], *columns: Any) -> Select[*tuple[Any, ...]]:
    found: Select[*tuple[Any, ...]] = (
        select(*columns)
        .select_from(FollowupAnswer)
        .join(Followup, Followup.id == FollowupAnswer.followup_id)
        .join(Enrollment, Enrollment.id == Followup.enrollment_id)
        .where(*conditions)
    )
    return found
