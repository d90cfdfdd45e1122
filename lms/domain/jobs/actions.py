"""Order, claim, finish and retry jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lms.domain.jobs.models import Job
from lms.domain.jobs.rules import LEASE, next_try


def enqueue(
    session: Session, kind: str, payload: dict[str, Any], *, now: datetime, unique_key: str | None = None
) -> None:
    """Order a job in the caller's transaction; one with the same key that still waits or runs is enough."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {"kind": kind, "payload": payload, "unique_key": unique_key, "state": "waiting", "attempts": 0}
    session.execute(
        insert(Job)
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


def renew(session: Session, job_id: int, *, now: datetime) -> None:
    """Lengthen the lease of a long job."""
    session.execute(update(Job).where(Job.id == job_id).values(lease_until=now + LEASE))


def finish(session: Session, job_id: int, *, now: datetime) -> None:
    """Mark a job as done; its key is free again."""
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state="done", finished_at=now, lease_until=None, unique_key=None)
    )


def fail(session: Session, job_id: int, error: str, *, now: datetime) -> None:
    """Put a job back for a later try, or give it up after the last one."""
    job = session.get_one(Job, job_id)
    later = next_try(job.attempts, now)
    job.error, job.lease_until = error[:500], None
    if later is None:
        job.state, job.finished_at, job.unique_key = "failed", now, None
    else:
        job.state, job.run_after = "waiting", later
    session.flush()
