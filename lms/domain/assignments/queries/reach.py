"""Whom a rule touches today, and which of them have nothing to do or are asked already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import in_units
from lms.domain.assignments.models import Assignment, AssignmentPerson
from lms.domain.assignments.rules import Rule
from lms.domain.enrollments.models import Enrollment


def touched(
    session: Session, rule: Rule, people: Select[User], lacking: Select[int] | None = None
) -> list[int]:
    """Return the ids of the open accounts among `people` that a rule touches, in order.

    `lacking` selects who has the gap that the rule names; without it such a rule touches nobody by trait.
    """
    traits: list[ColumnElement[bool]] = []
    if rule.units:
        paths = session.scalars(select(OrgUnit.path).where(OrgUnit.id.in_(rule.units))).all()
        traits.append(in_units(tuple(paths)))
    if rule.positions:
        traits.append(User.position_id.in_(rule.positions))
    if rule.employment:
        traits.append(User.employment.in_(rule.employment))
    if rule.gap:
        traits.append(User.id.in_(lacking) if lacking is not None else false())
    wanted: list[ColumnElement[bool]] = [User.id.in_(rule.people)] if rule.people else []
    if traits:
        wanted.append(and_(*traits))
    if not wanted:
        return []
    found = people.where(or_(*wanted)).order_by(User.id)
    return list(session.scalars(found.with_only_columns(User.id)))


def done_since(session: Session, course_id: int, user_ids: Sequence[int], day: date) -> set[int]:
    """Return which of the people completed the course on `day` or later."""
    rows = session.scalars(
        select(Enrollment.user_id).where(
            Enrollment.course_id == course_id, Enrollment.user_id.in_(user_ids),
            Enrollment.completed_on >= day, Enrollment.withdrawn_at.is_(None),
        )
    )  # fmt: skip
    return set(rows)


def asked_already(session: Session, course_id: int, user_ids: Sequence[int]) -> set[int]:
    """Return which of the people have an open assignment of the course."""
    rows = session.scalars(
        select(AssignmentPerson.user_id)
        .join(Assignment, Assignment.id == AssignmentPerson.assignment_id)
        .where(
            Assignment.course_id == course_id, Assignment.closed_at.is_(None),
            AssignmentPerson.user_id.in_(user_ids),
        )
    )  # fmt: skip
    return set(rows)
