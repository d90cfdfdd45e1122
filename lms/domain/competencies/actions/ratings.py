"""Enter what an assessment found. Nothing else ever changes an assessed level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.competencies.models import Rating
from lms.domain.competencies.queries.ratings import latest
from lms.domain.competencies.rules.plans import Found, rating_problem


def add_ratings(
    session: Session, found: Sequence[Found], *, today: date, now: datetime, actor: int | None
) -> int:
    """Append the assessed levels that are not there yet; return how many.

    A level that was typed wrong is entered again: the later entry of one day counts. Raises Refused when one
    of them cannot be kept, or is the actor's own.
    """
    for item in found:
        problem = "rating.own" if item.user_id == actor else rating_problem(item, today)
        if problem is not None:
            raise Refused(problem)
    people = sorted({item.user_id for item in found})
    session.execute(select(User.id).where(User.id.in_(people)).with_for_update())
    present = latest(session, people)
    new = [item for item in found if present.get(item.key) != item]
    if not new:
        return 0
    session.execute(
        insert(Rating), [{**vars(item), "recorded_at": now, "recorded_by": actor} for item in new]
    )
    if len(people) == 1:
        record(session, "ratings.entered", now=now, actor=actor, subject=("user", people[0]), count=len(new))
    else:
        record(session, "ratings.imported", now=now, actor=actor, count=len(new))
    session.flush()
    return len(new)
