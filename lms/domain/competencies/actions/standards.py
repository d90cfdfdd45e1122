"""Set what positions require: appended, with the day from which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import Position
from lms.domain.audit.actions import record
from lms.domain.competencies.models import Requirement
from lms.domain.competencies.queries.standards import standard
from lms.domain.competencies.rules.plans import Wanted


def set_levels(
    session: Session, wanted: Sequence[Wanted], *, valid_from: date, now: datetime, actor: int | None
) -> int:
    """Append the levels that differ from what holds on `valid_from`; return how many.

    Raises Refused for a level outside 0 to 5.
    """
    if any(not 0 <= item.level <= 5 for item in wanted):
        raise Refused("row.level")
    places = {item.position_id for item in wanted}
    session.execute(select(Position.id).where(Position.id.in_(places)).with_for_update())
    present = standard(session, valid_from, places)
    new = [item for item in wanted if present.get(item.position_id, {}).get(item.competency_id) != item.level]
    if not new:
        return 0
    session.execute(
        insert(Requirement),
        [
            {
                "position_id": item.position_id, "competency_id": item.competency_id, "level": item.level,
                "valid_from": valid_from, "recorded_at": now, "recorded_by": actor,
            }
            for item in new
        ],
    )  # fmt: skip
    single = next(iter(places)) if len(places) == 1 else None
    record(
        session, "standard.changed", now=now, actor=actor, subject=("position", single) if single else None,
        count=len(new), positions=len({item.position_id for item in new}),
    )  # fmt: skip
    session.flush()
    return len(new)
