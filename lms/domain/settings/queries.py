"""Read the policy."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.settings.models import Setting
from lms.domain.settings.rules import Policy, with_values


def policy(session: Session) -> Policy:
    """Return the policy in force (one statement; keep it for the length of a request)."""
    rows = session.execute(select(Setting.key, Setting.value)).all()
    return with_values({row.key: row.value for row in rows})
