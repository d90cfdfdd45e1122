"""What a merge would move and what would stay, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import MergedRecord, User
from lms.domain.certificates.models import Certificate
from lms.domain.competencies.models import Rating
from lms.domain.enrollments.models import Enrollment
from lms.domain.outside.models import OutsideTraining


@dataclass(frozen=True)
class Consequences:
    """Courses that move to the record that stays; what remains readable at the old one."""

    moving: int
    staying: int  # enrolments in courses that both have
    certificates: int
    outside: int
    ratings: int


def movable(kept_id: int, double_id: int) -> ColumnElement[bool]:
    """Return the condition on Enrollment "of the double, in a course that the other record does not have"."""
    has = select(Enrollment.course_id).where(Enrollment.user_id == kept_id)
    return (Enrollment.user_id == double_id) & Enrollment.course_id.not_in(has)


def consequences(session: Session, kept_id: int, double_id: int) -> Consequences:
    """Return what merging the double into the record that stays would do: five statements."""

    def count(model: type[Certificate | OutsideTraining | Rating | Enrollment]) -> int:
        mine = select(func.count()).select_from(model).where(model.user_id == double_id)
        return session.scalar(mine) or 0

    moving = session.scalar(
        select(func.count()).select_from(Enrollment).where(movable(kept_id, double_id))
    ) or 0  # fmt: skip
    return Consequences(
        moving, count(Enrollment) - moving, count(Certificate), count(OutsideTraining), count(Rating)
    )


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
