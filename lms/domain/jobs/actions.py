"""Order, claim, finish and retry jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from lms.db import inserting
from lms.domain.jobs.models import Job
from lms.domain.jobs.rules import LEASE, next_try


def enqueue(
    session: Session, kind: str, payload: dict[str, Any], *, now: datetime, unique_key: str | None = None
) -> None:
    """Order a job in the caller's transaction; one with the same key that still waits or runs is enough."""
    values = {"kind": kind, "payload": payload, "unique_key": unique_key, "state": "waiting", "attempts": 0}
    session.execute(
        inserting(session)(Job)
        .values(**values, created_at=now, run_after=now)
        .on_conflict_do_nothing(index_elements=["unique_key"])
    )


def claim(session: Session, *, now: datetime) -> Job | None:
    """Take the next due job under a lease; also one whose lease ran out (its worker died)."""
    job = session.scalars(
        select(Job)
        .where(
            or_(
                (Job.state == "waiting") & (Job.run_after <= now),
                (Job.state == "running") & (Job.lease_until < now),
            )
        )
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if job is None:
        return None
    job.state, job.attempts, job.lease_until = "running", job.attempts + 1, now + LEASE
    session.flush()
    return job


def renew(session: Session, job_id: int, attempt: int, *, now: datetime) -> bool:
    """Lengthen the lease of a long job; False when it is no longer this attempt's."""
    return _change(session, job_id, attempt, lease_until=now + LEASE)


def finish(session: Session, job_id: int, attempt: int, *, now: datetime) -> bool:
    """Mark a job as done, its key is free again; False when it is no longer this attempt's."""
    return _change(session, job_id, attempt, state="done", finished_at=now, lease_until=None, unique_key=None)


def fail(session: Session, job_id: int, attempt: int, error: str, *, now: datetime) -> bool:
    """Put a job back for a later try, or give it up after the last one; False when it is another's."""
    later = next_try(attempt, now)
    values: dict[str, Any] = {"error": error[:500], "lease_until": None}
    if later is None:
        values |= {"state": "failed", "finished_at": now, "unique_key": None}
    else:
        values |= {"state": "waiting", "run_after": later}
    return _change(session, job_id, attempt, **values)


def _change(session: Session, job_id: int, attempt: int, **values: Any) -> bool:
    """Change a job that this attempt still holds: each claim counts one more, so a late worker finds none."""
    held = update(Job).where(Job.id == job_id, Job.attempts == attempt, Job.state == "running")
    return session.execute(held.values(**values).returning(Job.id)).first() is not None
