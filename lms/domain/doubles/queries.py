"""What a merge would move and what would stay, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import MergedRecord, RoleGrant, User
from lms.domain.assignments.models import AssignmentPerson
from lms.domain.certificates.models import Certificate
from lms.domain.competencies.models import Rating
from lms.domain.doubles.moves import known_outside, movable, new_assignments
from lms.domain.enrollments.models import Enrollment
from lms.domain.obligations.models import ObligationExemption
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.models import PlanItem


@dataclass(frozen=True)
class Consequences:
    """What moves to the record that stays; what remains readable at the old one; the roles that end."""

    moving: int
    staying: int  # enrolments in courses that both have
    certificates: int
    outside: int
    outside_staying: int  # reported at both
    ratings: int
    plans: int
    assigned: int
    exemptions: int
    roles: int


def consequences(session: Session, kept_id: int, double_id: int) -> Consequences:
    """Return what merging the double into the record that stays would do: one statement for each figure."""

    def count(model: type[Any], which: ColumnElement[bool] | None = None) -> int:
        mine = select(func.count()).select_from(model)
        return session.scalar(mine.where(model.user_id == double_id if which is None else which)) or 0

    moving = count(Enrollment, movable(kept_id, double_id))
    twice = count(OutsideTraining, known_outside(kept_id, double_id))
    return Consequences(
        moving, count(Enrollment) - moving, count(Certificate), count(OutsideTraining) - twice, twice,
        count(Rating), count(PlanItem), count(AssignmentPerson, new_assignments(kept_id, double_id)),
        count(ObligationExemption), count(RoleGrant),
    )  # fmt: skip


def doubles_of(session: Session, user_id: int) -> Sequence[User]:
    """Return the closed records that were merged into this one."""
    return session.scalars(
        select(User).join(MergedRecord, MergedRecord.user_id == User.id)
        .where(MergedRecord.into_id == user_id).order_by(MergedRecord.merged_at, User.id)
    ).all()  # fmt: skip


def merged_into(session: Session, user_id: int) -> User | None:
    """Return the record that stays, of one that was merged."""
    return session.scalar(
        select(User).join(MergedRecord, MergedRecord.into_id == User.id)
        .where(MergedRecord.user_id == user_id)
    )  # fmt: skip
