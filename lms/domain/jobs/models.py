"""Work done outside a request: claimed by lease, resumed after a crash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class Job(Base):
    """One piece of work; `unique_key` keeps it from being ordered twice while it waits."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','running','done','failed')", name="state"),
        Index("ix_job_state_run_after", "state", "run_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    run_after: Mapped[datetime] = mapped_column(UtcDateTime)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True, default=None)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    error: Mapped[str | None] = mapped_column(String(500), default=None)
