"""Record what learning shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.domain.audit.actions import record
from lms.domain.competencies.models import Competency, Evidence
from lms.domain.enrollments.models import Enrollment
from lms.domain.outside.models import OutsideTraining


def record_evidence(
    session: Session,
    enrollment: Enrollment,
    claims: Mapping[str, int],
    *,
    shown_on: date,
    valid_until: date | None,
) -> int:
    """Add one evidence for each claimed competency of a completed course; return how many are new.

    Codes that the dictionary does not know are left out; a second call adds nothing. Assessed levels
    are never touched.
    """
    if not claims:
        return 0
    rows = session.execute(select(Competency.code, Competency.id).where(Competency.code.in_(list(claims))))
    known = {row.code: row.id for row in rows}
    present = set(
        session.scalars(select(Evidence.competency_id).where(Evidence.enrollment_id == enrollment.id))
    )
    added = 0
    for code, level in claims.items():
        key = known.get(code)
        if key is None or key in present:
            continue
        session.add(
            Evidence(
                user_id=enrollment.user_id,
                competency_id=key,
                enrollment_id=enrollment.id,
                level=level,
                shown_on=shown_on,
                valid_until=valid_until,
            )  # fmt: skip
        )
        added += 1
    session.flush()
    return added


def record_outside_evidence(
    session: Session,
    training: OutsideTraining,
    competency_id: int,
    level: int,
    *,
    valid_until: date | None,
    by: int,
    now: datetime,
) -> None:
    """Add what a verified training elsewhere shows of a competency, from its last day on (level 1 to 5).

    Assessed levels are never touched. Raises ValueError when the evidence would end before it begins.
    """
    if valid_until is not None and valid_until <= training.ended_on:
        raise ValueError("the evidence ends before it begins")
    session.add(
        Evidence(
            user_id=training.user_id, competency_id=competency_id, outside_id=training.id, level=level,
            shown_on=training.ended_on, valid_until=valid_until,
        )
    )  # fmt: skip
    record(
        session, "evidence.recorded", now=now, actor=by, subject=("user", training.user_id), level=level,
        competency=competency_id,
    )  # fmt: skip
    session.flush()


def withdraw_outside_evidence(session: Session, training_id: int) -> None:
    """Remove what a training elsewhere showed, because its hours were taken back."""
    session.execute(delete(Evidence).where(Evidence.outside_id == training_id))
