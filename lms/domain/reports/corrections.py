"""Whom a corrected key would cost the pass."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment


@dataclass(frozen=True)
class Falling:
    """Somebody who would no longer have passed; `certified`: holds a certificate of the course."""

    name: str
    unit: str
    certified: bool


def people_of(session: Session, enrollment_ids: Collection[int]) -> list[Falling]:
    """Return the people of enrolments by name (one statement)."""
    held = exists().where(Certificate.enrollment_id == Enrollment.id, Certificate.revoked_at.is_(None))
    rows = session.execute(
        select(User.name, OrgUnit.name, held)
        .join(Enrollment, Enrollment.user_id == User.id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .where(Enrollment.id.in_(enrollment_ids))
        .order_by(User.name, Enrollment.id)
    )
    return [Falling(name, unit or "", bool(certified)) for name, unit, certified in rows]
