"""Lesson hours and deadlines of a year as relations by person, for the statements of lists and sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from lms.domain.accounts.models import ActivationCode, Employment, User
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import is_late
from lms.domain.reports.rules import Activation
from lms.domain.settings.rules import Policy, target_jp


@dataclass(frozen=True)
class Year:
    """What the figures depend on: the JP year, the targets in force, the instant of asking."""

    year: int
    policy: Policy
    now: datetime


def course_hours(year: int, once: bool, among: Sequence[int] | None = None) -> Subquery:
    """JP of a year by person; of enrolments that were not withdrawn, as on the person's own page.

    `once`: what was completed earlier in the year leaves nothing of the same course to wait for. The hours
    of a version are read only where they wait, so that the sum needs the index alone.
    """
    only = () if among is None else (Enrollment.user_id.in_(among),)
    waits: ColumnElement[bool] = Enrollment.credited_jp.is_(None)
    if once:
        other = aliased(Enrollment)
        same_day = case((other.completed_on == Enrollment.completed_on, other.id), else_=0)
        sooner = and_(other.completed_on <= Enrollment.completed_on, same_day < Enrollment.id)
        waits = and_(
            waits,
            ~exists().where(
                other.user_id == Enrollment.user_id, other.course_id + 0 == Enrollment.course_id,  # by person
                other.jp_year == year, other.withdrawn_at.is_(None), sooner,
            ),
        )  # fmt: skip
    claimed = (
        select(CourseVersion.jp).where(CourseVersion.id == Enrollment.version_id)
        .correlate(Enrollment).scalar_subquery()
    )  # fmt: skip
    return (
        select(
            Enrollment.user_id,
            func.sum(func.coalesce(Enrollment.credited_jp, 0)).label("jp"),
            func.sum(case((waits, claimed), else_=0)).label("waiting"),
            func.count().label("courses"),
        )
        .where(Enrollment.jp_year == year, Enrollment.withdrawn_at.is_(None), *only)
        .group_by(Enrollment.user_id)
        .subquery("hours")
    )


def late_courses(today: date, among: Sequence[int] | None = None) -> Subquery:
    """Courses past their deadline by person; only versions that have a deadline are looked at."""
    timed = select(CourseVersion.id).where(CourseVersion.due_days > 0)
    only = Enrollment.version_id.in_(timed) if among is None else Enrollment.user_id.in_(among)
    return (
        select(Enrollment.user_id, func.count().label("late"))
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(is_late(today), only)
        .group_by(Enrollment.user_id)
        .subquery("late")
    )


def target_of(when: Year) -> ColumnElement[int]:
    """The yearly target of a User by the employment status."""
    targets = {item.value: target_jp(when.policy, item, when.year) for item in Employment}
    return case(targets, value=User.employment, else_=target_jp(when.policy, "", when.year))


def activation_of(now: datetime) -> ColumnElement[str]:
    """Whether a User has set a password: a value of Activation."""
    usable = (
        select(literal(1))
        .where(
            ActivationCode.user_id == User.id,
            ActivationCode.used_at.is_(None),
            ActivationCode.withdrawn_at.is_(None),
            ActivationCode.expires_at > now,
        )
        .exists()
    )
    return case(
        (User.password_hash.is_not(None), Activation.ACTIVE.value),
        (usable, Activation.CODE.value),
        else_=Activation.NONE.value,
    )
