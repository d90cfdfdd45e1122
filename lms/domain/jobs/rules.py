"""When a job may be taken, and what becomes of one that failed."""

from __future__ import annotations

from datetime import datetime, timedelta

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when a job that failed `attempts` times is tried again; None: it has failed for good."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return now + timedelta(seconds=10 * 4 ** (attempts - 1))
