"""Record what learning shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.competencies.models import Competency, Evidence
from lms.domain.enrollments.models import Enrollment


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
